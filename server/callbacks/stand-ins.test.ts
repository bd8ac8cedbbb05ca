import { describe, expect, test } from "vitest";
import { type CallbackRequest, callIdOf, decideStandIns, MOST_PLACES, placeOf } from "./stand-ins.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 10, minute));
const request = (itemId: number, over: Partial<CallbackRequest> = {}): CallbackRequest => ({
  ...{ itemId, queueId: 1, since: at(itemId), open: true, byItself: true, due: true, there: false, callId: null },
  ...over,
});
const decided = (requests: CallbackRequest[], waiting: string[] = []) => {
  const { keep, giveUp } = decideStandIns(requests, new Set(waiting));
  return { keep: keep.map(({ itemId }) => itemId), giveUp };
};

describe("places in queues", () => {
  test("are kept for who asked, the longest waiting first", () => {
    expect(decided([request(3), request(1), request(2)])).toEqual({ keep: [1, 2, 3], giveUp: [] });
  });

  test("are kept once", () => {
    expect(decided([request(1, { callId: "a" })], ["a"])).toEqual({ keep: [], giveUp: [] });
    // Taken, or not heard of yet.
    expect(decided([request(1, { callId: "a" })])).toEqual({ keep: [], giveUp: [] });
  });

  test.each([
    ["somebody has the item", { open: false }],
    ["the queue calls by hand, or has tried often enough", { byItself: false }],
    ["it is not the time", { due: false }],
    ["he waits there himself", { there: true }],
  ] as const)("are given up where %s, and not kept", (_, over) => {
    expect(decided([request(1, { ...over, callId: "a" }), request(2, over)], ["a"])).toEqual({
      keep: [],
      giveUp: ["a"],
    });
    expect(decided([request(1, { ...over, callId: "a" })])).toEqual({ keep: [], giveUp: [] });
  });

  test("are bounded, those that are kept counted", () => {
    const many = Array.from({ length: MOST_PLACES + 5 }, (_, index) => request(index + 1));
    expect(decided(many).keep).toHaveLength(MOST_PLACES);
    const [first, ...rest] = many;
    if (first === undefined) throw new Error("none");
    expect(decided([{ ...first, callId: "a" }, ...rest]).keep).toHaveLength(MOST_PLACES - 1);
  });

  test("are behind those who came before, and before those who came later", () => {
    expect(placeOf(at(5), [])).toBe(1);
    expect(placeOf(at(5), [{ since: at(4) }, { since: at(6) }, { since: at(1) }])).toBe(3);
  });

  test("have names that say when they were made, and no other call has", () => {
    expect(callIdOf("node1", at(0), 12)).toBe("node1-1772445600.9000000012");
  });
});
