import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LockedFileProblem, lockInto, unlock } from "./locked-file.ts";
import { openRecordingKeys, type RecordingKeys } from "./recording-keys.ts";

const PIECE = 64 * 1024;
let home: string;
let keys: RecordingKeys;
let path: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "perch-locked-"));
  keys = openRecordingKeys(home);
  path = join(home, "one.rec");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function* inChunks(content: Buffer, size: number) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
async function read(bytes: number, from = 0, length = bytes, by = keys): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of unlock(path, by, { bytes, from, length })) pieces.push(piece);
  return Buffer.concat(pieces);
}

it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])(
  "%i bytes come back whole, and any stretch",
  async (size) => {
    const content = randomBytes(size);
    const { bytes, sha256, keyId } = await lockInto(path, inChunks(content, 10_000), keys);
    expect({ bytes, keyId }).toEqual({ bytes: size, keyId: keys.current.id });
    expect(createHash("sha256").update(readFileSync(path)).digest()).toEqual(sha256);
    expect((await read(size)).equals(content)).toBe(true);
    for (const [from, length] of [
      [0, 1],
      [PIECE - 1, 2],
      [PIECE, PIECE],
      [size - 3, 3],
    ] as const) {
      if (from < 0 || from >= size) continue;
      expect((await read(size, from, length)).equals(content.subarray(from, from + length))).toBe(true);
    }
  },
);

it("a byte that changed, a piece that is missing or moved, and another key are refused", async () => {
  const size = 3 * PIECE;
  await lockInto(path, inChunks(randomBytes(size), PIECE), keys);
  const good = readFileSync(path);
  const head = good.length - 3 * (PIECE + 16);
  const piece = (number: number) => good.subarray(head + number * (PIECE + 16), head + (number + 1) * (PIECE + 16));
  const wrong: [Buffer, number][] = [
    [Buffer.concat([good.subarray(0, 100), Buffer.from([(good[100] ?? 0) ^ 1]), good.subarray(101)]), size],
    [Buffer.concat([good.subarray(0, head), piece(1), piece(0), piece(2)]), size],
    [Buffer.concat([good.subarray(0, head), piece(0), piece(1)]), 2 * PIECE],
    [good.subarray(0, good.length - 1), size],
    [good.subarray(0, 20), size],
  ];
  for (const [file, bytes] of wrong) {
    writeFileSync(path, file);
    await expect(read(bytes)).rejects.toThrow(LockedFileProblem);
  }
  writeFileSync(path, good);
  const other = openRecordingKeys(mkdtempSync(join(home, "other-")));
  await expect(read(size, 0, size, other)).rejects.toThrow(/its key \([0-9a-f]{16}\) is not in secrets\/recordings/);
  rmSync(path);
  await expect(read(size)).rejects.toThrow("not there any more");
});

it("what an older key locked is opened after a newer one was added", async () => {
  const content = randomBytes(100);
  await lockInto(path, inChunks(content, 100), keys);
  writeFileSync(join(home, "secrets", "recordings", "0002.key"), randomBytes(32).toString("base64"));
  const now = openRecordingKeys(home);
  expect(now.current.id).not.toBe(keys.current.id);
  expect((await read(100, 0, 100, now)).equals(content)).toBe(true);
});
