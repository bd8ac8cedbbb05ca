import { expect, test } from "vitest";
import { AgentBody, OutboundRouteBody, QueueBody, TelephoneBody, TrunkBody } from "../../contract/views.ts";
import { bodyToChange, bodyToCreate, changedFields } from "./form-changes.ts";
import { fieldsOf, KEPT, problemOf, problemsOf } from "./form-fields.ts";

const agent = fieldsOf(AgentBody);
const named = (fields: ReturnType<typeof fieldsOf>, name: string) => {
  const field = fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return field;
};

test("a form is read from its schema: labels, kinds, what is required", () => {
  expect(named(agent, "fullName")).toMatchObject({ label: "Full name", kind: "text", required: true, maxLength: 120 });
  expect(named(agent, "internal")).toMatchObject({ label: "Internal number", required: false, nullable: true });
  expect(named(agent, "typology")).toMatchObject({ kind: "choice", choices: ["external", "remote"] });
  expect(named(agent, "hotdesk").kind).toBe("switch");
  expect(named(agent, "queues").kind).toBe("ids");
  expect(named(fieldsOf(TrunkBody), "match")).toMatchObject({ kind: "texts", label: "Addresses its calls come from" });
  expect(named(fieldsOf(QueueBody), "ringSeconds")).toMatchObject({ kind: "number", minimum: 5, maximum: 300 });
});

test("what stands wrongly in a field is told in words", () => {
  const queue = fieldsOf(QueueBody);
  expect(problemOf(named(agent, "fullName"), "")).toBe("Please fill in: Full name");
  expect(problemOf(named(agent, "fullName"), "   ")).toBe("Please fill in: Full name");
  expect(problemOf(named(agent, "password"), "short")).toBe("At least 8 characters");
  expect(problemOf(named(queue, "ringSeconds"), 2)).toBe("At least 5");
  expect(problemOf(named(queue, "ringSeconds"), 2.5)).toBe("A whole number is needed");
  expect(problemOf(named(fieldsOf(OutboundRouteBody), "pattern"), "9(", "Digits, X, Z, N")).toBe("Digits, X, Z, N");
  expect(problemOf(named(fieldsOf(TelephoneBody), "fullName"), "1001\n[evil]")).toMatch(/cannot stand here/);
  expect(problemOf(named(agent, "internal"), "")).toBeUndefined();
  expect(problemsOf(agent, { fullName: "Anna", username: "anna", password: "12345678", typology: "external" })).toEqual(
    {},
  );
});

test("making says what is filled in, without the blanks", () => {
  const body = bodyToCreate(agent, {
    fullName: " Anna ",
    username: "anna",
    password: "12345678",
    email: "",
    queues: [],
    hotdesk: false,
  });
  expect(body).toEqual({ fullName: "Anna", username: "anna", password: "12345678", hotdesk: false });
  expect(bodyToCreate(fieldsOf(TrunkBody), { name: "a", host: "b", match: [] })).toEqual({
    name: "a",
    host: "b",
    match: [],
  });
});

test("changing says only what differs", () => {
  const before = { fullName: "Anna", internal: "201", queues: [3, 1], hotdesk: true, email: null };
  expect(bodyToChange(agent, before, { ...before, email: "" })).toEqual({});
  expect(bodyToChange(agent, before, { ...before, queues: [1, 3] })).toEqual({});
  expect(bodyToChange(agent, before, { ...before, internal: "", queues: [], hotdesk: false })).toEqual({
    internal: null,
    queues: [],
    hotdesk: false,
  });
  expect(changedFields(agent, before, { ...before, fullName: "Ann", password: "new secret" })).toEqual([
    "fullName",
    "password",
  ]);
});

test("a secret that is kept is neither judged nor sent; one removed is sent as null", () => {
  const before = { pin: KEPT };
  expect(problemOf(named(agent, "pin"), KEPT)).toBeUndefined();
  expect(bodyToChange(agent, before, { pin: KEPT })).toEqual({});
  expect(bodyToChange(agent, before, { pin: "" })).toEqual({ pin: null });
  expect(bodyToChange(agent, before, { pin: "4711" })).toEqual({ pin: "4711" });
});
