import { Health } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

/** How Perch is, for people and for what watches over it; needs no sign-in and no database. */
export function healthRoutes(app: App, services: Services): void {
  app.get(
    "/health",
    { config: { may: "anyone" }, schema: { tags: ["health"], summary: "How Perch is", response: { 200: Health } } },
    async (_request, reply) => send(reply, services.health.read()),
  );
}
