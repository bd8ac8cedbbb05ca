import { expect, it } from "vitest";
import { type OpenCause, pauseReasonOf, readinessOf } from "./readiness.ts";

const at = (second: number) => new Date(second * 1000);
const cause = (name: OpenCause["cause"], since: number, reason: string | null = null): OpenCause => ({
  cause: name,
  reason,
  since: at(since),
  dueAt: null,
});

it("is paused since the oldest open cause, however many there are", () => {
  expect(readinessOf([cause("break", 20), cause("wrap-up", 10)], at(5), at(0))).toEqual({
    state: "paused",
    since: at(10),
  });
});

it("is ready since the end of the last cause, or the start", () => {
  expect(readinessOf([], at(5), at(0))).toEqual({ state: "ready", since: at(5) });
  expect(readinessOf([], null, at(0))).toEqual({ state: "ready", since: at(0) });
});

it("names the break to the telephone system, else the cause, and nothing when ready", () => {
  expect(pauseReasonOf([cause("wrap-up", 1, "node1-1.1"), cause("break", 2, "Lunch")])).toBe("Lunch");
  expect(pauseReasonOf([cause("wrap-up", 1, "node1-1.1")])).toBe("wrap-up");
  expect(pauseReasonOf([])).toBeNull();
});
