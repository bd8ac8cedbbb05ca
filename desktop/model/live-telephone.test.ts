import { expect, test } from "vitest";
import type { Choice } from "../../contract/views.ts";
import { paperPoolTelephone } from "../../test/paper-desk.ts";
import { changedIds, liveTelephone, withFresh } from "./live-telephone.ts";

const desk = paperPoolTelephone({ registered: true, address: "10.0.0.1:5060" });
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

test("telephones that changed since the last news are told, and none at the first", () => {
  const of = (...choices: Choice[]) => new Map(choices.map((one) => [one.id, one]));
  const other = { ...choice, id: 3 };
  expect(changedIds(null, of(choice, other))).toEqual([]);
  expect(changedIds(of(choice, other), of({ ...choice }, other))).toEqual([]);
  expect(changedIds(of(choice), of({ ...choice, registered: false, state: "not-registered" }, other))).toEqual([2, 3]);
});

test("what was read of some replaces them in place, adds what is new and takes out what is gone", () => {
  const [second, third] = [
    { ...desk, id: 3, fullName: "Desk 2" },
    { ...desk, id: 4, fullName: "Desk 3" },
  ];
  const fresh = { ...desk, roundTripMs: 12 };
  expect(withFresh([desk, second], [2, 3, 4], [fresh, third])).toEqual([fresh, third]);
});
