import { Readable } from "node:stream";
import type { Refusal } from "../refusal.ts";
import { type ByteRange, byteRange } from "./byte-range.ts";
import { LockedFileProblem } from "./locked-file.ts";
import type { RecordingFolder } from "./recording-folder.ts";

/** What is asked for of one's voice, as HTTP says it. */
export interface AudioAsked {
  range: string | undefined;
  ifRange: string | undefined;
  download: boolean;
}

/** Voice, ready to be sent: its first piece has been read and is genuine. */
export interface Audio {
  stream: Readable;
  bytes: number;
  range: ByteRange;
  format: "mp3" | "wav";
  tag: string;
  fileName: string;
}

/** A locked file with voice in it. `tag` tells its content from any other's. */
export interface VoiceFile {
  file: string;
  bytes: number;
  format: "mp3" | "wav";
  tag: string;
  fileName: string;
}

/**
 * Opens a voice to be sent. `before` runs when its first piece was found genuine, and before any byte is sent;
 * `damaged` answers for one that is not what was written, and is told as well where that is found in the middle.
 */
export async function openAudio(
  folder: Pick<RecordingFolder, "read">,
  { file, bytes, format, tag, fileName }: VoiceFile,
  asked: AudioAsked,
  { before, damaged }: { before(): Promise<void>; damaged(problem: LockedFileProblem): Promise<Refusal> },
): Promise<Audio | Refusal> {
  const range = byteRange(asked.range, bytes, { ifRange: asked.ifRange, tag });
  if (range.kind === "beyond") return { stream: Readable.from([]), bytes, range, format, tag, fileName };
  const { from, length } = range.kind === "part" ? range : { from: 0, length: bytes };
  const pieces = folder.read({ file, bytes }, from, length);
  try {
    const first = await pieces.next();
    await before();
    const stream = Readable.from(following(first, pieces, damaged), { objectMode: false });
    return { stream, bytes, range, format, tag, fileName };
  } catch (error) {
    if (error instanceof LockedFileProblem) return damaged(error);
    throw error;
  }
}

/** The piece that was read to see that it is genuine, then the others. One that is not breaks the answer off. */
async function* following(
  first: IteratorResult<Buffer>,
  pieces: AsyncGenerator<Buffer>,
  onDamage: (problem: LockedFileProblem) => Promise<unknown>,
): AsyncGenerator<Buffer> {
  if (!first.done) yield first.value;
  try {
    yield* pieces;
  } catch (error) {
    if (error instanceof LockedFileProblem) await onDamage(error);
    throw error;
  }
}
