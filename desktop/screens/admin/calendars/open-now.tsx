import type { OpeningTimes } from "../../../../contract/calendar-time.ts";
import { calendarAt } from "../../../model/route-words.ts";
import { useServerNow } from "../../../ui/server-clock.tsx";
import { useHouseTime } from "../../house-settings.ts";

const MINUTE_MS = 60_000;

/** `Open now, until 18:00`, or `Closed now, opens 24 Nov 09:00`: by the house's clock. */
export function OpenNow(props: { times: OpeningTimes }) {
  const minute = Math.floor(useServerNow() / MINUTE_MS) * MINUTE_MS;
  const { when } = useHouseTime();
  const { open, until } = calendarAt(props.times, new Date(minute));
  if (until === null) return <>{open ? "Always open" : "Never open"}</>;
  return <>{open ? `Open now, until ${when(until)}` : `Closed now, opens ${when(until)}`}</>;
}
