import { ActionIcon, Button, Checkbox, Menu, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ReportAsked, SavedFilter } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { api, useDesk } from "../desk.ts";
import { useAct } from "../use-act.ts";

/** Filters under a name: mine, and those that supervisors share. */
export function SavedFilters(props: { report: string; asked: ReportAsked; onPick: (asked: ReportAsked) => void }) {
  const { report, asked } = props;
  const [naming, setNaming] = useState(false);
  const client = useQueryClient();
  const saved = useQuery({ queryKey: ["saved-filters"], queryFn: () => api.savedFilters(), staleTime: 60_000 });
  const rows = (saved.data?.rows ?? []).filter((one) => one.report === report);
  const here = rows.find((one) => sameQuestion(one.asked, asked));
  const remove = async (one: SavedFilter) => {
    await api.delete(`/saved-filters/${one.id}`);
    await client.invalidateQueries({ queryKey: ["saved-filters"] });
  };
  const act = useAct();
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button leftSection={<IconBookmark size={16} aria-hidden="true" />} aria-label="Saved filters">
            {here?.name ?? "Saved"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rows.length === 0 ? <Menu.Label>Nothing saved for this report yet</Menu.Label> : null}
          {rows.map((one) => (
            <div className="saved-filter" key={one.id}>
              <Menu.Item onClick={() => props.onPick(one.asked)}>
                {one.name}
                {one.mine ? null : <span className="quiet"> · {one.owner.name}</span>}
                {one.mine && one.shared ? <span className="quiet"> · shared</span> : null}
              </Menu.Item>
              {one.mine ? (
                <ActionIcon aria-label={`Remove ${one.name}`} onClick={() => void act.run(() => remove(one))}>
                  <IconTrash size={14} />
                </ActionIcon>
              ) : null}
            </div>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setNaming(true)}>Save this filter…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ErrorLine error={act.error} />
      <Dialog opened={naming} onClose={() => setNaming(false)} title="Save this filter" size={400}>
        {naming ? <NameForm report={report} asked={asked} onDone={() => setNaming(false)} /> : null}
      </Dialog>
    </>
  );
}

function NameForm(props: { report: string; asked: ReportAsked; onDone: () => void }) {
  const { me } = useDesk();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const act = useAct();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const done = await act.run(() =>
      api.post("/saved-filters", { report: props.report, name: name.trim(), asked: props.asked, shared }),
    );
    if (!done) return;
    await client.invalidateQueries({ queryKey: ["saved-filters"] });
    props.onDone();
  };
  return (
    <form className="report-form" onSubmit={(event) => void save(event)}>
      <TextInput
        label="Name"
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      {me.role === "agent" ? null : (
        <Checkbox
          label="Shared with supervisors and administrators"
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      <ErrorLine error={act.error} />
      <div className="report-form-foot">
        <Button onClick={props.onDone}>Cancel</Button>
        <Button variant="filled" type="submit" disabled={name.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}

function sameQuestion(one: ReportAsked, other: ReportAsked): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => (one[key] ?? "") === (other[key] ?? ""));
}
