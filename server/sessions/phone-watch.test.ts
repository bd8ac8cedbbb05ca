import { describe, expect, it } from "vitest";
import type { LegOutcome } from "../telephony.ts";
import { nextLine } from "./phone-loss.ts";
import {
  type AttentionEvent,
  afterLeg,
  attentionOf,
  GOOD_SIGNAL,
  GOOD_WATCH,
  nextAttention,
  type PhoneWatch,
  signalOf,
  suspension,
} from "./phone-watch.ts";

const rule = { graceMs: 10_000, stableMs: 10_000, failedLimit: 2, missedLimit: 3 };
const now = new Date("2026-03-02T08:00:00Z");
const legs = (watch: PhoneWatch, ...outcomes: LegOutcome[]) =>
  outcomes.reduce((one, outcome) => afterLeg(one, { outcome, ofQueue: true }, now, rule), watch);
const silent = legs(GOOD_WATCH, "unanswered", "refused", "unanswered");
const failed = legs(GOOD_WATCH, "failed", "failed");

describe("attention", () => {
  it.each<[PhoneWatch, AttentionEvent, string, number]>([
    [GOOD_WATCH, "missed", "attentive", 1],
    [GOOD_WATCH, "answered", "attentive", 0],
    [GOOD_WATCH, "himself", "attentive", 0],
    [{ ...GOOD_WATCH, missedCalls: 2 }, "missed", "silent", 3],
    [{ ...GOOD_WATCH, missedCalls: 2 }, "answered", "attentive", 0],
    [silent, "missed", "silent", 3],
    [silent, "answered", "silent", 3],
    [silent, "himself", "attentive", 0],
  ])("%#", (watch, event, state, missed) => {
    const after = nextAttention(watch, event, now, rule);
    expect([attentionOf(after), after.missedCalls]).toEqual([state, missed]);
  });

  it("is not lost by calls that were taken back, or that no queue rang", () => {
    expect(legs(GOOD_WATCH, "withdrawn", "withdrawn", "withdrawn")).toEqual(GOOD_WATCH);
    expect(afterLeg(GOOD_WATCH, { outcome: "unanswered", ofQueue: false }, now, rule)).toEqual(GOOD_WATCH);
  });

  it("is never lost where the house sets no limit", () => {
    const many = Array<LegOutcome>(50).fill("unanswered");
    const end = many.reduce(
      (one, outcome) => afterLeg(one, { outcome, ofQueue: true }, now, { ...rule, missedLimit: null }),
      GOOD_WATCH,
    );
    expect(suspension(end)).toBeNull();
  });
});

describe("calls that do not reach the telephone", () => {
  it("lose it when they are too many in a row", () => {
    expect(suspension(legs(GOOD_WATCH, "failed"))).toBeNull();
    expect(suspension(legs(GOOD_WATCH, "failed", "unanswered", "failed"))).toBeNull();
    expect(suspension(failed)).toBe("failed-calls");
    const never = { ...rule, failedLimit: null };
    const two = ["failed", "failed"] as const;
    expect(
      suspension(two.reduce((one, outcome) => afterLeg(one, { outcome, ofQueue: true }, now, never), GOOD_WATCH)),
    ).toBeNull();
  });

  it("trust it again after a while when it is registered all the same", () => {
    const returning = { ...failed, line: nextLine(failed.line, "seen", null, now, rule) };
    expect(signalOf(returning)).toEqual({
      lostSince: now,
      why: "failed-calls",
      resumesAt: new Date(now.getTime() + 10_000),
    });
    expect(suspension({ ...returning, line: nextLine(returning.line, "due", null, now, rule) })).toBeNull();
  });
});

describe("the signal", () => {
  it("of a good telephone is nothing", () => {
    expect(signalOf(GOOD_WATCH)).toEqual(GOOD_SIGNAL);
  });

  it("tells a doubtful line before anybody is suspended", () => {
    const doubtful = { ...GOOD_WATCH, line: nextLine(GOOD_WATCH.line, "gone", "unreachable", now, rule) };
    expect(signalOf(doubtful)).toEqual({ lostSince: now, why: "unreachable", resumesAt: null });
    expect(suspension(doubtful)).toBeNull();
  });

  it("of a silent agent names no time: only he ends it", () => {
    expect(signalOf(silent)).toEqual({ lostSince: now, why: "missed-calls", resumesAt: null });
    expect(suspension(silent)).toBe("missed-calls");
    const both = { ...silent, line: nextLine(failed.line, "seen", null, now, rule) };
    expect(signalOf(both)).toMatchObject({ why: "failed-calls", resumesAt: null });
  });
});
