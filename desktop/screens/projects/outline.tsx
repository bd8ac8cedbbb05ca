import { Fragment } from "react";
import { blockLine } from "../../model/projects/block-words.ts";
import { blockTitle } from "../../model/projects/flow-edit.ts";
import { outlineOf } from "../../model/projects/flow-outline.ts";
import { GroupIcon } from "./group-icon.tsx";
import type { Picture } from "./picture.ts";
import type { Designer } from "./use-designer.ts";

/** The flow as a list: for those who do not see the drawing, and where there is no room for it. */
export function Outline({ designer, picture }: { designer: Designer; picture: Picture }) {
  const { kinds, references, selected } = designer;
  const flow = picture.flow ?? designer.flow;
  const lines = outlineOf(flow, kinds);
  const firstLost = lines.find(({ lost }) => lost)?.block.id;
  return (
    <section className="outline" aria-label="The project as a list">
      <ol>
        {lines.map(({ block, depth, exits }) => {
          const issues = designer.issues.filter((issue) => issue.block === block.id);
          const says = blockLine(block, kinds, references.nameOf);
          return (
            <Fragment key={block.id}>
              {block.id === firstLost ? <li className="label">Nothing leads to these</li> : null}
              <li className="outline-line" style={{ paddingLeft: Math.min(depth, 8) * 16 }}>
                <button
                  type="button"
                  className="outline-block"
                  aria-current={selected.has(block.id) || undefined}
                  onClick={() => designer.reveal(block.id)}
                >
                  <GroupIcon group={kinds.get(block.type)?.group ?? null} />
                  <strong>{blockTitle(block, kinds)}</strong>
                  <span className="quiet">{says}</span>
                </button>
                {exits.length === 0 ? null : (
                  <ul className="outline-ways">
                    {exits.map(({ name, title, to }) => (
                      <li key={name}>
                        <span className="quiet">{title} →</span>{" "}
                        {to === null ? (
                          <span className="outline-open">nowhere</span>
                        ) : (
                          <button type="button" className="outline-way" onClick={() => designer.reveal(to.id)}>
                            {blockTitle(to, kinds)}
                          </button>
                        )}
                      </li>
                    ))}
                  </ul>
                )}
                {issues.map((issue) => (
                  <p key={`${issue.code} ${issue.exit ?? ""} ${issue.option ?? ""}`} className="outline-issue">
                    {issue.words}
                  </p>
                ))}
              </li>
            </Fragment>
          );
        })}
      </ol>
      {flow.notes.length === 0 ? null : (
        <>
          <h2 className="label">Notes</h2>
          {flow.notes.map((note) => (
            <p key={note.id} className="outline-note">
              {note.text}
            </p>
          ))}
        </>
      )}
    </section>
  );
}
