import { lengthText, type PictureLane } from "../../model/call-picture.ts";
import { counted } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";

/** What the picture shows, in words and in the order in which it happened. */
export function CallPictureTable({ lanes, time }: { lanes: readonly PictureLane[]; time: HouseTime }) {
  const rows = lanes
    .flatMap((lane) => lane.spans.map((span) => ({ lane, span })))
    .sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  return (
    <details className="report-journal">
      <summary>The same as a table, {counted(rows.length, "line")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reachable by keys. */}
      <section className="report-journal-scroll" aria-label="What each party did" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Length
              </th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ lane, span }) => (
              <tr key={`${lane.id} ${span.key}`}>
                <td>{time.exactly(new Date(span.from).toISOString())}</td>
                <td className="number">
                  {span.doing === "transferred" ? "" : span.goesOn ? "goes on" : lengthText(span.to - span.from)}
                </td>
                <td>
                  {lane.title}
                  {span.own ? " (this row)" : ""}
                </td>
                <td>{span.says}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
