import { describe, expect, it } from "vitest";
import { type LeaseEvent, type LeaseState, leaseState, nextLease, takingOf } from "./lease-state.ts";

const events: LeaseEvent[] = ["taken", "desktop-lost", "desktop-came", "handed-over", "over"];

describe("a telephone's lease", () => {
  it.each<[LeaseState, LeaseState[]]>([
    ["free", ["held", "free", "free", "free", "free"]],
    ["held", ["held", "left", "held", "held", "free"]],
    ["left", ["left", "left", "held", "held", "free"]],
  ])("that is %s goes on so", (state, after) => {
    expect(events.map((event) => nextLease(state, event))).toEqual(after);
  });

  it("is told by its holder", () => {
    expect(leaseState(null)).toBe("free");
    expect(leaseState({ unattendedSince: null })).toBe("held");
    expect(leaseState({ unattendedSince: new Date(0) })).toBe("left");
  });

  it("puts nobody out by choice alone", () => {
    const claims = ["choice", "confirmed", "given"] as const;
    expect(claims.map((claim) => takingOf("free", claim))).toEqual(Array(3).fill("sit-down"));
    for (const state of ["held", "left"] as const) {
      expect(claims.map((claim) => takingOf(state, claim))).toEqual(["refuse", "put-out", "put-out"]);
    }
  });
});
