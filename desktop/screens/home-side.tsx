import { Link } from "@tanstack/react-router";
import { callerName } from "../model/call-view.ts";
import { dayCount } from "../model/day-count.ts";
import { clockText, durationText } from "../model/elapsed.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { useServerNow } from "../ui/server-clock.tsx";
import { useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { ItemsGroup } from "./items/items-group.tsx";
import { MissedCalls } from "./missed-calls.tsx";
import { useToday } from "./use-today.ts";

const FEW = 8;

/** What stands beside the call all day: who waits, what is still to be disposed, how much was done. */
export function HomeSide(props: { withWaiting: boolean }) {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const time = useHouseTime();
  const today = useToday();
  const rows = today.data?.rows;
  // While the day is shown in the middle they stand there.
  const waiting = props.withWaiting ? snapshot.toDispose : [];
  const day = rows ? dayCount(rows, snapshot.toDispose, time.today) : null;
  return (
    <aside className="home-side" aria-label="Queues and day">
      <section className="home-group">
        <h2 className="label">
          <span>Queues</span>
          <span>Longest</span>
        </h2>
        {snapshot.queues.map((queue) => (
          <div className={queue.waiting > 0 ? "home-row home-row-strong" : "home-row quiet"} key={queue.id}>
            <span className="cut" title={queue.name}>
              {queue.name}
            </span>
            <span className="number">{queue.waiting}</span>
            <span className="number">
              {queue.longestSince && queue.waiting > 0 ? clockText(now - Date.parse(queue.longestSince)) : ""}
            </span>
          </div>
        ))}
        {snapshot.queues.length === 0 ? <p className="home-row quiet">No queues yet.</p> : null}
      </section>
      <section className="home-group">
        <h2 className="label">
          <span>To dispose</span>
          <span>{snapshot.toDispose.length}</span>
        </h2>
        {waiting.slice(0, FEW).map((one) => (
          <Link key={one.legId} to="/" search={{ call: one.legId }} className="home-row">
            <span className="cut">{callerName({ ...one, number: phoneNumberText(one.number) })}</span>
            <span />
            <span className="number quiet">{time.when(one.startedAt)}</span>
          </Link>
        ))}
        {waiting.length > FEW ? (
          <Link to="/to-dispose" className="home-row">
            All {snapshot.toDispose.length}
          </Link>
        ) : null}
        {snapshot.toDispose.length === 0 ? <p className="home-row quiet">Nothing waits.</p> : null}
      </section>
      <ItemsGroup />
      <MissedCalls />
      <section className="home-group">
        <h2 className="label">Today</h2>
        <div className="home-figures">
          <div>
            <p className="home-figure">{day ? `${day.calls}${today.data?.next ? "+" : ""}` : "–"}</p>
            <p className="small quiet">{day?.calls === 1 ? "call" : "calls"}</p>
          </div>
          <div>
            <p className="home-figure">{day ? durationText(day.talkedS) : "–"}</p>
            <p className="small quiet">talked</p>
          </div>
        </div>
      </section>
    </aside>
  );
}
