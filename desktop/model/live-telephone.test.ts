import { expect, test } from "vitest";
import type { Choice, Telephone } from "../../contract/views.ts";
import { liveTelephone } from "./live-telephone.ts";

const desk: Telephone = {
  id: 2,
  fullName: "Desk 1",
  username: "desk1",
  enabled: true,
  createdAt: "2026-11-22T10:00:00.000Z",
  internal: null,
  place: null,
  ownerAgentId: null,
  model: null,
  roundTripMs: null,
  userAgent: null,
  modelSeen: null,
  lastUnclean: null,
  lastTest: null,
  registered: true,
  address: "10.0.0.1:5060",
  heldBy: null,
};
const choice: Choice = { id: 2, name: "Desk 1", internal: null, place: null, state: "free", registered: true };
const anna = { id: 7, name: "Anna Rossi", since: "2026-11-22T11:00:00.000Z" };

test("what is live replaces what was fetched", () => {
  expect(liveTelephone(desk, { ...choice, state: "in-use", heldBy: anna }).heldBy).toEqual(anna);
  expect(liveTelephone(desk, { ...choice, state: "not-registered", registered: false })).toMatchObject({
    registered: false,
    address: null,
  });
  expect(liveTelephone({ ...desk, heldBy: anna }, choice).heldBy).toBeNull();
});

test("a telephone of which nothing new is known stays the same object", () => {
  expect(liveTelephone(desk, choice)).toBe(desk);
  expect(liveTelephone(desk, undefined)).toBe(desk);
});
