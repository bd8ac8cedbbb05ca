import { expect, test } from "vitest";
import type { PictureLane, PictureSpan } from "./call-picture.ts";
import { jointsOf, neighbourOf, talksWith } from "./picture-walk.ts";

const span = (from: number, to: number, more: Partial<PictureSpan> = {}): PictureSpan => ({
  ...{ key: `${from}`, doing: "talked", from, to, goesOn: false, word: "", says: "", with: [], own: false },
  ...more,
});
const lane = (id: string, ...spans: PictureSpan[]): PictureLane => ({ id, title: id, about: "", own: false, spans });

const caller = lane("c", span(0, 10, { with: ["a", "b"] }));
const first = lane("a", span(1, 4, { with: ["c"] }), span(4, 5, { doing: "held", with: ["c"] }));
const second = lane("b", span(5, 6), span(6, 10, { with: ["c"] }));
const lanes = [caller, first, second];

test("a line joins two where they begin to talk, and none where a hold ends", () => {
  expect(jointsOf(lanes, { from: 0, to: 10 })).toEqual([
    { at: 1, from: 0, to: 1 },
    { at: 6, from: 0, to: 2 },
  ]);
  expect(jointsOf(lanes, { from: 2, to: 5 })).toEqual([]);
});

test("the arrows lead along a lane and to what is nearest in the next one", () => {
  const at = (key: string, of: PictureLane, nth: number) => {
    const from = of.spans[nth];
    const found = from === undefined ? undefined : neighbourOf(key, lanes, of, from);
    return found === undefined ? null : `${found.lane.id} ${found.span.key}`;
  };
  expect(at("ArrowRight", first, 0)).toBe("a 4");
  expect(at("ArrowLeft", first, 0)).toBeNull();
  expect(at("End", second, 0)).toBe("b 6");
  expect(at("ArrowDown", first, 0)).toBe("b 5");
  expect(at("ArrowUp", second, 1)).toBe("a 4");
  expect(at("ArrowUp", caller, 0)).toBeNull();
  expect(at("x", caller, 0)).toBeNull();
});

test("the other side of what is looked at is known", () => {
  const [talk] = caller.spans;
  const [before, after] = second.spans;
  if (talk === undefined || before === undefined || after === undefined) throw new Error("three spans");
  expect(talksWith({ lane: caller, span: talk }, { lane: second, span: after })).toBe(true);
  expect(talksWith({ lane: caller, span: talk }, { lane: second, span: before })).toBe(false);
});
