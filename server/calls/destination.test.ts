import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import { decideDestination, isFeature, type Place } from "./destination.ts";

const person = (over: Partial<Place & { kind: "person" }> = {}): Place => ({
  kind: "person",
  name: "Bruno Conti",
  internal: "202",
  endpoint: "desk-2",
  telephoneName: "Desk 2",
  awayNumber: null,
  ...over,
});
const queue: Place = { kind: "queue", queueId: 7, name: "Sales" };
const free = { registered: true, onCall: false };

function decide(to: string, kind: "blind" | "attended", place: Place | null, now = free) {
  const decided = decideDestination({ to, kind }, place, "desk-1", () => now);
  return decided instanceof Refusal ? decided.code : decided;
}

describe("where a call goes", () => {
  it.each([
    ["somebody free", "202", person(), { number: "202" }, { number: "202" }],
    ["a number outside", "0551", { kind: "outside", number: "0551" } as Place, { number: "0551" }, { number: "0551" }],
    ["a queue", "Sales", queue, { queueId: 7 }, "destination.not-to-ask"],
    ["a parking place", "*71", null, { number: "*71" }, "destination.not-to-ask"],
    [
      "somebody away whose calls go on",
      "202",
      person({ endpoint: null, awayNumber: "0339" }),
      { number: "202" },
      { number: "202" },
    ],
    ["somebody away", "202", person({ endpoint: null }), "destination.away", "destination.away"],
    ["oneself", "202", person({ endpoint: "desk-1" }), "destination.yourself", "destination.yourself"],
    ["nobody", "999", null, "call.no-route", "call.no-route"],
  ])("to %s", (_what, to, place, blind, attended) => {
    expect(decide(to, "blind", place)).toEqual(blind);
    expect(decide(to, "attended", place)).toEqual(attended);
  });

  it("is nowhere while the telephone there talks, or is not there", () => {
    expect(decide("202", "blind", person(), { registered: true, onCall: true })).toBe("destination.busy");
    expect(decide("202", "attended", person(), { registered: false, onCall: false })).toBe("destination.away");
  });

  it.each([
    ["*71", true],
    ["*99", true],
    ["*7", false],
    ["*711", false],
    ["*11", false],
    ["*8202", false],
  ])("knows whether %s is a place to be put", (to, is) => {
    expect(isFeature(to)).toBe(is);
  });
});
