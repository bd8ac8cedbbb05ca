import { expect, it } from "vitest";
import { levelled } from "./voice-level.ts";

const RATE = 8000;
/** Silence, a tone of that height (1 is full scale), silence; in seconds. */
function tone(height: number, { before = 0, lasting = 1, after = 0 } = {}): Int16Array {
  const begin = Math.round(before * RATE);
  const end = begin + Math.round(lasting * RATE);
  return Int16Array.from({ length: end + Math.round(after * RATE) }, (_, at) =>
    at < begin || at >= end ? 0 : Math.round(32_767 * height * Math.sin((2 * Math.PI * 400 * at) / RATE)),
  );
}
const seconds = (samples: Int16Array | null) => (samples?.length ?? 0) / RATE;
const highest = (samples: Int16Array | null) => Math.max(...(samples ?? []).map(Math.abs)) / 32_768;

it("cuts the silence off at both ends, and leaves a breath", () => {
  const voice = levelled(tone(0.3, { before: 2, lasting: 1, after: 3 }), RATE);
  expect(seconds(voice)).toBeCloseTo(1.21, 1);
});

it("leaves the silence within", () => {
  const [first, second] = [tone(0.3, { before: 1, lasting: 0.5, after: 2 }), tone(0.3, { lasting: 0.5, after: 1 })];
  expect(seconds(levelled(Int16Array.from([...first, ...second]), RATE))).toBeCloseTo(3.21, 1);
});

it("makes a quiet voice and a loud one alike", () => {
  const quiet = highest(levelled(tone(0.02), RATE));
  const loud = highest(levelled(tone(0.95), RATE));
  expect(quiet).toBeCloseTo(loud, 2);
  expect(loud).toBeGreaterThan(0.15);
});

it("never lets a wave stand out of the scale", () => {
  const clicks = tone(0.05, { lasting: 2 });
  clicks[9000] = 32_767;
  expect(highest(levelled(clicks, RATE))).toBeLessThan(0.9);
});

it("does not make noise a voice", () => {
  expect(levelled(new Int16Array(RATE), RATE)).toBeNull();
  expect(levelled(tone(0.0005), RATE)).toBeNull();
  expect(levelled(new Int16Array(0), RATE)).toBeNull();
  expect(highest(levelled(tone(0.002), RATE))).toBeLessThan(0.1);
});

it("begins and ends without a click", () => {
  const voice = levelled(tone(0.5).fill(16_000), RATE) ?? new Int16Array(1);
  expect(Math.abs(voice[0] ?? 0)).toBeLessThan(highest(voice) * 32_768 * 0.1);
  expect(Math.abs(voice.at(-1) ?? 0)).toBeLessThan(highest(voice) * 32_768 * 0.1);
});
