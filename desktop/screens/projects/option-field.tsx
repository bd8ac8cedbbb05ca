import { Autocomplete, MultiSelect, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { OPTION_REFERENCES, type OptionReference, type OptionSchema } from "../../../contract/flow.ts";
import { freshRow } from "../../model/projects/option-defaults.ts";
import type { FieldFrame } from "./field-frame.ts";
import { RowList } from "./row-list.tsx";
import { SayingsField } from "./sayings-field.tsx";
import { TemplateInput } from "./template-input.tsx";

const isReference = (draw: unknown): draw is OptionReference =>
  (OPTION_REFERENCES as readonly unknown[]).includes(draw);
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*"];

/** A field of a block's options, drawn as its schema says. */
export function OptionField(props: FieldFrame) {
  const { schema, designer, label, value, set, fixed, problem, description } = props;
  const common = { label, description, error: problem, withAsterisk: props.required };
  const text = typeof value === "string" ? value : "";
  const typing = { readOnly: fixed, onBlur: designer.close, autoComplete: "off" };
  const withSecrets = () => [...designer.variables(), ...designer.references.secrets()];
  if (isReference(schema.draw)) return <ReferenceField {...props} kind={schema.draw} />;
  switch (schema.draw) {
    case "sayings":
      return <SayingsField {...props} />;
    case "template":
    case "header":
      return (
        <TemplateInput
          {...{ label, description, error: problem, required: props.required, disabled: fixed }}
          maxLength={schema.maxLength}
          variables={schema.draw === "header" ? withSecrets : designer.variables}
          value={text}
          onChange={set}
          onBlur={designer.close}
        />
      );
    case "variable":
      return (
        <Autocomplete {...common} {...typing} data={designer.variables()} limit={50} value={text} onChange={set} />
      );
    case "long-text":
      return (
        <Textarea
          {...common}
          {...typing}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case "key":
      return (
        <Select
          {...common}
          readOnly={fixed}
          data={KEYS}
          allowDeselect={false}
          value={text === "" ? null : text}
          onChange={(key) => key !== null && set(key)}
        />
      );
    default:
      break;
  }
  if (schema.enum !== undefined) {
    return (
      <Select
        {...common}
        readOnly={fixed}
        allowDeselect={!props.required}
        data={schema.enum.map((one) => ({ value: String(one), label: schema.words?.[String(one)] ?? String(one) }))}
        value={value === undefined ? null : String(value)}
        onChange={(chosen) => set(chosen === null ? undefined : schema.enum?.find((one) => String(one) === chosen))}
      />
    );
  }
  switch (schema.type) {
    case "boolean":
      return (
        <Switch
          label={label}
          description={description}
          error={problem}
          disabled={fixed}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case "integer":
    case "number":
      return (
        <NumberInput
          {...common}
          {...typing}
          {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
          {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
          allowDecimal={schema.type === "number"}
          value={typeof value === "number" ? value : ""}
          onChange={(number) => set(number === "" ? undefined : Number(number))}
        />
      );
    case "array":
      return <ListField {...props} />;
    case "object":
      return <RowFields {...props} row={(value ?? {}) as Record<string, unknown>} />;
    default:
      return (
        <TextInput
          {...common}
          {...typing}
          {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
  }
}

/** One of the things of the house. */
function ReferenceField(props: FieldFrame & { kind: OptionReference }) {
  const { kind, value, designer, set } = props;
  const { options, nameOf, missing, wants } = designer.references;
  const data = options(kind);
  const gone = typeof value === "number" && nameOf(kind, value) === null;
  return (
    <Select
      label={props.label}
      description={props.description ?? wants(kind, Number(value)) ?? missing(kind) ?? undefined}
      error={props.problem}
      withAsterisk={props.required}
      readOnly={props.fixed}
      searchable
      clearable={!props.required}
      limit={200}
      placeholder={`Choose a ${kind.replace("-", " ")}`}
      nothingFoundMessage="Nothing by that name"
      data={gone ? [{ value: String(value), label: `${kind} #${value}, not there` }, ...data] : data}
      value={typeof value === "number" ? String(value) : null}
      onChange={(id) => set(id === null ? undefined : Number(id))}
    />
  );
}

function ListField(props: FieldFrame) {
  const { schema, designer, value, set } = props;
  const { items } = schema;
  const common = { label: props.label, description: props.description, error: props.problem };
  const list = Array.isArray(value) ? value : [];
  if (items !== undefined && isReference(items.draw)) {
    return (
      <MultiSelect
        {...common}
        withAsterisk={props.required}
        readOnly={props.fixed}
        searchable
        clearable
        limit={200}
        data={designer.references.options(items.draw)}
        value={list.map(String)}
        onChange={(ids) => set(ids.map(Number))}
      />
    );
  }
  if (items === undefined || items.type !== "object") {
    const numbers = items?.type === "integer" || items?.type === "number";
    return (
      <TagsInput
        {...common}
        withAsterisk={props.required}
        readOnly={props.fixed}
        acceptValueOnBlur
        value={list.map(String)}
        onChange={(words) => set(numbers ? words.map(Number).filter(Number.isFinite) : words)}
      />
    );
  }
  const one = singular(props.label);
  return (
    <RowList<Record<string, unknown>>
      {...common}
      one={one}
      rows={list as Record<string, unknown>[]}
      fixed={props.fixed}
      required={props.required}
      most={schema.maxItems}
      onChange={(rows) => set(rows)}
      add={() => freshFor(items, list)}
      draw={(row, at) => (
        <RowFields
          {...props}
          schema={items}
          row={row}
          label={`${one} ${at + 1}`}
          set={(next, part) =>
            set(
              list.map((each, place) => (place === at ? next : each)),
              `${at} ${part ?? ""}`,
            )
          }
        />
      )}
    />
  );
}

/** A new row; a field for a key begins with the next key that no row has. */
function freshFor(items: OptionSchema, rows: readonly Record<string, unknown>[]): Record<string, unknown> {
  const fresh = freshRow(items);
  for (const [name, field] of Object.entries(items.properties ?? {})) {
    if (field.draw === "key") fresh[name] = KEYS.find((key) => rows.every((row) => row[name] !== key)) ?? "";
    else if (fresh[name] === undefined && field.type === "string") fresh[name] = "";
  }
  return fresh;
}

/** The fields of a row, side by side as far as there is room. */
function RowFields(props: FieldFrame & { row: Record<string, unknown> }) {
  const { schema, row } = props;
  const required = new Set<string>(Array.isArray(schema.required) ? schema.required : []);
  return (
    <div className="row-grid">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <div key={name} className={field.draw === "key" ? "row-key" : ""}>
          <OptionField
            {...props}
            label={field.title ?? name}
            description={field.description}
            problem={undefined}
            schema={field}
            required={required.has(name) && field.default === undefined}
            value={row[name]}
            set={(value, part) => {
              const { [name]: _, ...others } = row;
              props.set(value === undefined ? others : { ...row, [name]: value }, `${name} ${part ?? ""}`);
            }}
          />
        </div>
      ))}
    </div>
  );
}

/** `Keys` → `key`: one of what a list's label says. */
function singular(label: string): string {
  const word = label.toLowerCase();
  return word.endsWith("s") ? word.slice(0, -1) : `row of ${word}`;
}
