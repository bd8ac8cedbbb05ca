import { expect, it } from "vitest";
import { PeakMeter, stepsOf } from "./peaks.ts";

const frames = (...pairs: [left: number, right: number][]) => {
  const bytes = Buffer.alloc(pairs.length * 4);
  for (const [at, [left, right]] of pairs.entries()) {
    bytes.writeInt16LE(left, at * 4);
    bytes.writeInt16LE(right, at * 4 + 2);
  }
  return bytes;
};

it("has the loudest of each step and side, however the frames come", () => {
  const voice = frames([0, 0], [-32_768, 10], [0, 0], [328, 16_384]);
  for (const size of [1, 3, 4, 100]) {
    const meter = new PeakMeter(4, 2);
    for (let at = 0; at < voice.length; at += size) meter.push(voice.subarray(at, at + size));
    expect([...meter.peaks()]).toEqual([255, 0, 43, 223]);
  }
});

it("a wave form has a step each tenth of a second, and no more than can be drawn", () => {
  expect([0, 950, 60_000, 3_600_000].map(stepsOf)).toEqual([1, 10, 600, 2000]);
});
