import type { Flow } from "../../../contract/flow.ts";
import type { RunStep } from "../../../contract/project-views.ts";
import { clockText } from "../../model/elapsed.ts";
import { blockExits, blockTitle } from "../../model/projects/flow-edit.ts";
import type { Designer } from "./use-designer.ts";

/** A way through a project: which block, what was pressed, which exit, how long after its beginning. */
export function RunSteps(props: { designer: Designer; flow: Flow; path: readonly RunStep[]; began: number }) {
  const { designer, flow, path, began } = props;
  const { kinds } = designer;
  return (
    <ol className="run-steps" aria-label="Its way">
      {path.map((step, at) => {
        const block = flow.blocks.find(({ id }) => id === step.block);
        const exit = block && blockExits(block, kinds).find(({ name }) => name === step.exit);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
          <li key={at}>
            <span className="quiet small number">{clockText(Date.parse(step.at) - began)}</span>
            <span>
              <button type="button" className="outline-way" onClick={() => designer.reveal(step.block)}>
                {block === undefined ? (kinds.get(step.type)?.title ?? step.type) : blockTitle(block, kinds)}
              </button>
              {step.input === null || step.input === "" ? null : <code> {step.input}</code>}
              {step.exit === null ? null : <span className="quiet"> → {exit?.title ?? step.exit}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
