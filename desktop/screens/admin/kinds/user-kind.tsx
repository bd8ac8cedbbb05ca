import { UserBody } from "../../../../contract/views.ts";
import { KEPT } from "../../../model/form-fields.ts";
import type { Kind } from "../kind.ts";

const ROLES: Record<string, string> = { admin: "Administrator", supervisor: "Supervisor" };

/** Administrators and supervisors. */
export const userKind: Kind<"users"> = {
  collection: "users",
  title: "Users",
  one: "user",
  purpose:
    "People who run the house: administrators change everything, supervisors watch over the floor and its reports.",
  schema: UserBody,
  words: {
    username: { hint: "What they sign in with", shape: "Letters, digits, dot, dash and underscore" },
    password: { hint: "At least 8 characters" },
    email: { shape: "An address like anna@example.org" },
    role: { label: "Role" },
    enabled: { label: "May sign in" },
  },
  secrets: ["password"],
  columns: () => [
    { id: "fullName", title: "Name", width: 220, value: (row) => row.fullName },
    { id: "username", title: "Username", width: 160, value: (row) => row.username },
    { id: "role", title: "Role", width: 130, value: (row) => ROLES[row.role] ?? row.role },
    { id: "email", title: "Mail address", width: 220, value: (row) => row.email },
    { id: "enabled", title: "May sign in", width: 100, value: (row) => (row.enabled ? "Yes" : "No") },
  ],
  nameOf: (row) => row.fullName,
  fresh: { role: "supervisor", enabled: true },
  valuesOf: ({ fullName, username, email, role, enabled }) => ({
    fullName,
    username,
    password: KEPT,
    email,
    role,
    enabled,
  }),
  options: () => ({ role: Object.entries(ROLES).map(([value, label]) => ({ value, label })) }),
  removal: (row) => (
    <p>
      {row.fullName} is signed out at once and can no longer sign in. What they did stays in the reports under their
      name.
    </p>
  ),
};
