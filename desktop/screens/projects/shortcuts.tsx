import { Dialog } from "../../ui/dialog.tsx";

/** The keys of the designer, as its list of them says. What they do stands in `use-designer-keys.ts`. */
const SHORTCUTS: readonly [string, readonly [string, string][]][] = [
  [
    "Blocks",
    [
      ["← → ↑ ↓", "Go to the next block on that side"],
      ["Enter", "Add a block behind the chosen one"],
      ["W", "Wire an exit of the chosen block"],
      ["O", "Its options"],
      ["F2", "Its name"],
      ["Delete", "Delete what is chosen"],
      ["Shift + arrows", "Move what is chosen"],
      ["N", "Write a note"],
    ],
  ],
  [
    "Changes",
    [
      ["Ctrl + Z", "Undo"],
      ["Ctrl + Y", "Redo"],
      ["Ctrl + C, X, V", "Copy, cut, paste; between projects too"],
      ["Ctrl + D", "Duplicate"],
      ["Ctrl + A", "Choose everything"],
      ["Ctrl + S", "Save now"],
      ["T", "Tidy up"],
    ],
  ],
  [
    "Looking",
    [
      ["Ctrl + F", "Search"],
      ["L", "The project as a list, or as a drawing"],
      ["F", "See everything"],
      ["+  −  0", "Nearer, farther, full size"],
      ["Escape", "From a field back to the canvas; there: choose nothing"],
      ["?", "This list"],
    ],
  ],
];

/** Every key of the designer. */
export function Shortcuts(props: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Keys" size={640}>
      <div className="shortcuts">
        {SHORTCUTS.map(([title, keys]) => (
          <section key={title}>
            <h2 className="label">{title}</h2>
            <dl>
              {keys.map(([key, words]) => (
                <div key={key} className="key-line">
                  <dt>{key}</dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
