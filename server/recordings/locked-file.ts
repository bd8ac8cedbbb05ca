import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { RecordingKeys } from "./recording-keys.ts";

/**
 * A file that is locked with AES-256-GCM piece by piece, so that any stretch can be read without the rest.
 *
 *     "PERCHREC1" · key id (16 characters) · salt (32 bytes) · pieces of 64 KiB, each followed by its tag (16 bytes)
 *
 * Each file has a key of its own, derived from the salt (HKDF, RFC 5869). A piece's number, and whether it is the last,
 * are in its nonce, so that none can be left out, moved or cut off unnoticed (the STREAM construction: Hoang and others,
 * "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015).
 */
const MAGIC = Buffer.from("PERCHREC1");
const KEY_ID_BYTES = 16;
const SALT_BYTES = 32;
const HEAD_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES;
const PIECE_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** A locked file that is not what was written, or whose key is not here. Its message is for a person. */
export class LockedFileProblem extends Error {}

const fileKey = (key: Buffer, salt: Buffer) => Buffer.from(hkdfSync("sha256", key, salt, "perch recording", 32));

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

/**
 * Writes what comes into a new file, and on to the disk. Answers how long it was and the digest of the file as it lies
 * there. Throws what the disk says (full …); the file is then the caller's to remove.
 */
export async function lockInto(
  path: string,
  content: AsyncIterable<Uint8Array>,
  keys: RecordingKeys,
): Promise<{ bytes: number; sha256: Buffer; keyId: string }> {
  const { id, key } = keys.current;
  const salt = randomBytes(SALT_BYTES);
  const derived = fileKey(key, salt);
  const digest = createHash("sha256");
  const file = await open(path, "w", 0o600);
  try {
    const write = async (...parts: Buffer[]) => {
      for (const part of parts) digest.update(part);
      await file.writeFile(Buffer.concat(parts));
    };
    const piece = async (number: number, plain: Buffer, last: boolean) => {
      const cipher = createCipheriv("aes-256-gcm", derived, nonceOf(number, last));
      await write(Buffer.concat([cipher.update(plain), cipher.final()]), cipher.getAuthTag());
    };
    await write(MAGIC, Buffer.from(id, "latin1"), salt);
    let [bytes, number] = [0, 0];
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of content) {
      bytes += chunk.length;
      rest = Buffer.concat([rest, chunk]);
      // What may be the last piece waits until something follows it.
      let from = 0;
      for (; rest.length - from > PIECE_BYTES; from += PIECE_BYTES, number += 1) {
        await piece(number, rest.subarray(from, from + PIECE_BYTES), false);
      }
      rest = rest.subarray(from);
    }
    await piece(number, rest, true);
    await file.sync();
    return { bytes, sha256: digest.digest(), keyId: id };
  } finally {
    await file.close();
  }
}

/** Reads `length` bytes from `from` on, piece by piece. Throws LockedFileProblem before anything that is not genuine. */
export async function* unlock(
  path: string,
  keys: RecordingKeys,
  { bytes, from, length }: { bytes: number; from: number; length: number },
): AsyncGenerator<Buffer> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new LockedFileProblem("its file is not there any more");
    throw error;
  });
  try {
    const derived = await readHead(file, keys);
    const last = Math.max(0, Math.ceil(bytes / PIECE_BYTES) - 1);
    const end = Math.min(bytes, from + length);
    for (let number = Math.floor(from / PIECE_BYTES); number * PIECE_BYTES < end; number += 1) {
      const start = number * PIECE_BYTES;
      const plain = await readPiece(file, derived, number, Math.min(PIECE_BYTES, bytes - start), number === last);
      yield plain.subarray(Math.max(0, from - start), Math.min(plain.length, end - start));
    }
  } finally {
    await file.close();
  }
}

async function readHead(file: FileHandle, keys: RecordingKeys): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
  if (bytesRead < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new LockedFileProblem("its file is not a recording of ours, or its beginning was changed");
  }
  const id = head.toString("latin1", MAGIC.length, MAGIC.length + KEY_ID_BYTES);
  const key = keys.find(id);
  if (key === null) throw new LockedFileProblem(`its key (${id}) is not in secrets/recordings`);
  return fileKey(key, head.subarray(MAGIC.length + KEY_ID_BYTES));
}

async function readPiece(file: FileHandle, key: Buffer, number: number, length: number, last: boolean) {
  const stored = Buffer.alloc(length + TAG_BYTES);
  const place = HEAD_BYTES + number * (PIECE_BYTES + TAG_BYTES);
  const { bytesRead } = await file.read(stored, 0, stored.length, place);
  try {
    if (bytesRead < stored.length) throw new Error("cut short");
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(stored.subarray(length));
    return Buffer.concat([decipher.update(stored.subarray(0, length)), decipher.final()]);
  } catch {
    throw new LockedFileProblem("its file was changed or cut off since it was written");
  }
}
