import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RawRecording } from "../recorder.ts";
import { EncoderProblem } from "./encoder.ts";
import { openRecordingFolder, type RecordingFolder } from "./recording-folder.ts";
import { openRecordingKeys } from "./recording-keys.ts";

let home: string;
let raw: RawRecording;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "perch-folder-"));
  mkdirSync(join(home, "recordings", "work"), { recursive: true });
  raw = {
    ...{ source: "n-1.0_n-1.0_q1_1", linkedId: "n-1.0", channelId: "n-1.0", queueId: 1, bytes: 200_000 },
    ...{ path: join(home, "raw"), changedAt: new Date("2026-03-02T08:00:00Z") },
  };
  writeFileSync(raw.path, Buffer.alloc(raw.bytes, "voice"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const folderWith = (encoder: string | null): RecordingFolder =>
  openRecordingFolder({
    ...{ home, keys: openRecordingKeys(home) },
    encoder: encoder === null ? null : { command: "/bin/sh", args: ["-c", encoder] },
  });
const work = () => readdirSync(join(home, "recordings", "work"));

test("where the disk is full nothing is kept, nothing half is left, and the raw one stays", async () => {
  const folder = folderWith(null);
  symlinkSync("/dev/full", join(home, "recordings", "work", raw.source));
  await expect(folder.keep(raw, "mp3")).rejects.toMatchObject({ code: "ENOSPC" });
  expect([work(), existsSync(raw.path), existsSync(join(home, "recordings", "kept"))]).toEqual([[], true, false]);
  const kept = await folder.keep(raw, "mp3");
  expect(kept).toMatchObject({ format: "wav", bytes: 200_044 });
});

test("where the encoder fails in the middle nothing half is left, and it is the encoder's failure", async () => {
  const folder = folderWith("head -c 100000 /dev/zero; exit 3");
  await expect(folder.keep(raw, "mp3")).rejects.toThrow(EncoderProblem);
  expect([work(), existsSync(raw.path), existsSync(join(home, "recordings", "kept"))]).toEqual([[], true, false]);
});

test("kept a second time, because nobody wrote it down the first time, it is one file that opens", async () => {
  const folder = folderWith(null);
  await folder.keep(raw, "mp3");
  const again = await folder.keep(raw, "mp3");
  expect(readdirSync(join(home, "recordings", "kept", "2026-03-02"))).toHaveLength(1);
  const pieces: Buffer[] = [];
  for await (const piece of folder.read(again, 0, again.bytes)) pieces.push(piece);
  expect(Buffer.concat(pieces).subarray(44, 49).toString()).toBe("voice");
});
