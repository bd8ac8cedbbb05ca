import type { Problem, RefusalCode } from "../../contract/refusal.ts";

/** Where a refusal names no field, its code does. The first of these that the form has is meant. */
const FIELDS_OF_CODE: Partial<Record<RefusalCode, string[]>> = {
  "staff.username-taken": ["username"],
  "staff.internal-taken": ["internal"],
  "agent.hotdesk-needs-external": ["hotdesk"],
  "name.taken": ["name", "number", "pattern", "fullName"],
};

/** The field of a form that a refusal is about; null when it is about the whole. */
export function refusedField(problem: Problem, fields: readonly string[]): string | null {
  const named = problem.field;
  if (typeof named === "string") {
    const top = named.replace(/^[/.]+/, "").split(/[/.[]/)[0] ?? "";
    if (fields.includes(top)) return top;
  }
  return FIELDS_OF_CODE[problem.code]?.find((one) => fields.includes(one)) ?? null;
}
