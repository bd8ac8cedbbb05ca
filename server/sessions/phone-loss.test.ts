import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterSilence, GOOD_LINE, type LineEvent, nextLine, type PhoneLine, stableMsOf } from "./phone-loss.ts";

const rule = { graceMs: 10_000, stableMs: 10_000 };
const start = new Date("2026-03-02T08:00:00Z");
const at = (ms: number) => new Date(start.getTime() + ms);
const run = (line: PhoneLine, ...events: [LineEvent, number][]) =>
  events.reduce((now, [event, ms]) => nextLine(now, event, "not-registered", at(ms), rule), line);
const lines: Record<PhoneLine["state"], PhoneLine> = {
  there: GOOD_LINE,
  doubtful: run(GOOD_LINE, ["gone", 0]),
  lost: run(GOOD_LINE, ["gone", 0], ["due", 10_000]),
  returning: run(GOOD_LINE, ["gone", 0], ["due", 10_000], ["seen", 20_000]),
};

describe("a telephone's line", () => {
  it.each<[PhoneLine["state"], LineEvent, PhoneLine["state"]]>([
    ["there", "seen", "there"],
    ["there", "gone", "doubtful"],
    ["there", "failed", "lost"],
    ["there", "due", "there"],
    ["doubtful", "seen", "there"],
    ["doubtful", "gone", "doubtful"],
    ["doubtful", "failed", "lost"],
    ["doubtful", "due", "lost"],
    ["lost", "seen", "returning"],
    ["lost", "gone", "lost"],
    ["lost", "failed", "lost"],
    ["lost", "due", "lost"],
    ["returning", "seen", "returning"],
    ["returning", "gone", "lost"],
    ["returning", "failed", "lost"],
    ["returning", "due", "there"],
  ])("that is %s is after %s %s", (state, event, after) => {
    expect(lines[state].state).toBe(state);
    expect(nextLine(lines[state], event, "unreachable", at(30_000), rule).state).toBe(after);
  });

  it("has a grace, is then lost since it went, and must stay before it is trusted", () => {
    expect(lines.doubtful).toMatchObject({ lostSince: at(0), dueAt: at(10_000), why: "not-registered" });
    expect(lines.lost).toMatchObject({ lostSince: at(0), dueAt: null });
    expect(lines.returning).toMatchObject({ lostSince: at(0), dueAt: at(30_000) });
    expect(nextLine(lines.returning, "due", null, at(30_000), rule)).toMatchObject({ lostSince: null, why: null });
  });

  it("tells the newest reason", () => {
    expect(nextLine(lines.lost, "gone", "unreachable", at(1), rule).why).toBe("unreachable");
    expect(nextLine(lines.lost, "seen", null, at(1), rule).why).toBe("not-registered");
  });

  it("that flaps loses its grace, and has to stay longer and longer, up to a bound", () => {
    let line = GOOD_LINE;
    const stays: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      line = run(line, ["gone", n * 20_000], ["due", n * 20_000 + 10_000], ["seen", n * 20_000 + 11_000]);
      stays.push((line.dueAt?.getTime() ?? 0) - at(n * 20_000 + 11_000).getTime());
    }
    expect(stays.slice(0, 6)).toEqual([10_000, 10_000, 10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...stays)).toBe(300_000);
    const back = { ...line, state: "there" as const, dueAt: null, lostSince: null, why: null };
    expect(run(back, ["gone", 300_000]).state).toBe("lost");
  });

  it("that only blinked too often has no grace either, until it was calm for a while", () => {
    const blinked = run(GOOD_LINE, ["gone", 0], ["seen", 1], ["gone", 2], ["seen", 3], ["gone", 4], ["seen", 5]);
    expect(blinked.state).toBe("there");
    expect(run(blinked, ["gone", 6]).state).toBe("lost");
    expect(run(blinked, ["gone", 11 * 60_000]).state).toBe("doubtful");
  });

  it("has its time anew when nobody could see it for a while, and a long grace", () => {
    expect(afterSilence(lines.doubtful, at(100_000), rule, 30_000).dueAt).toEqual(at(130_000));
    expect(afterSilence(lines.returning, at(100_000), rule, 30_000).dueAt).toEqual(at(110_000));
    expect(afterSilence(lines.lost, at(100_000), rule, 30_000)).toBe(lines.lost);
    expect(afterSilence(GOOD_LINE, at(100_000), rule, 30_000)).toBe(GOOD_LINE);
  });

  it("is always whole: it waits for something exactly while it doubts or returns, and never more than is bounded", () => {
    const step = fc.tuple(
      fc.constantFrom<LineEvent>("seen", "gone", "failed", "due"),
      fc.integer({ min: 0, max: 200_000 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let [line, now] = [GOOD_LINE, 0];
        for (const [event, wait] of steps) {
          now += wait;
          line = nextLine(line, event, "unreachable", at(now), rule);
          expect(line.dueAt !== null).toBe(line.state === "doubtful" || line.state === "returning");
          expect(line.lostSince === null).toBe(line.state === "there");
          expect(line.why === null).toBe(line.state === "there");
          expect((line.dueAt?.getTime() ?? 0) - at(now).getTime()).toBeLessThanOrEqual(300_000);
        }
      }),
    );
  });

  it("whose house wants more than the bound gets what the house wants", () => {
    expect(stableMsOf(20, { graceMs: 0, stableMs: 600_000 })).toBe(600_000);
    expect(stableMsOf(1000, rule)).toBe(300_000);
  });
});
