import type { TSchema } from "typebox";

/**
 * A form read from a contract's schema: which fields there are, what may stand in each, and what is wrong with what
 * stands there, in words. The server judges again; this only spares the trip.
 */

export interface Field {
  name: string;
  label: string;
  kind: "text" | "number" | "switch" | "choice" | "ids" | "texts" | "other";
  required: boolean;
  /** Null may be said, to mean "none". */
  nullable: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
  choices?: string[];
  /** Of ids: in which order they stand counts. */
  ordered?: true;
}

export type Values = Readonly<Record<string, unknown>>;

/** Stands for a secret that is set and stays as it is: secrets are written, never read. */
export const KEPT = Object.freeze({ kept: true });

/** A label, a sentence under the field and words for a broken pattern, where the schema cannot say them. */
export interface FieldWords {
  label?: string;
  hint?: string;
  shape?: string;
  /** What stands in the field while it is empty. */
  blank?: string;
}

interface JsonSchema {
  type?: string;
  title?: string;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  items?: JsonSchema;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
  "x-ordered"?: boolean;
}

/** The fields of an object's schema, in its order. */
export function fieldsOf(schema: TSchema): Field[] {
  const object: JsonSchema = schema;
  return Object.entries(object.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, object.required?.includes(name) ?? false),
  );
}

function fieldOf(name: string, property: JsonSchema, required: boolean): Field {
  const nullable = property.anyOf?.some((one) => one.type === "null") ?? false;
  const inner = property.anyOf?.find((one) => one.type !== "null") ?? property;
  const choices = inner.enum?.filter((one) => typeof one === "string");
  const limits = { ...inner, ...(choices === undefined ? {} : { choices }) };
  const field: Field = {
    name,
    label: inner.title ?? property.title ?? wordsOf(name),
    kind: kindOf(inner),
    required,
    nullable,
  };
  for (const key of ["minimum", "maximum", "minLength", "maxLength", "maxItems"] as const) {
    const limit = limits[key];
    if (limit !== undefined) field[key] = limit;
  }
  if (limits.pattern !== undefined) field.pattern = limits.pattern;
  if (inner["x-ordered"] === true) field.ordered = true;
  if (limits.choices !== undefined) field.choices = limits.choices;
  return field;
}

function kindOf(schema: JsonSchema): Field["kind"] {
  if (schema.enum !== undefined) return "choice";
  if (schema.type === "boolean") return "switch";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "string") return "text";
  if (schema.type === "array") {
    if (schema.items?.type === "integer") return "ids";
    if (schema.items?.type === "string") return "texts";
  }
  return "other";
}

/** `ringSeconds` → `Ring seconds`: the label of last resort. */
function wordsOf(name: string): string {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether nothing stands in a field. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Whether something has to stand in a field: where null may be said, nothing is an answer too. */
export function needed(field: Field): boolean {
  return field.required && !field.nullable;
}

/** What is wrong with a value, in words; undefined when nothing is. `shape` explains the field's pattern. */
export function problemOf(field: Field, value: unknown, shape?: string): string | undefined {
  if (field.kind === "switch" || value === KEPT) return undefined;
  if (isBlank(value)) return needed(field) ? `Please fill in: ${field.label}` : undefined;
  if (field.kind === "number") return problemOfNumber(field, value);
  if (typeof value === "string") {
    if (field.required && value.trim() === "") return `Please fill in: ${field.label}`;
    const length = [...value].length;
    if (field.minLength !== undefined && length < field.minLength) return `At least ${field.minLength} characters`;
    if (field.maxLength !== undefined && length > field.maxLength) return `At most ${field.maxLength} characters`;
    if (field.pattern !== undefined && !new RegExp(field.pattern, "u").test(value)) {
      return shape ?? `${field.label} has characters that cannot stand here`;
    }
  }
  if (Array.isArray(value) && field.maxItems !== undefined && value.length > field.maxItems) {
    return `At most ${field.maxItems}`;
  }
  return undefined;
}

function problemOfNumber(field: Field, value: unknown): string | undefined {
  if (typeof value !== "number" || !Number.isInteger(value)) return "A whole number is needed";
  if (field.minimum !== undefined && value < field.minimum) return `At least ${field.minimum}`;
  if (field.maximum !== undefined && value > field.maximum) return `At most ${field.maximum}`;
  return undefined;
}

/** Every problem of a form, by field. Fields kept out of sight are not judged. */
export function problemsOf(
  fields: readonly Field[],
  values: Values,
  words: Readonly<Record<string, FieldWords>> = {},
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const problem = problemOf(field, values[field.name], words[field.name]?.shape);
    if (problem !== undefined) problems[field.name] = problem;
  }
  return problems;
}
