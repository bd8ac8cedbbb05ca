/** What a wave form is drawn of: so many steps at most, the shortest a tenth of a second. */
const MOST_STEPS = 2000;
const SHORTEST_MS = 100;

/** How many steps the wave form of a recording of so many milliseconds has. */
export const stepsOf = (lengthMs: number): number =>
  Math.max(1, Math.min(MOST_STEPS, Math.ceil(lengthMs / SHORTEST_MS)));

/**
 * How loud both sides are over time. Takes frames of two sides (16 bits, little endian) as they come, in pieces of any
 * length, and puts the highest of each step into one byte a side, left and right in turn: on a logarithmic scale, as
 * one hears, from 0 (silence, or 48 dB below the loudest there can be) to 255.
 */
export class PeakMeter {
  readonly #frames: number;
  readonly #highest: Float64Array;
  readonly #steps: number;
  #seen = 0;
  #rest: Buffer = Buffer.alloc(0);

  /** `frames` of both sides will come. */
  constructor(frames: number, steps: number) {
    this.#frames = Math.max(1, frames);
    this.#steps = steps;
    this.#highest = new Float64Array(steps * 2);
  }

  push(chunk: Uint8Array): void {
    const all = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const whole = all.length - (all.length % 4);
    for (let at = 0; at < whole; at += 4, this.#seen += 1) {
      const step = Math.min(this.#steps - 1, Math.floor((this.#seen * this.#steps) / this.#frames)) * 2;
      const left = Math.abs(all.readInt16LE(at));
      const right = Math.abs(all.readInt16LE(at + 2));
      if (left > (this.#highest[step] ?? 0)) this.#highest[step] = left;
      if (right > (this.#highest[step + 1] ?? 0)) this.#highest[step + 1] = right;
    }
    this.#rest = all.subarray(whole);
  }

  peaks(): Buffer {
    return Buffer.from(this.#highest.map(loudness));
  }
}

const LOUDEST = 32_768;
const RANGE_DB = 48;

const loudness = (sample: number): number =>
  sample === 0 ? 0 : Math.round(255 * Math.max(0, Math.min(1, 1 + (20 * Math.log10(sample / LOUDEST)) / RANGE_DB)));
