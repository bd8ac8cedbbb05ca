import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type ReactNode, useMemo, useState } from "react";
import type { BodyOf, Collection, RowOf } from "../../model/api.ts";
import { bodyToChange, bodyToCreate, changedFields } from "../../model/form-changes.ts";
import { type Field, fieldsOf, problemsOf, type Values } from "../../model/form-fields.ts";
import { RefusalError } from "../../model/refusal-error.ts";
import { refusedField } from "../../model/refused-field.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { SchemaForm } from "../../ui/schema-form.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { api } from "../desk.ts";
import type { House } from "./house.ts";
import { useHouseChanged } from "./house-lists.ts";
import type { Kind } from "./kind.ts";
import { useLeaveGuard } from "./leave-guard.tsx";

interface Props<C extends Collection> {
  kind: Kind<C>;
  /** Null: a new one. */
  row: RowOf<C> | null;
  house: House;
  onSaved: (text: string) => void;
  onClose: () => void;
  onRemove: (row: RowOf<C>) => void;
}

/** The form of one row or a new one. Nothing is lost by accident: leaving with changes asks first. */
export function RecordPanel<C extends Collection>(props: Props<C>) {
  const { kind, row, house } = props;
  const houseChanged = useHouseChanged();
  const saved = useMemo(() => (row === null ? kind.fresh : kind.valuesOf(row, house)), [kind, row, house]);
  const [edits, setEdits] = useState<Values>({});
  const values: Values = { ...saved, ...edits };
  const [shown, setShown] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const [once, setOnce] = useState<{ title: string; shown: ReactNode } | null>(null);

  const bodyFields = useMemo(() => formFields(kind, row === null), [kind, row]);
  const fields = [...bodyFields, ...(kind.moreFields ?? [])].filter(
    (field) => kind.shows?.(field.name, values) ?? true,
  );
  const changed = changedFields(fields, saved, values);
  const guard = useLeaveGuard(once === null ? changed.map((name) => labelOf(kind, fields, name)) : []);

  const change = (name: string, value: unknown) => {
    const next = { ...edits, [name]: value };
    const followed = kind.follow?.({ ...saved, ...next }, name) ?? next;
    setEdits(kind.follow === undefined ? next : onlyEdits(followed, saved, next));
    setShown(({ [name]: _, ...others }) => others);
  };

  const save = async (another: boolean) => {
    if (busy) return;
    const problems = problemsOf(fields, values, kind.words);
    setShown(problems);
    setFailure(null);
    if (Object.keys(problems).length > 0) return;
    setBusy(true);
    try {
      const result = await saveRow(kind, row, bodyFields, saved, values);
      await kind.afterSave?.(result, saved, values, house);
      await houseChanged();
      const shownOnce = kind.once?.(result, values) ?? null;
      guard.free();
      setEdits({});
      props.onSaved(`${kind.nameOf(result)} is ${row === null ? "made" : "saved"}.`);
      if (shownOnce !== null) setOnce({ title: kind.nameOf(result), shown: shownOnce });
      else if (another) setRound(round + 1);
      else props.onClose();
    } catch (error) {
      const names = fields.map((field) => field.name);
      const field = error instanceof RefusalError ? refusedField(error.problem, names) : null;
      if (field !== null && error instanceof Error) setShown({ [field]: error.message });
      else setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const saveByKey = (another: boolean) => (event: KeyboardEvent) => {
    // A question is asked above the form: its keys are its own.
    const asking = event.target instanceof Element && event.target.closest("[role=dialog]") !== null;
    if (!asking && once === null) void save(another && row === null);
  };
  useHotkeys(
    [
      ["mod+Enter", saveByKey(false)],
      ["mod+shift+Enter", saveByKey(true)],
    ],
    [],
  );

  const title = once?.title ?? (row === null ? `New ${kind.one}` : kind.nameOf(row));
  return (
    <SidePanel
      title={title}
      about={`${title} ${round} ${once === null ? "form" : "once"}`}
      onClose={props.onClose}
      foot={
        once === null ? (
          <>
            {row === null ? (
              <span className="push" />
            ) : (
              <Button className="push" color="fault" onClick={() => props.onRemove(row)}>
                Delete…
              </Button>
            )}
            {row === null ? (
              <Button disabled={busy} onClick={() => void save(true)}>
                Save, one more
              </Button>
            ) : (
              <Button disabled={busy || changed.length === 0} onClick={() => setEdits({})}>
                Undo changes
              </Button>
            )}
            <Button
              variant="filled"
              disabled={busy || (row !== null && changed.length === 0)}
              onClick={() => void save(false)}
              title="Ctrl+Enter"
              aria-keyshortcuts="Control+Enter Meta+Enter"
            >
              Save
            </Button>
          </>
        ) : (
          <Button className="push" variant="filled" onClick={props.onClose} data-first>
            Done
          </Button>
        )
      }
    >
      {once?.shown ?? (
        <>
          {row === null ? null : kind.about?.(row, house)}
          <SchemaForm
            fields={fields}
            values={values}
            onChange={change}
            words={hinted(kind, values)}
            problems={shown}
            changed={row === null ? [] : changed}
            options={kind.options?.(house) ?? {}}
            secrets={kind.secrets ?? []}
            draw={Object.fromEntries(
              Object.entries(kind.draw ?? {}).map(([name, draw]) => [name, (drawing) => draw(drawing, values, house)]),
            )}
          />
          <div className="admin-refusal">
            <ErrorLine error={failure} />
          </div>
        </>
      )}
      {guard.dialog}
    </SidePanel>
  );
}

/** The fields of the form: for one that is there, secrets are kept unless written, and some fields stay. */
function formFields<C extends Collection>(kind: Kind<C>, isNew: boolean): Field[] {
  const fields = fieldsOf(kind.schema).map((field) => {
    const label = kind.words[field.name]?.label ?? field.label;
    return { ...field, label };
  });
  if (isNew) return fields;
  return fields.filter((field) => !kind.fixed?.includes(field.name));
}

/** The words of the fields, with the hints that follow the values. */
function hinted<C extends Collection>(kind: Kind<C>, values: Values): Kind<C>["words"] {
  const words = { ...kind.words };
  for (const [name, hint] of Object.entries(kind.hints ?? {})) words[name] = { ...words[name], hint: hint(values) };
  return words;
}

/** What of a whole set of values differs from what is saved, so that later news of the row still shows through. */
function onlyEdits(values: Values, saved: Values, touched: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => name in touched || value !== saved[name]));
}

async function saveRow<C extends Collection>(
  kind: Kind<C>,
  row: RowOf<C> | null,
  fields: readonly Field[],
  before: Values,
  now: Values,
): Promise<RowOf<C>> {
  if (row === null) return api.create(kind.collection, bodyToCreate(fields, now) as BodyOf<C>);
  const body = bodyToChange(fields, before, now) as Partial<BodyOf<C>>;
  return Object.keys(body).length === 0 ? row : api.change(kind.collection, row.id, body);
}

function labelOf<C extends Collection>(kind: Kind<C>, fields: readonly Field[], name: string): string {
  return kind.words[name]?.label ?? fields.find((field) => field.name === name)?.label ?? name;
}
