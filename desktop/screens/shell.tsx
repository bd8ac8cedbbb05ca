import { NativeSelect } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
import { itemsWaiting } from "../model/item-view.ts";
import { StaleVeil } from "../ui/stale-veil.tsx";
import { useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { screens } from "./index.ts";
import type { Screen } from "./screen.ts";
import { StatusBar } from "./status-bar.tsx";
import "./shell.css";

/** The frame of the desk: the status bar, the doors on the left, and the screen. */
export function Shell(props: { staleSince: string | null }) {
  const { me, snapshot } = useDesk();
  const time = useHouseTime();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const mine = screens.filter((screen) => screen.roles.includes(me.role));
  const here = screenAt(path);
  const settingUp = path === "/administration" || path.startsWith("/administration/");
  /** What waits behind a door. */
  const counts: Record<string, number> = {
    "/to-dispose": snapshot.toDispose.length,
    "/items": itemsWaiting(snapshot.items),
  };
  const rail = mine.filter((screen) => screen.door === "rail");
  const administration = mine.filter((screen) => screen.door === "administration");

  return (
    <StaleVeil since={props.staleSince} sinceText={props.staleSince === null ? "" : time.exactly(props.staleSince)}>
      <div className="shell">
        <a className="skip" href="#screen">
          Skip to the screen
        </a>
        <StatusBar />
        <nav className="rail" aria-label="Screens">
          {rail.map((screen) => (
            <Door key={screen.path} screen={screen} count={counts[screen.path] ?? 0} />
          ))}
          {administration[0] ? (
            <Link
              to={administration[0].path}
              className={settingUp ? "door door-here" : "door"}
              aria-current={settingUp ? "true" : undefined}
            >
              <IconSettings size={20} stroke={1.5} />
              <span>Set up</span>
            </Link>
          ) : null}
        </nav>
        {settingUp ? (
          <nav className="side" aria-label="Set up">
            <SidePick screens={administration} path={path} />
            {administration.map((screen, at) => (
              <Fragment key={screen.path}>
                {screen.group !== administration[at - 1]?.group ? (
                  <p className="label side-group">{screen.group}</p>
                ) : null}
                <Link
                  to={screen.path}
                  className="side-link"
                  activeOptions={{ exact: screen.path === "/administration", includeSearch: false }}
                  activeProps={{ "aria-current": "page" }}
                >
                  {screen.title}
                </Link>
              </Fragment>
            ))}
          </nav>
        ) : null}
        <main id="screen" className="shell-screen" tabIndex={-1}>
          {here && !here.roles.includes(me.role) ? (
            <p className="shell-closed">This page is for {here.roles.join(" and ")} only.</p>
          ) : (
            <Outlet />
          )}
        </main>
      </div>
    </StaleVeil>
  );
}

/** The same doors where there is no room for a list beside the screen. */
function SidePick({ screens: doors, path }: { screens: readonly Screen[]; path: string }) {
  const navigate = useNavigate();
  const here = doors.findLast((one) => path === one.path || path.startsWith(`${one.path}/`));
  return (
    <NativeSelect
      className="side-pick"
      aria-label="Set up"
      value={here?.path ?? ""}
      data={[...Map.groupBy(doors, (one) => one.group ?? "")].map(([group, some]) => ({
        group,
        items: some.map(({ path: value, title }) => ({ value, label: title })),
      }))}
      onChange={(event) => void navigate({ to: event.currentTarget.value })}
    />
  );
}

/** The screen an address belongs to: its own, or the one below which it lies. */
function screenAt(path: string): Screen | undefined {
  return (
    screens.find((one) => path === one.path) ??
    screens.find((one) => one.path !== "/" && path.startsWith(`${one.path}/`))
  );
}

function Door(props: { screen: Screen; count: number }) {
  const { screen, count } = props;
  const Icon = screen.icon;
  return (
    <Link
      to={screen.path}
      className="door"
      activeOptions={{ exact: screen.path === "/", includeSearch: false }}
      activeProps={{ className: "door-here", "aria-current": "page" }}
    >
      {Icon ? <Icon size={20} stroke={1.5} /> : null}
      <span>{screen.title}</span>
      {count > 0 ? <span className="door-count">{count > 99 ? "99+" : count}</span> : null}
    </Link>
  );
}
