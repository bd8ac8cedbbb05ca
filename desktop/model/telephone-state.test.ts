import { expect, it } from "vitest";
import type { Telephone } from "../../contract/views.ts";
import { TELEPHONE_STATES, tripText } from "./telephone-state.ts";

const telephone = (over: Partial<Telephone>): Telephone => ({
  id: 1,
  fullName: "Desk 1",
  username: "desk-1",
  enabled: true,
  createdAt: "2026-03-01T08:00:00.000Z",
  internal: null,
  place: null,
  ownerAgentId: null,
  model: null,
  registered: true,
  address: null,
  roundTripMs: null,
  userAgent: null,
  modelSeen: null,
  heldBy: null,
  lastUnclean: null,
  lastTest: null,
  ...over,
});
const kept = (over: Partial<Telephone>) =>
  Object.entries(TELEPHONE_STATES).flatMap(([name, { keeps }]) => (keeps(telephone(over)) ? [name] : []));

it("narrows the list of telephones by what they are", () => {
  expect(kept({})).toEqual(["all", "registered", "free"]);
  expect(kept({ registered: false })).toEqual(["all", "unregistered"]);
  expect(kept({ heldBy: { id: 2, name: "Anna", since: "" } })).toEqual(["all", "registered", "held"]);
  expect(kept({ enabled: false, registered: false })).toEqual(["all", "disabled"]);
  expect(kept({ lastTest: { at: "", outcome: "failed" } })).toContain("failed");
  expect(kept({ lastUnclean: { id: 2, name: "Anna", at: "", reason: "disconnected" } })).toContain("unclean");
});

it("says a round trip as people read it", () => {
  expect([0.4, 1.5, 90.2, 1200].map((ms) => tripText(ms)?.replaceAll("\u00a0", " "))).toEqual([
    "< 1 ms",
    "2 ms",
    "90 ms",
    "1,200 ms",
  ]);
  expect(tripText(null)).toBeNull();
});
