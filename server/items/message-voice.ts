import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { WAV_HEAD_BYTES } from "./message-box.ts";

/** Puts each sample into both sides. Takes 16 bits a sample in pieces of any length. */
function bothSides(): Transform {
  let rest = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const samples = all.length >> 1;
      const sides = Buffer.alloc(samples * 4);
      for (let at = 0; at < samples; at += 1) {
        const sample = all.readInt16LE(at * 2);
        sides.writeInt16LE(sample, at * 4);
        sides.writeInt16LE(sample, at * 4 + 2);
      }
      rest = Buffer.from(all.subarray(samples * 2));
      done(null, sides);
    },
  });
}

/**
 * Writes a caller's voice (WAV as Asterisk makes it, one side) as recordings are kept: raw, both sides, so that it is
 * heard in both ears. What the head says of its length is not believed: it is written last, and not when Asterisk died.
 */
export async function writeBothSides(wav: string, raw: string): Promise<void> {
  await pipeline(
    createReadStream(wav, { start: WAV_HEAD_BYTES }),
    bothSides(),
    createWriteStream(raw, { mode: 0o600 }),
  );
}
