import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { ConfirmAct } from "../../ui/confirm-act.tsx";

/**
 * Asks before a form with changes is left, by whatever way. `unsaved` are the labels of what changed. `free` lets the
 * next way out pass: saving and leaving happen in one moment, before anything is drawn again. Where it is given, `save`
 * is tried first: what could be saved needs no question.
 */
export function useLeaveGuard(
  unsaved: readonly string[],
  save?: () => Promise<boolean>,
): { free: () => void; dialog: ReactNode } {
  const dirty = useRef(false);
  dirty.current = unsaved.length > 0;
  const blocker = useBlocker({
    shouldBlockFn: save === undefined ? () => dirty.current : async () => dirty.current && !(await save()),
    enableBeforeUnload: () => dirty.current,
    withResolver: true,
  });
  const dialog = (
    <ConfirmAct
      opened={blocker.status === "blocked"}
      title="Leave without saving?"
      act="Leave"
      danger
      onClose={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
    >
      Not saved yet: {unsaved.join(", ")}.
    </ConfirmAct>
  );
  return {
    free: () => {
      dirty.current = false;
    },
    dialog,
  };
}
