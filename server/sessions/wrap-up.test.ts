import { describe, expect, it } from "vitest";
import { Refusal } from "../refusal.ts";
import type { OpenCause } from "./readiness.ts";
import { extended, isExtendable, wrapUpOf } from "./wrap-up.ts";

const leg = {
  state: "ended" as const,
  answeredAt: "2026-03-01T08:00:00.000Z",
  endedAt: "2026-03-01T08:05:00.000Z",
  queue: { id: 1, name: "support" },
};
const rule = { wrapUpSeconds: 30, mandatoryDisposition: false, phoneDisposition: "off" as const };
const bounds = { wrapUpMaximumSeconds: 600, wrapUpExtendSeconds: 60 };
const wrapUp = (over: object, ruleOver: object = {}, disposed = false, asked = false) =>
  wrapUpOf({ ...leg, ...over }, { ...rule, ...ruleOver }, disposed, bounds, asked);
const until = (...args: Parameters<typeof wrapUp>) => wrapUp(...args)?.dueAt.toISOString() ?? null;

it.each([
  ["as long as the queue says", until({}), "2026-03-01T08:05:30.000Z"],
  [
    "until disposed, at most the maximum, where that is mandatory",
    until({}, { mandatoryDisposition: true }),
    "2026-03-01T08:15:00.000Z",
  ],
  ["never longer than the maximum", until({}, { wrapUpSeconds: 3600 }), "2026-03-01T08:15:00.000Z"],
  [
    "as long as he may be asked for the outcome by keypad",
    until({}, { wrapUpSeconds: 0 }, false, true),
    "2026-03-01T08:10:00.000Z",
  ],
  ["not at all where the queue wants none", until({}, { wrapUpSeconds: 0 }), null],
  ["not when it was disposed during the call", until({}, { mandatoryDisposition: true }, true), null],
  ["not after a call that nobody answered", until({ answeredAt: null }), null],
  ["not after a call of no queue", until({ queue: null }), null],
  ["not while the call goes on", until({ state: "talking", endedAt: null }), null],
])("wraps up %s", (_, answer, expected) => {
  expect(answer).toBe(expected);
});

describe("a wrap-up made longer", () => {
  const longest = (wrapUpSeconds: number, mandatoryDisposition = false) =>
    wrapUp({}, { wrapUpSeconds, mandatoryDisposition })?.longestAt?.toISOString() ?? null;
  const codeOf = (causes: OpenCause[]) => {
    const answer = extended(causes);
    return answer instanceof Refusal ? answer.code : answer.dueAt?.getTime();
  };
  const cause = (over: Partial<OpenCause> = {}): OpenCause => ({
    cause: "wrap-up",
    reason: "leg",
    since: new Date(0),
    dueAt: new Date(30_000),
    longestAt: new Date(90_000),
    ...over,
  });

  it("lasts as much longer as the house says, within the maximum, and not at all where that is reached", () => {
    expect(longest(30)).toBe("2026-03-01T08:06:30.000Z");
    expect(longest(570)).toBe("2026-03-01T08:15:00.000Z");
    expect(longest(600)).toBeNull();
    expect(longest(30, true)).toBeNull();
  });

  it("is made so once, and not where there is none or it is as long as it may be", () => {
    expect(codeOf([cause()])).toBe(90_000);
    expect(codeOf([])).toBe("wrap-up.none");
    expect(codeOf([cause({ cause: "break" })])).toBe("wrap-up.none");
    expect(codeOf([cause({ longestAt: null, extendedAt: new Date(1) })])).toBe("wrap-up.extended");
    expect(codeOf([cause({ longestAt: null })])).toBe("wrap-up.longest");
    expect([isExtendable([cause()]), isExtendable([])]).toEqual([true, false]);
  });
});
