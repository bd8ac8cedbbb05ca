import { ActionIcon, Button, FileButton, Menu, TextInput } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import type { Project } from "../../../contract/project-views.ts";
import { counted } from "../../model/elapsed.ts";
import { PROJECT_EXAMPLES, type ProjectExample } from "../../model/projects/project-examples.ts";
import { fileOfText } from "../../model/projects/project-file.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { ConfirmAct } from "../../ui/confirm-act.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useHouseChanged, useHouseList } from "../admin/house-lists.ts";
import { saveFile } from "../admin/telephones/save-file.ts";
import { api, useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { ProjectForm } from "./project-form.tsx";
import { makeProject, projectsApi } from "./projects-api.ts";
import "../admin/admin.css";
import "./projects.css";

/** The IVR projects of the house: drawn, published, brought in files. */
export function ProjectsPage() {
  const { me } = useDesk();
  const mayChange = me.role === "admin";
  const list = useHouseList("projects");
  const houseChanged = useHouseChanged();
  const time = useHouseTime();
  const navigate = useNavigate();
  const [find, setFind] = useState("");
  const [form, setForm] = useState<{ project: Project | null; example: ProjectExample | null } | null>(null);
  const [removing, setRemoving] = useState<Project | null>(null);
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [over, setOver] = useState(false);
  const findField = useRef<HTMLInputElement>(null);

  const open = (id: number) => void navigate({ to: "/project", search: { open: id } });
  const begin = (example: ProjectExample | null) => setForm({ project: null, example });
  useHotkeys([
    ["n", () => mayChange && begin(null)],
    ["/", () => findField.current?.focus()],
  ]);
  const tried = (act: () => Promise<string>) => {
    setFailure(null);
    act()
      .then(async (text) => {
        await houseChanged();
        setNotice({ text });
      })
      .catch(setFailure);
  };
  const bring = (files: readonly File[]) => {
    if (files.length > 0)
      tried(async () => {
        const names: string[] = [];
        for (const file of files) names.push((await projectsApi.fromFile(fileOfText(await file.text()))).name);
        return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} here, not published yet.`;
      });
  };
  const keep = (project: Project) =>
    tried(async () => {
      const file = await projectsApi.file(project.id);
      saveFile(
        `${project.name.replace(/[^\p{L}\p{N} -]/gu, "")}.perch-project.json`,
        "application/json",
        JSON.stringify(file, null, 2),
      );
      return `${project.name} is saved as a file.`;
    });
  const duplicate = (project: Project) =>
    tried(async () => {
      const { flow } = await projectsApi.draft(project.id);
      const made = await makeProject(`Copy of ${project.name}`, project.description, flow);
      return `${made.name} is made.`;
    });
  const dropping = mayChange
    ? {
        onDragOver(event: DragEvent) {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop(event: DragEvent) {
          event.preventDefault();
          setOver(false);
          bring([...event.dataTransfer.files]);
        },
      }
    : {};

  const rows = list.data?.rows ?? [];
  const columns: Column<Project>[] = [
    { id: "name", title: "Name", width: 220, value: (row) => row.name },
    { id: "description", title: "What it is for", width: 280, value: (row) => row.description },
    { id: "state", title: "State", width: 200, value: stateWords },
    {
      id: "changed",
      title: "Changed",
      width: 200,
      value: (row) => row.changedAt,
      text: (row) => `${time.when(row.changedAt)}${row.changedBy === null ? "" : `, ${row.changedBy}`}`,
    },
    {
      id: "acts",
      title: "",
      width: 48,
      unsorted: true,
      value: () => "",
      cell: (row) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              size={24}
              variant="subtle"
              aria-label={`More about ${row.name}`}
              onClick={(event) => event.stopPropagation()}
            >
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
            <Menu.Item onClick={() => open(row.id)}>Open</Menu.Item>
            <Menu.Item onClick={() => keep(row)}>Save as a file</Menu.Item>
            {mayChange ? (
              <>
                <Menu.Item onClick={() => setForm({ project: row, example: null })}>Rename…</Menu.Item>
                <Menu.Item onClick={() => duplicate(row)}>Duplicate</Menu.Item>
                <Menu.Item onClick={() => setRemoving(row)}>Delete…</Menu.Item>
              </>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  const making = (
    <Button variant="filled" onClick={() => begin(null)} aria-keyshortcuts="n">
      New project
    </Button>
  );

  return (
    <div className={over ? "screen admin projects is-over" : "screen admin projects"} {...dropping}>
      <header className="screen-head">
        <h1>IVR projects</h1>
        <span className="quiet">{list.data === undefined ? "" : counted(rows.length, "project")}</span>
        <TextInput
          ref={findField}
          aria-label="Search projects"
          placeholder="Search  /"
          value={find}
          w={200}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        {mayChange ? (
          <>
            <FileButton onChange={(file) => bring(file === null ? [] : [file])} accept="application/json,.json">
              {(button) => <Button {...button}>From a file…</Button>}
            </FileButton>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button>From an example</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {PROJECT_EXAMPLES.map((example) => (
                  <Menu.Item key={example.name} onClick={() => begin(example)}>
                    {example.name}
                    <span className="quiet small example-about">{example.about}</span>
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {making}
          </>
        ) : null}
      </header>
      {over ? <p className="admin-note">Let go to bring the project in.</p> : null}
      {list.data !== undefined && <ErrorLine error={list.error} />}
      <ErrorLine error={failure} />
      {list.data === undefined ? (
        list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <LoadingRows />
        )
      ) : (
        <div className="admin-table">
          <Table
            name="admin.projects"
            label="IVR projects"
            rows={rows}
            columns={columns}
            keyOf={(row) => row.id}
            filter={find}
            onOpen={(row) => open(row.id)}
            empty={
              rows.length === 0 ? (
                <EmptyState title="No projects yet" {...(mayChange ? { act: making } : {})}>
                  A project leads callers: it greets, asks for keys, looks at the clock and sends to queues. Begin with
                  an empty one or an example, or drop a file here.
                </EmptyState>
              ) : (
                <EmptyState
                  title={`Nothing matches “${find}”`}
                  act={<Button onClick={() => setFind("")}>Show all</Button>}
                />
              )
            }
          />
        </div>
      )}
      <Notice notice={notice} onClose={() => setNotice(null)} />
      <ProjectForm
        key={`${form?.project?.id ?? "new"} ${form?.example?.name ?? ""}`}
        opened={form !== null}
        project={form?.project ?? null}
        example={form?.example ?? null}
        onClose={() => setForm(null)}
        onMade={open}
        onSaved={(text) => {
          void houseChanged();
          setNotice({ text });
        }}
      />
      <ConfirmAct
        opened={removing !== null}
        title={`Delete ${removing?.name ?? ""}?`}
        act="Delete"
        danger
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          if (removing === null) return;
          await api.remove("projects", removing.id);
          await houseChanged();
          setNotice({ text: `${removing.name} is deleted.` });
        }}
      >
        Its draft and its versions go with it; what callers did in it stays in the reports. One that a route or another
        project leads to stays.
      </ConfirmAct>
    </div>
  );
}

function stateWords({ published, changed }: Project): string {
  if (published === null) return "Draft, not published";
  return changed ? `Version ${published}, changed since` : `Version ${published}`;
}
