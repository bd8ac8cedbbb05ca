import fc from "fast-check";
import { expect, it } from "vitest";
import { lostCalls, type QuietCall } from "./lost-calls.ts";

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 9 }).map((n) => `node1-1795328066.${n}`));
const quiet = (linkedId: string): QuietCall => ({ linkedId, startedAt: new Date(0), lastUs: 7 });

it("ends what is open and gone, leaves what goes on, and then finds nothing more", () => {
  fc.assert(
    fc.property(ids, ids, (live, open) => {
      const lost = lostCalls(live, open.map(quiet));
      expect(lost.every(({ linkedId, endUs }) => !live.includes(linkedId) && endUs === 7)).toBe(true);
      const left = open.filter((linkedId) => !lost.some((one) => one.linkedId === linkedId));
      expect(left.every((linkedId) => live.includes(linkedId))).toBe(true);
      expect(lostCalls(live, left.map(quiet))).toEqual([]);
    }),
  );
});
