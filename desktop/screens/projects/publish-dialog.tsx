import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../model/elapsed.ts";
import { flowDiff } from "../../model/projects/flow-diff.ts";
import { SentenceError } from "../../model/refusal-error.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { DiffLines } from "./diff-lines.tsx";
import { IssueList } from "./issues-panel.tsx";
import { projectsApi } from "./projects-api.ts";
import type { Designer } from "./use-designer.ts";

/** Before callers go through the draft: what is different for them, what looks wrong, and a note for later. */
export function PublishDialog(props: {
  designer: Designer;
  opened: boolean;
  onClose: () => void;
  onPublished: () => Promise<unknown>;
  onReveal: (block: string, more: { exit?: string; option?: string }) => void;
}) {
  const { designer } = props;
  const { id, published } = designer.draft;
  const [note, setNote] = useState("");
  const checked = useQuery({
    queryKey: ["project-check", id, designer.flow],
    queryFn: () => projectsApi.check(designer.flow),
    enabled: props.opened,
    staleTime: 0,
    gcTime: 0,
  });
  const before = useQuery({
    queryKey: ["project-version", id, published],
    queryFn: () => projectsApi.version(id, published ?? 0),
    enabled: props.opened && published !== null,
  });
  const issues = checked.data?.issues ?? [];
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity === "warning");
  const diffs =
    before.data === undefined
      ? null
      : flowDiff(before.data.flow, designer.flow, designer.kinds, designer.references.nameOf);
  const publish = async () => {
    if (!(await designer.flush()))
      throw new SentenceError("The draft could not be saved, so it is not published. The line above says why.");
    await projectsApi.publish(id, { revision: designer.revision(), ...(note.trim() === "" ? {} : { note }) });
    await props.onPublished();
    setNote("");
  };
  return (
    <ConfirmAct
      opened={props.opened}
      title={published === null ? "Publish it?" : "Publish the draft?"}
      act="Publish"
      unready={checked.data === undefined || errors.length > 0}
      onClose={props.onClose}
      onConfirm={publish}
    >
      <ErrorLine error={checked.error ?? before.error} />
      {errors.length > 0 ? (
        <p>
          It cannot be published: {counted(errors.length, "error")} in it, and a caller would stand there. Close this
          and see to them; each leads to its place.
        </p>
      ) : (
        <p>
          Callers who come from now on go through it; those who are in the project stay in the version they began in.
        </p>
      )}
      <IssueList title={counted(errors.length, "error")} issues={errors} onReveal={props.onReveal} />
      <IssueList title={counted(warnings.length, "warning")} issues={warnings} onReveal={props.onReveal} />
      {diffs === null ? null : (
        <section className="publish-diff">
          <h2 className="label">Different from version {published}</h2>
          <DiffLines diffs={diffs} same="Nothing: callers are led the same way." />
        </section>
      )}
      {errors.length > 0 ? null : (
        <Textarea
          label="What changed"
          description="Stands in the list of versions."
          maxLength={500}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
    </ConfirmAct>
  );
}
