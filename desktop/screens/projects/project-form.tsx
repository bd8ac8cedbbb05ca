import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Project } from "../../../contract/project-views.ts";
import type { ProjectExample } from "../../model/projects/project-examples.ts";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { api } from "../desk.ts";
import { projectsApi } from "./projects-api.ts";

/** The name of a project and what it is for: of a new one, or of one that is there. */
export function ProjectForm(props: {
  opened: boolean;
  /** Null: a new one. */
  project: Project | null;
  example: ProjectExample | null;
  onClose: () => void;
  onMade: (id: number) => void;
  onSaved: (text: string) => void;
}) {
  const { project, example } = props;
  const [name, setName] = useState(project?.name ?? example?.name ?? "");
  const [description, setDescription] = useState(project?.description ?? example?.about ?? "");
  const save = async () => {
    const body = { name: name.trim(), description };
    if (project !== null) {
      const saved = await api.change("projects", project.id, body);
      return props.onSaved(`${saved.name} is saved.`);
    }
    const made = await api.create("projects", body);
    if (example !== null) await projectsApi.saveDraft(made.id, made.revision, example.flow);
    props.onSaved(`${made.name} is made.`);
    props.onMade(made.id);
  };
  return (
    <ConfirmAct
      opened={props.opened}
      title={
        project !== null ? `Rename ${project.name}` : example === null ? "New project" : `New project: ${example.name}`
      }
      act={project === null ? "Make it" : "Save"}
      unready={name.trim() === ""}
      onClose={props.onClose}
      onConfirm={save}
    >
      <TextInput
        label="Name"
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="What it is for"
        maxLength={500}
        autosize
        minRows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ConfirmAct>
  );
}
