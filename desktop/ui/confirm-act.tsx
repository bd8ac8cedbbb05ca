import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
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

  return (
    <Dialog opened={props.opened} onClose={close} title={props.title} size={440}>
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
          onClick={confirm}
          {...(props.danger ? { color: "fault" } : {})}
        >
          {props.act}
        </Button>
      </div>
    </Dialog>
  );
}
