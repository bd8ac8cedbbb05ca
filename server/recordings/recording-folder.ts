import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RAW_FRAME_BYTES, RAW_RATE, type RawRecording } from "../recorder.ts";
import { type EncoderProgram, mp3Of, wavOf } from "./encoder.ts";
import { lockInto, unlock } from "./locked-file.ts";
import { PeakMeter, stepsOf } from "./peaks.ts";
import type { RecordingKeys } from "./recording-keys.ts";

/** What became of a recording that was made: a locked file, safe on the disk. */
export interface KeptRecording {
  format: "mp3" | "wav";
  file: string;
  bytes: number;
  sha256: Buffer;
  keyId: string;
  lengthMs: number;
  peaks: Buffer;
}

/** A voice as it lies there, as RawRecording says it. */
export type RawVoice = Pick<RawRecording, "source" | "path" | "bytes" | "changedAt">;

/** The folder of recordings in the home. */
export interface RecordingFolder {
  /** Removes what a keeping that broke off has left. */
  tidy(): Promise<void>;
  /** Encodes and locks one; when it answers, all of it is on the disk. The raw one stays. Doing so again is safe. */
  keep(raw: RawVoice, format: "mp3" | "wav"): Promise<KeptRecording>;
  read(kept: { file: string; bytes: number }, from: number, length: number): AsyncGenerator<Buffer>;
  /** One that is not there is removed. */
  remove(file: string): Promise<void>;
  removeRaw(raw: RawRecording): Promise<void>;
  /** Bytes that are free on its disk. */
  free(): Promise<number>;
  /** Null: nothing here encodes, recordings stay as long as they are (WAV). */
  readonly encoder: EncoderProgram | null;
}

/** Builds it for a home; folders are made when they are needed. */
export function openRecordingFolder(deps: {
  home: string;
  keys: RecordingKeys;
  encoder: EncoderProgram | null;
}): RecordingFolder {
  const { keys, encoder } = deps;
  const root = join(deps.home, "recordings");
  const work = join(root, "work");

  return {
    encoder,
    async tidy() {
      await mkdir(work, { recursive: true, mode: 0o700 });
      for (const name of await readdir(work)) await rm(join(work, name), { force: true });
    },
    async keep(raw, wanted) {
      const bytes = raw.bytes - (raw.bytes % RAW_FRAME_BYTES);
      const lengthMs = Math.round((bytes / RAW_FRAME_BYTES / RAW_RATE) * 1000);
      const peaks = await peaksOf(raw.path, bytes, stepsOf(lengthMs));
      const format = encoder === null ? "wav" : wanted;
      const content = encoder === null || format === "wav" ? wavOf(raw.path, raw.bytes) : mp3Of(raw.path, encoder);
      await mkdir(work, { recursive: true, mode: 0o700 });
      const beside = join(work, raw.source);
      // By day, so that no folder grows without end.
      const file = join("kept", raw.changedAt.toISOString().slice(0, 10), `${raw.source}.rec`);
      try {
        const locked = await lockInto(beside, content, keys);
        await mkdir(dirname(join(root, file)), { recursive: true, mode: 0o700 });
        await rename(beside, join(root, file));
        for (const folder of [dirname(join(root, file)), join(root, "kept"), root]) await syncFolder(folder);
        return { format, file, ...locked, lengthMs, peaks };
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    read: ({ file, bytes }, from, length) => unlock(join(root, file), keys, { bytes, from, length }),
    remove: (file) => rm(join(root, file), { force: true }),
    removeRaw: ({ path }) => rm(path, { force: true }),
    async free() {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

async function peaksOf(path: string, bytes: number, steps: number): Promise<Buffer> {
  const meter = new PeakMeter(bytes / RAW_FRAME_BYTES, steps);
  if (bytes > 0) for await (const chunk of createReadStream(path, { end: bytes - 1 })) meter.push(chunk as Buffer);
  return meter.peaks();
}

/** A name is on the disk when its folder is (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
