import type { HistorySession } from "../../../contract/views.ts";
import { daySums, endText, STATE_TINTS, STATE_WORDS } from "../../model/agent-day.ts";
import { counted, hoursText } from "../../model/elapsed.ts";
import { clockOn, type TimeWindow, wholeSeconds } from "../../model/timeline.ts";

/** Beside the time line: how long in each state, which adds up, and how each session began and ended. */
export function DaySums(props: { sessions: readonly HistorySession[]; day: TimeWindow; zone: string }) {
  const { sessions, day, zone } = props;
  const { sums, wholeMs } = daySums(sessions);
  const seconds = wholeSeconds(sums.map(({ ms }) => ms));
  const calls = sessions.flatMap((session) => session.calls);
  const answered = calls.filter(({ answeredAt }) => answeredAt !== null).length;
  const missed = calls.filter(({ answeredAt, endedAt }) => answeredAt === null && endedAt !== null).length;
  return (
    <aside className="days-side" aria-label="Sums of the day">
      <section>
        <h2>Time on this day</h2>
        <table className="days-sum">
          <tbody>
            {sums.map(({ state }, index) => (
              <tr key={state} hidden={seconds[index] === 0}>
                <th scope="row">
                  <span className={`days-swatch time-span-${STATE_TINTS[state]}`} aria-hidden="true" />
                  {STATE_WORDS[state]}
                </th>
                <td className="number">{hoursText(seconds[index] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Logged in</th>
              <td className="number">{hoursText(Math.round(wholeMs / 1000))}</td>
            </tr>
          </tfoot>
        </table>
        <p className="quiet">
          {counted(answered, "call")} answered or made, {missed} not answered
        </p>
      </section>
      <section>
        <h2>{counted(sessions.length, "session")}</h2>
        <ul className="days-sessions">
          {sessions.map((session) => (
            <li key={session.id}>
              {clockOn(Date.parse(session.startedAt), day, zone)} to{" "}
              {session.endedAt === null ? "now" : clockOn(Date.parse(session.endedAt), day, zone)}
              <br />
              <span className="quiet">{session.leases.map(({ telephone }) => telephone.name).join(", ")}</span>
              <br />
              <span className={session.unclean ? "days-unclean" : "quiet"}>
                {session.unclean && session.endReason !== "disconnected" ? "did not log out; " : ""}
                {endText(session.endReason, session.endedBy)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}
