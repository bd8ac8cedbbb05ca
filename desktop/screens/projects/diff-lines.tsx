import type { BlockDiff } from "../../model/projects/flow-diff.ts";

const WORDS: Record<BlockDiff["became"], string> = { added: "new", removed: "removed", changed: "changed" };

/** What differs between two flows, block by block. */
export function DiffLines(props: { diffs: readonly BlockDiff[]; same: string; onReveal?: (block: string) => void }) {
  if (props.diffs.length === 0) return <p className="quiet">{props.same}</p>;
  return (
    <ul className="diff-list" aria-label="What is different">
      {props.diffs.map(({ id, title, became, lines }) => (
        <li key={id}>
          {props.onReveal === undefined ? (
            <strong>{title}</strong>
          ) : (
            <button type="button" className="outline-way" onClick={() => props.onReveal?.(id)}>
              {title}
            </button>
          )}{" "}
          <span className={`diff-${became}`}>{WORDS[became]}</span>
          {lines.length === 0 ? null : (
            <ul>
              {lines.map((line) => (
                <li key={line} className="quiet small">
                  {line}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
