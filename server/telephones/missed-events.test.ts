import { expect, it } from "vitest";
import { paperContact as contact, paperFoundLeg as leg } from "../../test/paper-leg.ts";
import { missedEvents } from "./missed-events.ts";

const nameOf = (endpoint: string) => `Desk ${endpoint.toUpperCase()}`;
const nothing = { contacts: [], legs: new Map<string, string>(), newer: new Set<string>() };

it("finds nothing where what was heard is what is", () => {
  const known = { ...nothing, contacts: [contact("a", true), contact("b", false)], legs: new Map([["1", "a"]]) };
  expect(missedEvents(known, { contacts: [contact("a", true)], legs: [leg("1", "a")] }, nameOf)).toEqual([]);
});

it("tells registrations and calls that came or went without a word", () => {
  const known = { ...nothing, contacts: [contact("a", true)], legs: new Map([["1", "a"]]) };
  const found = missedEvents(known, { contacts: [contact("b", true)], legs: [leg("2", "b")] }, nameOf);
  expect(found.map(({ words }) => words)).toEqual([
    "The telephone Desk A was not registered and shown as registered.",
    "The telephone Desk B was registered and shown as not registered.",
    "A call on Desk A was shown and had ended.",
    "A call on Desk B was not shown.",
  ]);
});

it("believes what was heard after the state was asked for", () => {
  const known = { ...nothing, newer: new Set(["a", "1"]) };
  expect(missedEvents(known, { contacts: [contact("a", true)], legs: [leg("1", "b")] }, nameOf)).toEqual([]);
});
