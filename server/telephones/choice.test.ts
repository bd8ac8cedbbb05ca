import { describe, expect, it } from "vitest";
import { choiceOf, isListed, isNoneRegistered, type TelephoneRow } from "./choice.ts";

const desk: TelephoneRow = {
  id: 12,
  name: "Desk 12",
  endpoint: "desk12",
  internal: "112",
  place: "Floor 1",
  enabled: true,
  line: "sip",
  ownerAgentId: null,
  holding: null,
};
const holding = {
  agentId: 7,
  agentName: "Anna Rossi",
  since: new Date("2026-03-01T08:58:00Z"),
  unattendedSince: null as Date | null,
};
const left = { ...holding, unattendedSince: new Date("2026-03-01T09:00:00Z") };
const heldBy = { id: 7, name: "Anna Rossi", since: "2026-03-01T08:58:00.000Z" };

describe("what a telephone is to somebody who chooses", () => {
  it.each<[string, Partial<TelephoneRow>, boolean, object]>([
    ["free: enabled, registered, nobody's", {}, true, { state: "free", registered: true }],
    ["not registered", {}, false, { state: "not-registered", registered: false }],
    ["in use, and by whom", { holding }, true, { state: "in-use", heldBy }],
    ["in use even when its line is lost", { holding }, false, { state: "in-use", registered: false, heldBy }],
    [
      "held by somebody who did not log out, and until when",
      { holding: left },
      true,
      { state: "not-logged-out", heldBy, freeAt: "2026-03-01T09:15:00.000Z" },
    ],
    ["disabled, whatever else", { enabled: false, holding }, true, { state: "disabled" }],
  ])("is %s", (_, over, registered, expected) => {
    expect(choiceOf({ ...desk, ...over }, registered, 900_000)).toMatchObject(expected);
  });

  it("never says when it is free while its holder is there, or where the timeout is never", () => {
    expect(choiceOf({ ...desk, holding }, true, 900_000)).not.toHaveProperty("freeAt");
    expect(choiceOf({ ...desk, holding: left }, true, null)).not.toHaveProperty("freeAt");
  });
});

describe("whose list it stands in", () => {
  it.each([
    ["a shared one, for hotdesk", null, { agentId: 7, hotdesk: true }, true],
    ["a shared one, without hotdesk", null, { agentId: 7, hotdesk: false }, false],
    ["his own", 7, { agentId: 7, hotdesk: false }, true],
    ["his own, besides hotdesk", 7, { agentId: 7, hotdesk: true }, true],
    ["somebody else's", 8, { agentId: 7, hotdesk: true }, false],
    ["somebody's, for a supervisor", 8, "all" as const, true],
  ])("%s", (_, ownerAgentId, viewer, listed) => {
    expect(isListed({ ownerAgentId, line: "sip" }, viewer)).toBe(listed);
  });
});

it("nobody is registered only when that is known and there are telephones", () => {
  expect(isNoneRegistered(true, 3, 0)).toBe(true);
  expect(isNoneRegistered(true, 3, 1)).toBe(false);
  expect(isNoneRegistered(true, 0, 0)).toBe(false);
  expect(isNoneRegistered(false, 3, 0)).toBe(false);
});
