import { Button } from "@mantine/core";
import { ErrorLine } from "../../ui/blank.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useHouseTime } from "../house-settings.ts";
import { useAct } from "../use-act.ts";
import { makeProject, projectsApi } from "./projects-api.ts";
import type { Designer } from "./use-designer.ts";

/** Somebody else saved the same draft meanwhile: his, mine, or both. Nothing is overwritten unasked. */
export function ConflictDialog(props: { designer: Designer; onCopy: (id: number) => void }) {
  const { designer } = props;
  const { saving, draft } = designer;
  const time = useHouseTime();
  const act = useAct();
  const conflict = saving.is === "conflict" ? saving : null;
  const who = conflict?.by ?? "Somebody";
  const theirs = () => act.run(async () => designer.take(await projectsApi.draft(draft.id)));
  const mine = () => act.run(async () => designer.overrule(await projectsApi.draft(draft.id)));
  const both = () =>
    act.run(async () => {
      const copy = await makeProject(`${draft.name} (mine)`, draft.description, designer.latest());
      designer.take(await projectsApi.draft(draft.id));
      props.onCopy(copy.id);
    });
  return (
    <Dialog opened={conflict !== null} onClose={() => {}} title={`${who} saved this project too`} size={520}>
      <p>
        {who} saved a change{conflict?.at == null ? "" : ` ${time.when(conflict.at)}`}, after you had begun from an
        older draft. Yours is not saved.
      </p>
      <ErrorLine error={act.error} />
      <div className="conflict-acts">
        <Button data-autofocus disabled={act.busy} onClick={() => void both()}>
          Open both: mine as a project of its own
        </Button>
        <Button disabled={act.busy} onClick={() => void theirs()}>
          Take theirs, drop what I changed
        </Button>
        <Button disabled={act.busy} color="fault" onClick={() => void mine()}>
          Keep mine, over theirs
        </Button>
      </div>
    </Dialog>
  );
}
