import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Frame } from "./screens/frame.tsx";
import { screens } from "./screens/index.ts";
import { EmptyState, ErrorState, LoadingRows } from "./ui/blank.tsx";

const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => <EmptyState title="There is no page here">The address may be old or mistyped.</EmptyState>,
});

const routes = screens.map((screen) =>
  createRoute({
    getParentRoute: () => root,
    path: screen.path,
    component: lazyRouteComponent(async () => ({ default: await screen.load() })),
  }),
);

/** The addresses of the desktop: one for each screen of `screens/index.ts`, all inside the frame. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPendingComponent: () => <LoadingRows />,
  defaultErrorComponent: ({ error }) => <ErrorState error={error} onRetry={() => location.reload()} />,
  defaultPreload: "intent",
});
