import { clockText } from "../model/elapsed.ts";
import { useServerNow } from "./server-clock.tsx";
import "./timer.css";

/** A running clock since an instant, by the server's time. Screen readers are not told each second. */
export function Timer(props: { since: string; until?: string | null | undefined; numeral?: boolean }) {
  const now = useServerNow();
  const end = props.until ? Date.parse(props.until) : now;
  return (
    <span className={props.numeral ? "timer timer-numeral" : "timer"} role="timer" aria-live="off">
      {clockText(end - Date.parse(props.since))}
    </span>
  );
}
