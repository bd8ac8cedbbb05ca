import { type Field, isBlank, type Values } from "./form-fields.ts";

/** What a form would send: everything when something is made, and only what differs when it is changed. */

/** Whether two values say the same. Blank is blank, however written; lists of ids are sets unless order counts. */
function sameValue(a: unknown, b: unknown): boolean {
  if (isBlank(a) && isBlank(b)) return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The names of the fields that differ, in the form's order. */
export function changedFields(fields: readonly Field[], before: Values, now: Values): string[] {
  return fields
    .filter((field) => !sameValue(settled(field, before[field.name]), settled(field, now[field.name])))
    .map((field) => field.name);
}

/** The body of a POST: what is filled in. Blank optional fields are left to the server's defaults. */
export function bodyToCreate(fields: readonly Field[], now: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = settled(field, now[field.name]);
    if (!isBlank(value)) body[field.name] = value;
    else if (field.required && field.kind !== "text") body[field.name] = field.kind === "texts" ? [] : value;
  }
  return body;
}

/** The body of a PATCH: what differs. A field that was emptied says null, or the empty list. */
export function bodyToChange(fields: readonly Field[], before: Values, now: Values): Record<string, unknown> {
  const changed = new Set(changedFields(fields, before, now));
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    if (!changed.has(field.name)) continue;
    const value = settled(field, now[field.name]);
    if (!isBlank(value)) body[field.name] = value;
    else if (field.kind === "other" && field.nullable) body[field.name] = null;
    else if (field.kind === "ids" || field.kind === "texts" || field.kind === "other") body[field.name] = [];
    else if (field.nullable) body[field.name] = null;
  }
  return body;
}

/** Texts lose the blanks at their ends, sets of ids their order, unless it counts. */
function settled(field: Field, value: unknown): unknown {
  if (typeof value === "string") return value.trim();
  if (field.kind === "ids" && field.ordered !== true && Array.isArray(value))
    return [...value].sort((a, b) => Number(a) - Number(b));
  return value;
}
