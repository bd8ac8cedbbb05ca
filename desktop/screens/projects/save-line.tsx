import { Button } from "@mantine/core";
import { sentenceOf } from "../../model/refusal-error.ts";
import { StateShape } from "../../ui/state.tsx";
import type { Designer } from "./use-designer.ts";

/** Whether what is drawn is kept, in a word. */
export function SaveLine({ designer }: { designer: Designer }) {
  const { saving } = designer;
  if (designer.readOnly) return <span className="quiet">to look at</span>;
  switch (saving.is) {
    case "saved":
      return (
        <span className="quiet" role="status">
          saved
        </span>
      );
    case "waiting":
    case "saving":
      return (
        <span className="quiet" role="status">
          saving…
        </span>
      );
    case "conflict":
      return (
        <span className="save-fault" role="status">
          <StateShape name="fault" /> not saved: somebody else did
        </span>
      );
    default:
      return (
        <span className="save-fault" role="alert" title={sentenceOf(saving.error)}>
          <StateShape name="fault" />
          <span className="cut">
            not saved: {saving.is === "unreachable" ? "no connection" : sentenceOf(saving.error)}
          </span>
          <Button size="xs" onClick={() => void designer.flush()}>
            Try again
          </Button>
        </span>
      );
  }
}
