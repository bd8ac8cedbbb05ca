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

/**
 * How long something lasts that should be over at `dueAt`: `04:12 of 15:00`, and then how far it is over, in the colour
 * of a fault and in words.
 */
export function LimitTimer(props: { since: string; dueAt: string }) {
  const now = useServerNow();
  const over = now - Date.parse(props.dueAt);
  const whole = Date.parse(props.dueAt) - Date.parse(props.since);
  return (
    <span className={over >= 0 ? "timer timer-over" : "timer"} role="timer" aria-live="off">
      {over >= 0 ? `over by ${clockText(over)}` : `${clockText(whole + over)} of ${clockText(whole)}`}
    </span>
  );
}

/** How long it is until an instant; stands at nothing when it is there. */
export function Countdown(props: { until: string }) {
  const now = useServerNow();
  return (
    <span className="timer" role="timer" aria-live="off">
      {clockText(Date.parse(props.until) - now)}
    </span>
  );
}
