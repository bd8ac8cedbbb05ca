import { writeFileSync } from "node:fs";

const RATE = 8000;

/** Writes a sound: WAV, 8 kHz, one channel. `loudness` says for each second's part how far out the wave is, -1 to 1; answers the path. */
export function waveFile(path: string, seconds: number, loudness: (second: number) => number): string {
  const samples = RATE * seconds;
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    file.writeInt16LE(Math.round(32_000 * loudness(at / RATE)), 44 + at * 2);
  }
  writeFileSync(path, file);
  return path;
}
