import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { type Field, type FieldWords, isBlank, needed, type Values } from "../model/form-fields.ts";
import type { FieldDrawing, Option } from "./field-drawing.ts";
import { SecretInput } from "./secret-input.tsx";
import "./schema-form.css";

export interface SchemaFormProps {
  fields: readonly Field[];
  values: Values;
  onChange: (name: string, value: unknown) => void;
  words?: Readonly<Record<string, FieldWords>>;
  problems?: Readonly<Record<string, string>>;
  /** Names of the fields that differ from what is saved; they carry a mark. */
  changed?: readonly string[];
  /** What can be chosen in a field of ids or words, where the schema cannot know. */
  options?: Readonly<Record<string, readonly Option[]>>;
  secrets?: readonly string[];
  /** Fields drawn in a way of their own. */
  draw?: Readonly<Record<string, (drawing: FieldDrawing) => ReactNode>>;
}

/** A form drawn from a contract's schema: one line a field, its label, its hint, what is wrong with it, what changed. */
export function SchemaForm(props: SchemaFormProps) {
  return (
    <div className="schema-form">
      {props.fields.map((field, at) => {
        const changed = props.changed?.includes(field.name) ?? false;
        const words = props.words?.[field.name];
        const drawing: FieldDrawing = {
          field,
          value: props.values[field.name],
          set: (value) => props.onChange(field.name, value),
          label: words?.label ?? field.label,
          hint: words?.hint,
          blank: words?.blank ?? "",
          problem: props.problems?.[field.name],
          first: at === 0,
        };
        const own = props.draw?.[field.name];
        return (
          <div key={field.name} className={changed ? "schema-field changed" : "schema-field"}>
            {own ? own(drawing) : drawn(drawing, props)}
            {changed ? <span className="for-readers">changed, not saved</span> : null}
          </div>
        );
      })}
    </div>
  );
}

function drawn(drawing: FieldDrawing, props: SchemaFormProps): ReactNode {
  const { field, value, set, label, hint, problem, first } = drawing;
  const options = props.options?.[field.name];
  const common = {
    label,
    description: hint,
    error: problem,
    withAsterisk: needed(field),
    placeholder: drawing.blank,
    ...(first ? { "data-first": true } : {}),
  };
  if (props.secrets?.includes(field.name)) return <SecretInput {...drawing} />;
  switch (field.kind) {
    case "switch":
      return (
        <Switch
          label={label}
          description={hint}
          error={problem}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case "number":
      if (options !== undefined) return <ChoiceOf {...drawing} options={options} asNumber />;
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" || typeof value === "string" ? value : ""}
          allowDecimal={false}
          clampBehavior="none"
          onChange={set}
        />
      );
    case "choice":
      return <ChoiceOf {...drawing} options={options ?? (field.choices ?? []).map(asItIs)} />;
    case "ids":
      return (
        <MultiSelect
          {...common}
          // "In no queue" beside a queue would be untrue.
          placeholder={isBlank(value) ? drawing.blank : ""}
          searchable
          clearable
          limit={100}
          nothingFoundMessage="Nothing by that name"
          data={[...(options ?? [])]}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(ids) => set(ids.map(Number))}
        />
      );
    case "texts":
      return (
        <TagsInput
          {...common}
          value={Array.isArray(value) ? value.map(String) : []}
          acceptValueOnBlur
          splitChars={[",", " ", ";"]}
          onChange={set}
        />
      );
    default:
      if (options !== undefined) return <ChoiceOf {...drawing} options={options} />;
      return (
        <TextInput
          {...common}
          autoComplete="off"
          spellCheck={false}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
  }
}

const asItIs = (value: string): Option => ({ value, label: value });

/** One of some: typed into where they are many. */
function ChoiceOf(props: FieldDrawing & { options: readonly Option[]; asNumber?: boolean }) {
  const { field, value, set } = props;
  return (
    <Select
      label={props.label}
      description={props.hint}
      error={props.problem}
      withAsterisk={needed(field)}
      placeholder={props.blank}
      searchable={props.options.length > 8}
      clearable={!field.required && field.nullable}
      limit={200}
      nothingFoundMessage="Nothing by that name"
      data={[...props.options]}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(next) => set(next === null ? null : props.asNumber ? Number(next) : next)}
      {...(props.first ? { "data-first": true } : {})}
    />
  );
}
