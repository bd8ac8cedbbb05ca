import { useQuery } from "@tanstack/react-query";
import { ErrorState, LoadingRows } from "../ui/blank.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { api } from "./desk.ts";
import { TelephoneTaking } from "./telephone-taking.tsx";

/** The live snapshot carries the list only before login; while the dialog is open it is asked for this often. */
const AGAIN_MS = 2000;
/** A list of so many telephones is megabytes: it is asked for less often. */
const MANY = 1000;
const AGAIN_MANY_MS = 10_000;

/** Sit at another telephone in the same session. */
export function MoveDialog(props: { opened: boolean; from: string; onClose: () => void }) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Change telephone" size={680}>
      {props.opened ? <TelephoneMove from={props.from} onDone={props.onClose} /> : null}
    </Dialog>
  );
}

function TelephoneMove(props: { from: string; onDone: () => void }) {
  const choices = useQuery({
    queryKey: ["choices"],
    queryFn: api.choices,
    refetchInterval: (query) => ((query.state.data?.telephones.length ?? 0) > MANY ? AGAIN_MANY_MS : AGAIN_MS),
  });
  if (choices.isError) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />;
  if (choices.isPending) return <LoadingRows label="Loading the telephones" />;
  return (
    <>
      <p className="quiet choice-note">Your session goes on; {props.from} becomes free for others.</p>
      <TelephoneTaking
        choices={choices.data}
        verb="Move to"
        take={api.changeTelephone}
        onTaken={props.onDone}
        onAsked={props.onDone}
      />
    </>
  );
}
