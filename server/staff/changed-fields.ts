/** Fields that are secrets: the audit log says that they were set, not to what. */
const SECRET = new Set(["password", "pin", "secret"]);

/** What was asked for, as the audit log keeps it: without secrets. */
export function changedFields(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [
      field,
      SECRET.has(field) && value !== null && value !== undefined ? "(set)" : value,
    ]),
  );
}
