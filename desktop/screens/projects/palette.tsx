import { TextInput } from "@mantine/core";
import { useState } from "react";
import { BLOCK_GROUPS, type BlockKind } from "../../../contract/flow.ts";
import { fuzzyFilter } from "../../model/fuzzy-filter.ts";
import { DRAGGED_KIND } from "./canvas.tsx";
import { GROUP_TITLES, GroupIcon } from "./group-icon.tsx";

/** The kinds of blocks by their headings: dragged onto the canvas, or added behind what is chosen. */
export function Palette(props: { kinds: readonly BlockKind[]; onAdd: (kind: BlockKind) => void }) {
  const [find, setFind] = useState("");
  const found = fuzzyFilter(props.kinds, find, (kind) => `${kind.title} ${kind.summary}`);
  return (
    <aside className="palette" aria-label="Blocks">
      <TextInput
        aria-label="Search blocks"
        placeholder="Search blocks"
        value={find}
        onChange={(event) => setFind(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== "Enter" || first === undefined) return;
          props.onAdd(first);
          setFind("");
        }}
      />
      <div className="palette-list">
        {found.length === 0 ? <p className="quiet">No block is called so.</p> : null}
        {BLOCK_GROUPS.map((group) => {
          const some = found.filter((kind) => kind.group === group);
          if (some.length === 0) return null;
          return (
            <section key={group} aria-labelledby={`palette-${group}`}>
              <h2 className="label" id={`palette-${group}`}>
                {GROUP_TITLES[group]}
              </h2>
              {some.map((kind) => (
                <button
                  key={kind.type}
                  type="button"
                  className="palette-kind"
                  title={kind.summary}
                  draggable
                  onDragStart={(event) => {
                    event.dataTransfer.setData(DRAGGED_KIND, kind.type);
                    event.dataTransfer.effectAllowed = "copy";
                  }}
                  onClick={() => props.onAdd(kind)}
                >
                  <GroupIcon group={kind.group} />
                  <span className="cut">{kind.title}</span>
                </button>
              ))}
            </section>
          );
        })}
      </div>
    </aside>
  );
}
