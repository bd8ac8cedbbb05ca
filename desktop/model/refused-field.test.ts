import { expect, test } from "vitest";
import type { Problem, RefusalCode } from "../../contract/refusal.ts";
import { refusedField } from "./refused-field.ts";

const refusal = (code: RefusalCode, facts: Record<string, unknown> = {}): Problem => ({
  type: "about:blank",
  title: "No",
  status: 409,
  code,
  ...facts,
});

test("a refusal is shown at the field it names, however the path is written", () => {
  expect(refusedField(refusal("request.invalid", { field: "internal" }), ["internal"])).toBe("internal");
  expect(refusedField(refusal("request.invalid", { field: "/actions/0/queue" }), ["actions"])).toBe("actions");
});

test("without a named field the code tells", () => {
  expect(refusedField(refusal("staff.username-taken"), ["fullName", "username"])).toBe("username");
  expect(refusedField(refusal("name.taken"), ["pattern", "trunkId"])).toBe("pattern");
});

test("what is about no field of the form is about the whole", () => {
  expect(refusedField(refusal("staff.last-admin"), ["role"])).toBeNull();
  expect(refusedField(refusal("request.invalid", { field: "elsewhere" }), ["role"])).toBeNull();
});
