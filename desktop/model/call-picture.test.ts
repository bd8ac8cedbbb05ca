import fc from "fast-check";
import { expect, test } from "vitest";
import type { CallParty, PartyDoing } from "../../contract/views.ts";
import { callPicture, canCloser, lengthText, pictureTicks, pictureWindow } from "./call-picture.ts";

const at = (s: number) => new Date(1_795_000_000_000 + s * 1000).toISOString();
const ms = (s: number) => 1_795_000_000_000 + s * 1000;
type Part = [doing: PartyDoing, from: number, to: number | null, more?: Partial<CallParty["spans"][number]>];
const party = (id: string, parts: Part[], more: Partial<CallParty> = {}): CallParty => ({
  ...{ id, kind: "telephone", name: id, number: id, telephoneId: null, people: [] },
  spans: parts.map(([doing, from, to, extra]) => ({
    ...{ doing, from: at(from), to: to === null ? null : at(to), with: [], queue: null, own: false },
    ...extra,
  })),
  ...more,
});
const caller = party(
  "c",
  [
    ["waited", 0, 4, { queue: "Support" }],
    ["talked", 4, 20, { with: ["d"] }],
  ],
  { kind: "outside", name: "Maria Bianchi", number: "+39055" },
);
const desk = party(
  "d",
  [
    ["rang", 1, 4, { own: true }],
    ["alone", 4, 4.001, { own: true }],
    ["talked", 4.001, 20, { with: ["c"], own: true }],
  ],
  { name: "Desk 1", number: "101", people: ["Anna", "Luca"] },
);

test("each party is a lane that says who it is and what it did, with whom", () => {
  const picture = callPicture({ parties: [caller, desk], transfers: [] }, ms(99));
  expect(picture?.whole).toEqual({ from: ms(0), to: ms(20) });
  expect(picture?.lanes.map(({ title, about, own }) => [title, about, own])).toEqual([
    ["Maria Bianchi", "+39055", false],
    ["Desk 1", "101 · Anna, then Luca", true],
  ]);
  expect(picture?.lanes.map(({ spans }) => spans.map(({ says }) => says))).toEqual([
    ["Waited in Support", "Talked with Desk 1"],
    ["Rang", "Talked with Maria Bianchi"],
  ]);
});

test("a transfer stands in the lane of who made it, where it was made", () => {
  const transfers = [{ at: at(10), kind: "blind" as const, from: "Desk 1", to: "Desk 2", partyId: "d" }];
  const picture = callPicture({ parties: [caller, desk], transfers }, ms(99));
  expect(picture?.lanes[1]?.spans.map(({ doing, from }) => [doing, from - ms(0)])).toEqual([
    ["rang", 1000],
    ["talked", 4001],
    ["transferred", 10_000],
  ]);
  expect(picture?.lanes[1]?.spans.at(-1)?.says).toBe("Transferred the call to Desk 2, without asking first");
});

test("what goes on is drawn up to now, and a call without parties is no picture", () => {
  const open = callPicture({ parties: [party("d", [["talked", 0, null]])], transfers: [] }, ms(30));
  expect(open?.lanes[0]?.spans[0]).toMatchObject({ from: ms(0), to: ms(30), goesOn: true });
  expect(callPicture({ parties: [], transfers: [] }, ms(0))).toBeNull();
  const instant = callPicture({ parties: [party("d", [["rang", 0, 0]])], transfers: [] }, ms(0));
  expect(instant?.whole).toEqual({ from: ms(0), to: ms(0) + 1 });
});

test("many telephones that only rang stand apart; a few, and the row's own, do not", () => {
  const rang = (count: number) => Array.from({ length: count }, (_, nth) => party(`r${nth}`, [["rang", 1, 4]]));
  const own = party("own", [["rang", 1, 4, { own: true }]]);
  expect(callPicture({ parties: [caller, own, ...rang(2)], transfers: [] }, 0)?.rang).toEqual([]);
  const many = callPicture({ parties: [caller, own, ...rang(40)], transfers: [] }, 0);
  expect(many?.lanes.map(({ id }) => id)).toEqual(["c", "own"]);
  expect(many?.rang).toHaveLength(40);
});

test("marks of the axis stand on round times since the call began", () => {
  const labels = (from: number, to: number) =>
    pictureTicks({ from: ms(from), to: ms(to) }, ms(0)).map((one) => one.label);
  expect(labels(0, 1)).toEqual(["0.0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1.0 s"]);
  expect(labels(0, 24)).toEqual(["0:00", "0:05", "0:10", "0:15", "0:20"]);
  expect(labels(3500, 3700)).toEqual(["59:00", "1:00:00", "1:01:00"]);
  expect(labels(0, 400_000)).toHaveLength(5);
});

test("however close and wherever somebody looks, it is inside the call", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90_000_000 }),
      fc.nat({ max: 20 }),
      fc.integer({ min: -9_000, max: 99_000_000 }),
      (length, halvings, around) => {
        const whole = { from: 0, to: length };
        const seen = pictureWindow(whole, halvings, around);
        expect(seen.from).toBeGreaterThanOrEqual(0);
        expect(seen.to).toBeLessThanOrEqual(length + 1e-6);
        expect(seen.to - seen.from).toBeGreaterThan(0);
        expect(pictureTicks(seen, 0).length).toBeLessThanOrEqual(7);
      },
    ),
  );
  expect(canCloser({ from: 0, to: 8000 }, 2)).toBe(true);
  expect(canCloser({ from: 0, to: 8000 }, 3)).toBe(false);
});

test("lengths are as exact as they can be read", () => {
  expect([44, 12_340, 125_000, 3_725_000].map(lengthText)).toEqual(["0.04 s", "12.3 s", "2:05", "1:02:05"]);
});
