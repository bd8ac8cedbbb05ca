import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/**
 * Writes lines into a compressed file with its SHA-256 beside it (`FILE.sha256`, as `sha256sum` reads it). When this is
 * through, the file has been read back from the disk, has as many lines as were given, and outlives a power cut; until
 * then it has another name. Throws otherwise, and leaves nothing. Answers how many lines there are.
 */
export async function writeArchive(path: string, lines: AsyncIterable<string>): Promise<number> {
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let written = 0;
  const texts = async function* () {
    for await (const line of lines) {
      written += 1;
      yield `${line}\n`;
    }
  };
  try {
    await pipeline(Readable.from(texts()), createGzip(), createWriteStream(part, { mode: 0o600 }));
    await flush(part);
    let read = 0;
    for await (const _ of readArchive(part)) read += 1;
    if (read !== written) throw new Error(`${path}: ${written} lines were written and ${read} could be read back.`);
    await writeFile(`${path}.sha256`, `${await checksum(part)}  ${basename(path)}\n`, { mode: 0o600 });
    await flush(`${path}.sha256`);
    await rename(part, path);
    await flush(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return written;
}

/** The lines of such a file. */
export async function* readArchive(path: string): AsyncGenerator<string> {
  const text = createGunzip();
  const reading = pipeline(createReadStream(path), text);
  reading.catch((error: Error) => text.destroy(error));
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  await reading;
}

async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Onto the disk, past every cache. */
async function flush(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
