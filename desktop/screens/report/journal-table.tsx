import type { Why } from "../../../contract/views.ts";
import { counted } from "../../model/elapsed.ts";
import { type JournalRow, journalRow } from "../../model/journal-row.ts";
import { CopyValue } from "../../ui/copy-value.tsx";

const COLUMNS: readonly (readonly [keyof JournalRow, string])[] = [
  ["event", "Event"],
  ["leg", "Leg"],
  ["number", "Number"],
  ["dialled", "Dialled"],
  ["doing", "Doing"],
  ["more", "More"],
];

/** The lines Asterisk wrote about the call, folded away until somebody wants the proof. */
export function JournalTable({ journal }: { journal: Why["journal"] }) {
  const first = journal[0];
  if (first === undefined)
    return <p className="quiet report-journal">The journal has no line of this call any more.</p>;
  const begin = Date.parse(first.at);
  const rows = journal.map(({ at, line }) => ({ at, row: journalRow(line) }));
  return (
    <details className="report-journal">
      <summary>Journal, {counted(journal.length, "line")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reachable by keys. */}
      <section className="report-journal-scroll" aria-label="Journal lines" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                + s
              </th>
              {COLUMNS.map(([name, title]) => (
                <th scope="col" key={name}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, row }, nth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows at its end, and lines may be alike.
              <tr key={nth}>
                <td className="number">{((Date.parse(at) - begin) / 1000).toFixed(3)}</td>
                {COLUMNS.map(([name]) => (
                  <td key={name}>{row[name]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="small quiet">
        As written:{" "}
        <CopyValue value={JSON.stringify(journal.map((one) => one.line))} label="journal lines" fixed hidden />
      </p>
    </details>
  );
}
