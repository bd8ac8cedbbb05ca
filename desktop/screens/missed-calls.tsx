import type { MissedCall } from "../../contract/views.ts";
import { callerName } from "../model/call-view.ts";
import { durationText } from "../model/elapsed.ts";
import { phoneNumberText } from "../model/phone-number.ts";
import { DialLink } from "./dial-link.tsx";
import { useHouseTime } from "./house-settings.ts";
import { useMissedToday } from "./use-today.ts";

const FEW = 6;

/** What rang here today and was answered by nobody, each to be called back with a click. Nothing where there is none. */
export function MissedCalls() {
  const missed = useMissedToday().data?.rows ?? [];
  if (missed.length === 0) return null;
  return (
    <section className="home-group" aria-labelledby="missed-title">
      <h2 className="label" id="missed-title">
        <span>Missed today</span>
        <span>{missed.length}</span>
      </h2>
      {missed.slice(0, FEW).map((one) => (
        <MissedRow key={one.legId} call={one} />
      ))}
      {missed.length > FEW ? <p className="home-row quiet">and {missed.length - FEW} before</p> : null}
    </section>
  );
}

function MissedRow(props: { call: MissedCall }) {
  const { call } = props;
  const time = useHouseTime();
  const number = phoneNumberText(call.number);
  return (
    <div className="home-row home-missed" title={number}>
      <span className="cut">
        <DialLink number={call.number}>{callerName({ ...call, number })}</DialLink>
      </span>
      <span className="number quiet">{time.when(call.rangAt)}</span>
      <span className="cut quiet">
        {call.queue ? `${call.queue.name}, rang` : "Rang"} {durationText(call.rangS)}
      </span>
    </div>
  );
}
