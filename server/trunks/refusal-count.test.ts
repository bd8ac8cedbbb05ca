import { expect, it } from "vitest";
import { RefusalCount } from "./refusal-count.ts";

const MINUTE = 60_000;

it("tells of five refused calls of one telephone within ten minutes, once", () => {
  const count = new RefusalCount();
  const told = [0, 1, 2, 3, 4, 5].map((minute) => count.take("desk-1", minute * MINUTE));
  expect(told).toEqual([null, null, null, null, 5, null]);
});

it("does not of as many spread over hours, or over telephones", () => {
  const count = new RefusalCount();
  const told = Array.from({ length: 20 }, (_, index) => count.take("desk-1", index * 5 * MINUTE));
  expect(told.every((each) => each === null)).toBe(true);
  expect([1, 2, 3, 4, 5, 6].map((desk) => count.take(`desk-${desk}`, 0)).every((each) => each === null)).toBe(true);
});

it("tells of it again after an hour", () => {
  const count = new RefusalCount();
  const told = Array.from({ length: 70 }, (_, minute) => count.take("desk-1", minute * MINUTE));
  expect(told.flatMap((each, minute) => (each === null ? [] : [minute]))).toEqual([4, 64]);
});
