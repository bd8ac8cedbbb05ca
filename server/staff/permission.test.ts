import { expect, it } from "vitest";
import { ACTIONS, may } from "./permission.ts";

const people = [
  "own.use",
  "choices.read",
  "session.use",
  "calls.use",
  "basics.read",
  "contacts.read",
  "contacts.change",
  "reports.own",
  "history.read",
  "recordings.hear",
  "items.use",
];
const leading = [
  "calls.dispose-others",
  "contacts.remove",
  "contact-lists.change",
  "staff.read",
  "reports.read",
  "recordings.judge",
  "prompts.change",
  "items.lead",
];
const ALLOWED = {
  agent: people,
  supervisor: [...people, ...leading, "supervision.act"],
  admin: [...people, ...leading, "supervision.act", "staff.change", "settings.change", "recordings.remove"],
};

it.each(["admin", "supervisor", "agent"] as const)("what a person of role %s may do", (role) => {
  expect(ACTIONS.filter((action) => may({ staffId: 1, role }, action)).sort()).toEqual(ALLOWED[role].sort());
});

it("an administrator may do everything", () => {
  expect(ACTIONS.every((action) => may({ staffId: 1, role: "admin" }, action))).toBe(true);
});
