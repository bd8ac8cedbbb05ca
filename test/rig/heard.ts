import { spawnSync } from "node:child_process";
import { program } from "../../cli/programs.ts";

const RATE = 8000;

/** A recording as it is heard: both sides, 8000 samples a second. */
export interface Heard {
  lengthMs: number;
  /** How strong a tone is on a side between two places (milliseconds), as the height of its wave. */
  tone(side: "customer" | "house", hertz: number, fromMs: number, toMs: number): number;
  /** The highest wave of both sides between two places. */
  peak(fromMs: number, toMs: number): number;
}

/** Decodes what the server sent. */
export function heard(voice: Buffer, format: "mp3" | "wav"): Heard {
  const sox = program("sox");
  const asked = [
    "-t",
    format,
    "-",
    "-t",
    "raw",
    "-r",
    String(RATE),
    "-e",
    "signed-integer",
    "-b",
    "16",
    "-c",
    "2",
    "-",
  ];
  const done = spawnSync(sox.command, [...sox.args, ...asked], { input: voice, maxBuffer: 256 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`it cannot be heard: ${done.stderr.toString()}`);
  const frames = Math.floor(done.stdout.length / 4);
  const sample = (frame: number, side: number) => done.stdout.readInt16LE(frame * 4 + side * 2);
  const frameAt = (ms: number) => Math.min(frames, Math.max(0, Math.round((ms / 1000) * RATE)));
  return {
    lengthMs: (frames / RATE) * 1000,
    tone(side, hertz, fromMs, toMs) {
      const [first, last] = [frameAt(fromMs), frameAt(toMs)];
      let [even, odd] = [0, 0];
      for (let frame = first; frame < last; frame += 1) {
        const angle = (2 * Math.PI * hertz * frame) / RATE;
        even += sample(frame, side === "customer" ? 0 : 1) * Math.cos(angle);
        odd += sample(frame, side === "customer" ? 0 : 1) * Math.sin(angle);
      }
      return (2 * Math.hypot(even, odd)) / Math.max(1, last - first);
    },
    peak(fromMs, toMs) {
      let highest = 0;
      for (let frame = frameAt(fromMs); frame < frameAt(toMs); frame += 1) {
        highest = Math.max(highest, Math.abs(sample(frame, 0)), Math.abs(sample(frame, 1)));
      }
      return highest;
    },
  };
}
