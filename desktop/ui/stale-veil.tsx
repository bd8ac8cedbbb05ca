import type { ReactNode } from "react";
import { StoppedClock } from "./server-clock.tsx";
import { StateShape } from "./state.tsx";
import { Timer } from "./timer.tsx";
import "./stale-veil.css";

/**
 * What is shown is true or grey: where `since` is given (`sinceText` says it in words), everything below turns grey and says how old it is. It stays
 * readable and typed text stays, because the caller does not hang up when a server does.
 */
export function StaleVeil(props: { since: string | null; sinceText: string; children: ReactNode }) {
  return (
    <div className={props.since ? "veil veil-stale" : "veil"}>
      <div role="status">
        {props.since ? (
          <p className="veil-line">
            <StateShape name="fault" />
            <strong>Not connected.</strong> What is shown here is from {props.sinceText} and is{" "}
            <Timer since={props.since} /> old. Calls that Asterisk carries may go on; this page connects again by
            itself.
          </p>
        ) : null}
      </div>
      <div className="veil-below">
        <StoppedClock at={props.since}>{props.children}</StoppedClock>
      </div>
    </div>
  );
}
