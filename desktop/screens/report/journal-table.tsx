import type { Why } from "../../../contract/views.ts";
import { CopyValue } from "../../ui/copy-value.tsx";

const SHOWN = ["EventName", "Channel", "CallerIDnum", "Extension", "Application"] as const;
const TITLES: Record<(typeof SHOWN)[number], string> = {
  EventName: "Event",
  Channel: "Leg",
  CallerIDnum: "Number",
  Extension: "Dialled",
  Application: "Doing",
};

/** The lines Asterisk wrote about the call, folded away until somebody wants the proof. */
export function JournalTable({ journal }: { journal: Why["journal"] }) {
  const first = journal[0];
  if (first === undefined)
    return <p className="quiet report-journal">The journal has no line of this call any more.</p>;
  const begin = Date.parse(first.at);
  return (
    <details className="report-journal">
      <summary>Journal, {journal.length} lines</summary>
      <div className="report-journal-scroll">
        <table>
          <thead>
            <tr>
              <th className="number">+ s</th>
              {SHOWN.map((name) => (
                <th key={name}>{TITLES[name]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {journal.map(({ at, line }, nth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows at its end, and lines may be alike.
              <tr key={nth}>
                <td className="number">{((Date.parse(at) - begin) / 1000).toFixed(3)}</td>
                {SHOWN.map((name) => (
                  <td key={name}>{partOf(line, name)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small quiet">
        As written:{" "}
        <CopyValue value={JSON.stringify(journal.map((one) => one.line))} label="journal lines" fixed hidden />
      </p>
    </details>
  );
}

/** A field of a journal line, whichever way its name is written. */
function partOf(line: unknown, name: string): string {
  if (typeof line !== "object" || line === null) return "";
  const found = Object.entries(line).find(([key]) => key.toLowerCase().replaceAll("_", "") === name.toLowerCase());
  return found === undefined ? "" : String(found[1] ?? "");
}
