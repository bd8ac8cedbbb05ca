import { waveFile } from "./wave-file.ts";

/** Writes a file of one tone: WAV, 8 kHz, one channel; answers its path. */
export function toneFile(path: string, hertz: number, seconds: number): string {
  return waveFile(path, seconds, (second) => 0.25 * Math.sin(2 * Math.PI * hertz * second));
}
