import { Button } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { ErrorLine } from "./blank.tsx";
import { Dialog } from "./dialog.tsx";
import "./confirm-act.css";

/**
 * Asks before an act that hurts: says what will happen to whom, and names the act on its button. `onConfirm` may take
 * its time; what it throws is shown in place and the question stays open.
 */
export function ConfirmAct(props: {
  opened: boolean;
  title: string;
  children: ReactNode;
  act: string;
  danger?: boolean;
  /** Something has to be chosen first. */
  unready?: boolean;
  onConfirm: () => Promise<unknown> | unknown;
  onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const close = () => {
    setError(null);
    props.onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await props.onConfirm();
      close();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  /** Enter in a field of the question is its answer, unless that would hurt somebody. */
  const entered = (event: FormEvent) => {
    event.preventDefault();
    // The question may stand in another form, which is not meant.
    event.stopPropagation();
    if (!busy && props.unready !== true && !props.danger) void confirm();
  };

  return (
    <Dialog opened={props.opened} onClose={close} title={props.title} size={440}>
      <form onSubmit={entered}>
        <div className="confirm-text">{props.children}</div>
        <ErrorLine error={error} />
        <div className="confirm-acts">
          <Button data-autofocus={props.danger || undefined} onClick={close}>
            Cancel
          </Button>
          <Button
            data-autofocus={!props.danger || undefined}
            variant="filled"
            disabled={busy || props.unready === true}
            {...(props.danger ? { onClick: confirm } : { type: "submit" })}
            {...(props.danger ? { color: "fault" } : {})}
          >
            {props.act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
