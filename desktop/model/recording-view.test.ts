import { expect, it } from "vitest";
import { afterSilence, shareOf, silences, wavePath, withinRecording } from "./recording-view.ts";

/** Ten seconds of a step each. */
const peaks = {
  customer: [200, 0, 0, 0, 0, 0, 0, 200, 0, 0],
  house: [0, 200, 0, 0, 0, 0, 0, 0, 0, 200],
};

it("finds where nobody says anything for long, with a margin on both sides", () => {
  expect(silences({ peaks, lengthMs: 10_000 })).toEqual([{ fromMs: 2400, toMs: 6600 }]);
});

it("goes on behind a silence, and nowhere else", () => {
  const stretches = silences({ peaks, lengthMs: 10_000 });
  expect(afterSilence(stretches, 3000)).toBe(6600);
  expect(afterSilence(stretches, 6590)).toBeNull();
  expect(afterSilence(stretches, 8500)).toBeNull();
});

it("draws a line where nothing is said, and all of the height for the loudest", () => {
  expect(wavePath([0, 255])).toBe("M0 0.98h1V1.02h-1zM1 0.00h1V2.00h-1z");
});

it("stays within the recording", () => {
  expect([withinRecording(-5, 100), withinRecording(500, 100)]).toEqual([0, 100]);
  expect([shareOf(25, 100), shareOf(5, 0)]).toEqual([25, 0]);
});
