import type { BlockKind, FlowBlock } from "../../../contract/flow.ts";
import { blockExits, blockTitle, wire } from "../../model/projects/flow-edit.ts";
import { searched } from "../../model/projects/flow-search.ts";
import { PickDialog } from "./pick-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import type { Designer } from "./use-designer.ts";
import { type Asked, toCanvas } from "./use-designer-acts.ts";

/** Stands for no block in the list of targets; no block is called so. */
const NOWHERE = " ";

/** The questions in front of the canvas: which block, which exit, where to, what is searched, whether to publish. */
export function DesignerDialogs(props: {
  designer: Designer;
  asked: Asked | null;
  offered: readonly BlockKind[];
  onAsk: (asked: Asked | null) => void;
  onAdd: (kind: BlockKind, wish: Extract<Asked, { is: "add" }>) => void;
  onFind: (typed: string) => void;
  toBlock: () => void;
  onPublished: () => Promise<unknown>;
}) {
  const { designer, asked, onAsk } = props;
  const { flow, kinds, references, edit } = designer;
  const close = () => onAsk(null);
  const about =
    asked?.is === "exit" || asked?.is === "target" ? asked.block : asked?.is === "add" ? asked.behind : null;
  const block = flow.blocks.find(({ id }) => id === about);
  const targets = flow.blocks.filter(({ type }) => kinds.get(type)?.entry !== true);
  const isOnly = (title: string) => targets.filter((one) => blockTitle(one, kinds) === title).length === 1;
  const targetOf = (one: FlowBlock) => {
    const title = blockTitle(one, kinds);
    const kind = kinds.get(one.type)?.title ?? one.type;
    return { id: one.id, title, about: isOnly(title) ? kind : `${kind} · ${one.id}` };
  };
  const named = (one: FlowBlock | undefined) => (one === undefined ? "nowhere" : `to ${blockTitle(one, kinds)}`);
  return (
    <>
      <PickDialog
        opened={asked?.is === "add"}
        title={block === undefined ? "Add a block" : `Add a block behind ${blockTitle(block, kinds)}`}
        placeholder="Which block?"
        empty="No block is called so."
        picks={props.offered.map(({ type, title, summary }) => ({ id: type, title, about: summary }))}
        onPick={(type) => {
          const kind = kinds.get(type);
          if (asked?.is === "add" && kind !== undefined) props.onAdd(kind, asked);
          close();
          toCanvas();
        }}
        onClose={close}
      />
      <PickDialog
        opened={asked?.is === "exit"}
        title={block === undefined ? "Which exit?" : `Which exit of ${blockTitle(block, kinds)}?`}
        placeholder="Which exit?"
        empty="It has no exit of that name."
        picks={(block === undefined ? [] : blockExits(block, kinds)).map(({ name, title }) => ({
          id: name,
          title,
          about: `leads ${named(flow.blocks.find(({ id }) => id === block?.exits[name]))}`,
        }))}
        onPick={(exit) => block !== undefined && onAsk({ is: "target", block: block.id, exit })}
        onClose={close}
      />
      <PickDialog
        opened={asked?.is === "target"}
        title="Where does it lead?"
        placeholder="To which block?"
        empty="No block is called so."
        picks={[...targets.map(targetOf), { id: NOWHERE, title: "Nowhere", about: "removes the wire" }]}
        onPick={(target) => {
          if (asked?.is === "target") {
            edit("Wire", (was) => wire(was, asked.block, asked.exit, target === NOWHERE ? null : target));
          }
          close();
          toCanvas();
        }}
        onClose={close}
      />
      <PickDialog
        opened={asked?.is === "search"}
        title="Search in this project"
        placeholder="A name, a text, an exit"
        empty="Nothing found. Names, options, exits and notes are searched."
        picks={[]}
        onType={props.onFind}
        found={(typed) =>
          searched(flow, typed, kinds, references.nameOf).map(({ id, title, where }) => ({ id, title, about: where }))
        }
        onPick={(id) => {
          close();
          props.toBlock();
          designer.reveal(id);
          toCanvas();
        }}
        onClose={() => {
          close();
          props.onFind("");
        }}
      />
      <Shortcuts opened={asked?.is === "keys"} onClose={close} />
      <PublishDialog
        designer={designer}
        opened={asked?.is === "publish"}
        onClose={close}
        onPublished={props.onPublished}
        onReveal={(id, more) => {
          close();
          props.toBlock();
          designer.reveal(id, more);
        }}
      />
    </>
  );
}
