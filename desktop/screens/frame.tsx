import { Link, Outlet } from "@tanstack/react-router";
import { screens } from "./index.ts";

/** The frame around every screen. */
export function Frame() {
  return (
    <div>
      <nav>
        {screens.map((screen) => (
          <Link key={screen.path} to={screen.path}>
            {screen.title}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
