import { expect, it } from "vitest";
import { columnWidths } from "./column-widths.ts";

const name = { width: 100, grows: true };
const place = { width: 50, grows: true };
const number = { width: 60, grows: false };

it("leaves columns as wide as they are where there is no room to spare", () => {
  expect(columnWidths([name, number, place], 210)).toEqual([100, 60, 50]);
  expect(columnWidths([name, number, place], 90)).toEqual([100, 60, 50]);
});

it("gives what is left to columns of words, in proportion", () => {
  expect(columnWidths([name, number, place], 240)).toEqual([120, 60, 60]);
});

it("does not draw them further apart than the eye can follow", () => {
  expect(columnWidths([name, number, place], 2000)).toEqual([160, 60, 80]);
});

it("leaves numbers alone where there is nothing else", () => {
  expect(columnWidths([number, number], 1000)).toEqual([60, 60]);
});
