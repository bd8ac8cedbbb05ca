import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Settings } from "../../../contract/settings.ts";
import { countries } from "../../model/countries.ts";
import { bodyToChange, changedFields } from "../../model/form-changes.ts";
import { type FieldWords, fieldsOf, problemsOf, type Values } from "../../model/form-fields.ts";
import { RefusalError } from "../../model/refusal-error.ts";
import { refusedField } from "../../model/refused-field.ts";
import { WEEKDAYS } from "../../model/report-cells.ts";
import { SETTING_CHOICES, SETTING_GROUPS, SETTING_WORDS } from "../../model/setting-groups.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { SchemaForm } from "../../ui/schema-form.tsx";
import { api } from "../desk.ts";
import { useSettings } from "../house-settings.ts";
import { useLeaveGuard } from "./leave-guard.tsx";
import "./admin.css";

const fields = fieldsOf(Settings);
/** A heading with the fields below it, read once from the schema. */
const groups = SETTING_GROUPS.map(({ title, names }) => ({
  title,
  fields: names.flatMap((name) => fields.filter((field) => field.name === name)),
}));
const words: Readonly<Record<string, FieldWords>> = SETTING_WORDS;
const choices = Object.fromEntries(
  Object.entries(SETTING_CHOICES).map(([name, said]) => [
    name,
    Object.entries(said).map(([value, label]) => ({ value, label })),
  ]),
);

/** The settings of the house: one form, saved as a whole, only what changed is sent. */
export function SettingsPage() {
  const settings = useSettings();
  return (
    <div className="screen admin">
      <header className="screen-head">
        <h1>Settings</h1>
      </header>
      {settings.data === undefined ? (
        settings.error ? (
          <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
        ) : (
          <LoadingRows />
        )
      ) : (
        <SettingsForm saved={settings.data} />
      )}
    </div>
  );
}

function SettingsForm({ saved }: { saved: Settings }) {
  const client = useQueryClient();
  const [edits, setEdits] = useState<Values>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const [busy, setBusy] = useState(false);
  const options = useMemo(
    () => ({
      ...choices,
      country: countries().map(({ code, name }) => ({ value: code, label: name })),
      firstDayOfWeek: WEEKDAYS.map((label, at) => ({ value: String(at + 1), label })),
      timeZone: [...new Set(["UTC", saved.timeZone, ...Intl.supportedValuesOf("timeZone")])].map((value) => ({
        value,
        label: value,
      })),
    }),
    [saved.timeZone],
  );
  const values: Values = { ...saved, ...edits };
  const changed = changedFields(fields, saved, values);
  const labels = changed.map((name) => words[name]?.label ?? fields.find((one) => one.name === name)?.label ?? name);
  const guard = useLeaveGuard(labels);

  const save = async () => {
    const found = problemsOf(fields, values, words);
    setProblems(found);
    setFailure(null);
    if (busy || changed.length === 0 || Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const now = await api.patch<Settings>("/settings", bodyToChange(fields, saved, values));
      client.setQueryData(["house", "settings"], now);
      setEdits({});
      const before = Object.fromEntries(changed.map((name) => [name, Reflect.get(saved, name)]));
      setNotice({ text: `Saved: ${labels.join(", ")}.`, act: { word: "Undo", run: () => void putBack(before) } });
    } catch (error) {
      const names = fields.map((field) => field.name);
      const field = error instanceof RefusalError ? refusedField(error.problem, names) : null;
      if (field !== null && error instanceof Error) setProblems({ [field]: error.message });
      else setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const putBack = async (before: Values) => {
    try {
      client.setQueryData(["house", "settings"], await api.patch<Settings>("/settings", before));
      setNotice({ text: "As it was before." });
    } catch (error) {
      setFailure(error);
    }
  };
  useHotkeys([["mod+Enter", () => void save()]], []);

  return (
    <>
      <div className="screen-body padded">
        <div className="admin-settings">
          {groups.map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h2>{group.title}</h2>
              <SchemaForm
                fields={group.fields}
                values={values}
                onChange={(name, value) => {
                  setEdits({ ...edits, [name]: value });
                  setProblems(({ [name]: _, ...others }) => others);
                }}
                words={words}
                problems={problems}
                changed={changed}
                options={options}
              />
            </section>
          ))}
          <ErrorLine error={failure} />
        </div>
      </div>
      <Notice notice={notice} onClose={() => setNotice(null)} />
      <footer className="side-panel-foot">
        <span className="push quiet" role="status">
          {changed.length === 0 ? "" : `Not saved yet: ${labels.join(", ")}`}
        </span>
        <Button disabled={busy || changed.length === 0} onClick={() => setEdits({})}>
          Undo changes
        </Button>
        <Button
          variant="filled"
          disabled={busy || changed.length === 0}
          onClick={() => void save()}
          title="Ctrl+Enter"
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          Save
        </Button>
      </footer>
      {guard.dialog}
    </>
  );
}
