import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AgentState, PauseCause } from "../../contract/views.ts";
import { rankOf } from "./readiness.ts";
import { type CauseSpan, type LegSpan, type StateSegment, statesOf } from "./session-states.ts";

const at = (second: number) => new Date(second * 1000);
const CAUSES: PauseCause[] = ["break", "wrap-up", "phone-lost", "supervisor", "capacity", "login-in-pause"];
const cause = (name: PauseCause, from: number, to: number | null, over: Partial<CauseSpan> = {}): CauseSpan => ({
  cause: name,
  reason: null,
  askedAt: null,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  ...over,
});
const leg = (rang: number, onCall: number | null, to: number | null): LegSpan => ({
  rangAt: at(rang),
  onCallAt: onCall === null ? null : at(onCall),
  endedAt: to === null ? null : at(to),
});
const whole = { from: at(0), to: at(100) };
const told = (segments: StateSegment[]) =>
  segments.map(({ state, from, to }) => `${state} ${from.getTime() / 1000}-${to.getTime() / 1000}`);

describe("the states of a session", () => {
  it("are ready where nothing holds him and he is on no call", () => {
    expect(told(statesOf(whole, [], []))).toEqual(["ready 0-100"]);
    expect(statesOf({ from: at(5), to: at(5) }, [], [])).toEqual([]);
  });

  it("put a call before every cause, and the first cause before the others", () => {
    const causes = [cause("wrap-up", 20, 60), cause("break", 30, 50), cause("phone-lost", 45, null)];
    expect(told(statesOf(whole, causes, [leg(5, 10, 35)]))).toEqual([
      "ready 0-10",
      "on-call 10-35",
      "break 35-45",
      "phone-lost 45-100",
    ]);
  });

  it("count ringing as what he was before, and a call that nobody answered not at all", () => {
    expect(told(statesOf(whole, [], [leg(10, 15, 20), leg(30, null, 40)]))).toEqual([
      "ready 0-15",
      "on-call 15-20",
      "ready 20-100",
    ]);
  });

  it("count a break that waited from the end of the call, also when nobody was there to begin it", () => {
    const late = cause("break", 60, 80, { reason: "Lunch", askedAt: at(20) });
    expect(told(statesOf(whole, [late], [leg(5, 10, 40)]))).toEqual([
      "ready 0-10",
      "on-call 10-40",
      "break 40-80",
      "ready 80-100",
    ]);
  });

  it("count a break asked for while it rang from the end of the ringing", () => {
    const asked = cause("break", 15, 80, { askedAt: at(12) });
    expect(told(statesOf(whole, [asked], [leg(10, null, 15)]))).toEqual(["ready 0-15", "break 15-80", "ready 80-100"]);
  });

  it("keep two breaks of different reasons apart and join what is alike", () => {
    const causes = [
      cause("break", 10, 20, { reason: "Lunch" }),
      cause("break", 20, 30, { reason: "Coffee" }),
      cause("break", 30, 40, { reason: "Coffee" }),
    ];
    expect(statesOf(whole, causes, []).map(({ state, reason }) => [state, reason])).toEqual([
      ["ready", null],
      ["break", "Lunch"],
      ["break", "Coffee"],
      ["ready", null],
    ]);
  });
});

/** Some causes as the database allows them: those of one kind follow each other. */
const spans = fc
  .tuple(fc.constantFrom(...CAUSES), fc.uniqueArray(fc.integer({ min: -20, max: 120 }), { maxLength: 6 }), fc.boolean())
  .map(([name, points, open]) => {
    const sorted = points.sort((a, b) => a - b);
    return sorted.flatMap((from, index): CauseSpan[] => {
      if (index % 2 === 1) return [];
      const to = sorted[index + 1] ?? null;
      return to === null && !open ? [] : [cause(name, from, to, { reason: name === "break" ? `${from}` : null })];
    });
  });
const causes = fc
  .uniqueArray(spans, { maxLength: 6, selector: (some) => some[0]?.cause ?? "none" })
  .map((many) => many.flat());
const legs = fc.array(
  fc
    .tuple(fc.integer({ min: -20, max: 110 }), fc.nat({ max: 10 }), fc.option(fc.nat({ max: 40 })), fc.boolean())
    .map(([rang, ring, talk, open]) =>
      talk === null
        ? leg(rang, null, rang + ring)
        : leg(rang, rang + ring, open && rang > 80 ? null : rang + ring + talk),
    ),
  { maxLength: 6 },
);

/** By the definition alone: what he is doing at an instant. */
function stateAt(second: number, some: CauseSpan[], calls: LegSpan[]): AgentState {
  const within = (from: Date | null, to: Date | null) =>
    from !== null && from.getTime() <= second * 1000 && (to === null || second * 1000 < to.getTime());
  if (calls.some(({ onCallAt, endedAt }) => within(onCallAt, endedAt))) return "on-call";
  const open = some.filter(({ startedAt, endedAt }) => within(startedAt, endedAt)).map((one) => one.cause);
  return open.sort((a, b) => rankOf(a) - rankOf(b))[0] ?? "ready";
}

describe("the states of any session", () => {
  it("follow each other without a gap, add up to its length, and are what they should be at every instant", () => {
    fc.assert(
      fc.property(causes, legs, (some, calls) => {
        const segments = statesOf(whole, some, calls);
        expect(segments[0]?.from).toEqual(whole.from);
        expect(segments.at(-1)?.to).toEqual(whole.to);
        for (const [index, one] of segments.entries()) {
          expect(one.from < one.to).toBe(true);
          const next = segments[index + 1];
          if (next === undefined) continue;
          expect(next.from).toEqual(one.to);
          expect([next.state, next.reason]).not.toEqual([one.state, one.reason]);
        }
        const total = segments.reduce((ms, { from, to }) => ms + to.getTime() - from.getTime(), 0);
        expect(total).toBe(100_000);
        for (let second = 0; second < 100; second += 1) {
          const found = segments.find(({ from, to }) => from <= at(second) && at(second) < to);
          expect(found?.state).toBe(stateAt(second, some, calls));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("do not depend on the order in which the rows are read", () => {
    fc.assert(
      fc.property(causes, legs, (some, calls) => {
        expect(statesOf(whole, [...some].reverse(), [...calls].reverse())).toEqual(statesOf(whole, some, calls));
      }),
    );
  });

  it("of two parts of a day are the states of the whole, cut in two", () => {
    fc.assert(
      fc.property(causes, legs, fc.integer({ min: 1, max: 99 }), (some, calls, cut) => {
        const parts = [
          ...statesOf({ from: at(0), to: at(cut) }, some, calls),
          ...statesOf({ from: at(cut), to: at(100) }, some, calls),
        ];
        const seconds = (segments: StateSegment[]) =>
          Object.fromEntries(
            [...Map.groupBy(segments, ({ state }) => state)].map(([state, mine]) => [
              state,
              mine.reduce((ms, { from, to }) => ms + to.getTime() - from.getTime(), 0),
            ]),
          );
        expect(seconds(parts)).toEqual(seconds(statesOf(whole, some, calls)));
      }),
    );
  });
});
