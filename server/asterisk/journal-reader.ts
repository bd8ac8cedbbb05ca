import { createHash } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { JournalRead, JournalSource } from "../journal.ts";
import type { Log } from "../log.ts";
import { LONGEST_LINE } from "./journal-line.ts";

export interface JournalReaderOptions {
  /** Where Asterisk writes; it need not exist yet. */
  directory: string;
  /** The journals there: `journal` is journal.jsonl, and journal-1.jsonl, journal-2.jsonl … once renamed. */
  names: string[];
  clock: Clock;
  log: Log;
  pollMs?: number;
  maxLines?: number;
  maxBytes?: number;
  /** A file larger than this is renamed, and a new one begun. */
  rotateBytes?: number;
  /** A renamed file that is read to its end is removed when nothing was written to it for this long. */
  keepMs?: number;
}

interface JournalFile {
  path: string;
  name: string;
  /** Its number once renamed; null for the one that is being written. */
  number: number | null;
  fileId: string;
  size: number;
  modifiedMs: number;
}

/** Enough of a file to know it by. */
const HEAD_BYTES = 4096;

/**
 * Follows the journal's files by byte. A file is known by its first line, which is never written again: renamed, copied
 * or restored from a backup it is still the same file, and one that was emptied and begun anew is another. Asterisk
 * opens the file for every line, so renaming it loses nothing.
 */
export function createJournalReader(options: JournalReaderOptions): JournalSource {
  const { directory, clock, log } = options;
  const pollMs = options.pollMs ?? 250;
  const maxLines = options.maxLines ?? 2000;
  const maxBytes = Math.max(options.maxBytes ?? 1_048_576, 2 * LONGEST_LINE);
  const rotateBytes = options.rotateBytes ?? 64 * 1024 * 1024;
  const keepMs = options.keepMs ?? 7 * 24 * 3600 * 1000;
  const positions = new Map<string, number>();
  let watcher: FSWatcher | null = null;
  let wake: (() => void) | null = null;
  let changed = true;
  let unread: number | null = null;

  const notice = () => {
    changed = true;
    wake?.();
  };

  /** Where watching fails (no more watches, a network file system), polling alone is slower and as right. */
  const watchDirectory = () => {
    if (watcher !== null) return;
    try {
      watcher = watch(directory, { persistent: false }, notice);
      watcher.on("error", () => {
        watcher?.close();
        watcher = null;
      });
    } catch {
      watcher = null;
    }
  };

  const someChange = () =>
    new Promise<void>((resolve) => {
      if (changed) return resolve();
      const cancel = clock.after(pollMs, () => wake?.());
      wake = () => {
        wake = null;
        cancel();
        resolve();
      };
    });

  const positionOf = (fileId: string) => positions.get(fileId) ?? 0;

  const look = async (): Promise<JournalFile[]> => {
    const files: JournalFile[] = [];
    for (const entry of await namesIn(directory)) {
      const known = journalFileName(entry, options.names);
      if (known === null) continue;
      const path = join(directory, entry);
      const seen = await identify(path, known.number === null, positions);
      if (seen !== null) files.push({ path, ...known, ...seen });
    }
    // Renamed ones first, oldest first: what they hold came before.
    files.sort((a, b) => (a.number ?? Number.POSITIVE_INFINITY) - (b.number ?? Number.POSITIVE_INFINITY));
    unread = files.reduce((sum, file) => sum + Math.max(0, file.size - positionOf(file.fileId)), 0);
    return files;
  };

  const read = async (): Promise<JournalRead[]> => {
    const lines: JournalRead[] = [];
    let room = maxBytes;
    for (const file of await look()) {
      const position = positionOf(file.fileId);
      if (file.size <= position || lines.length >= maxLines || room <= 0) continue;
      const part = await readLines(file, position, { lines: maxLines - lines.length, bytes: room });
      if (part.length === 0) continue;
      lines.push(...part);
      const next = part.at(-1)?.nextByte ?? position;
      room -= next - position;
      positions.set(file.fileId, next);
      unread = Math.max(0, (unread ?? 0) - (next - position));
    }
    return lines;
  };

  return {
    async next() {
      watchDirectory();
      changed = false;
      const lines = await read();
      if (lines.length > 0) return lines;
      await someChange();
      changed = false;
      return read();
    },
    resume(committed) {
      positions.clear();
      for (const [fileId, next] of committed) positions.set(fileId, next);
    },
    unreadBytes: () => unread,
    async tidy(committed) {
      const files = await look();
      for (const file of files) {
        const done = committed.get(file.fileId) === file.size;
        if (file.number === null && file.size >= rotateBytes) {
          const numbers = files.filter((one) => one.name === file.name).map((one) => one.number ?? 0);
          const to = join(directory, `${file.name}-${Math.max(0, ...numbers) + 1}.jsonl`);
          await rename(file.path, to);
          log.info({ to }, "renamed a full journal file");
        } else if (file.number !== null && done && clock.now().getTime() - file.modifiedMs > keepMs) {
          await unlink(file.path);
          log.info({ file: file.path }, "removed an old journal file");
        }
      }
    },
    wake: notice,
    stop() {
      watcher?.close();
      watcher = null;
      notice();
    },
  };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

function journalFileName(entry: string, names: string[]): { name: string; number: number | null } | null {
  const match = /^([a-z]+)(?:-([1-9][0-9]{0,8}))?\.jsonl$/.exec(entry);
  const name = match?.[1];
  if (name === undefined || !names.includes(name)) return null;
  return { name, number: match?.[2] === undefined ? null : Number(match[2]) };
}

/**
 * Who a file is, by its first line; null while it has none, and when it is gone. A file that is written and shorter
 * than what was read of it has lost its end (a machine that failed): what comes now is new, so its name counts up.
 */
async function identify(
  path: string,
  written: boolean,
  positions: Map<string, number>,
): Promise<{ fileId: string; size: number; modifiedMs: number } | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const { size, mtimeMs } = await handle.stat();
    let head = await readAt(handle, 0, Math.min(size, HEAD_BYTES));
    let end = head.indexOf(10);
    if (end < 0 && size > HEAD_BYTES) {
      head = await readAt(handle, 0, Math.min(size, LONGEST_LINE));
      end = head.indexOf(10);
      // The first line has no end within bounds; its beginning has to do.
      if (end < 0 && head.length === LONGEST_LINE) end = head.length;
    }
    if (end < 0) return null;
    const hash = createHash("sha256").update(head.subarray(0, end)).digest("hex").slice(0, 24);
    let generation = 1;
    const idOf = (number: number) => (number === 1 ? hash : `${hash}.${number}`);
    while (positions.has(idOf(generation + 1))) generation += 1;
    if (written && size < (positions.get(idOf(generation)) ?? 0)) {
      generation += 1;
      const kept = await readAt(handle, Math.max(0, size - LONGEST_LINE), Math.min(size, LONGEST_LINE));
      positions.set(idOf(generation), size - kept.length + kept.lastIndexOf(10) + 1);
    }
    return { fileId: idOf(generation), size, modifiedMs: mtimeMs };
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Complete lines from `position` on. One that is too long comes cut, one character longer than allowed, as damage. */
async function readLines(
  file: JournalFile,
  position: number,
  room: { lines: number; bytes: number },
): Promise<JournalRead[]> {
  const handle = await open(file.path, "r");
  try {
    const length = Math.min(file.size - position, Math.max(room.bytes, 2 * LONGEST_LINE));
    const chunk = await readAt(handle, position, length);
    const lines: JournalRead[] = [];
    let start = 0;
    while (lines.length < room.lines) {
      const end = chunk.indexOf(10, start);
      if (end < 0) break;
      lines.push({
        fileId: file.fileId,
        byte: position + start,
        nextByte: position + end + 1,
        text: chunk.toString("utf8", start, Math.min(end, start + LONGEST_LINE + 1)),
      });
      start = end + 1;
    }
    const long = lines.length === 0 && chunk.length > LONGEST_LINE;
    return long ? await endlessLine(file, position, handle, chunk) : lines;
  } finally {
    await handle.close();
  }
}

/** A line that fills all there was room for: its end is looked for, however far it is. None yet: it waits. */
async function endlessLine(
  file: JournalFile,
  position: number,
  handle: FileHandle,
  beginning: Buffer,
): Promise<JournalRead[]> {
  for (let at = position + beginning.length; at < file.size; ) {
    const chunk = await readAt(handle, at, Math.min(file.size - at, 1_048_576));
    if (chunk.length === 0) break;
    const end = chunk.indexOf(10);
    if (end >= 0) {
      const text = beginning.toString("utf8", 0, LONGEST_LINE + 1);
      return [{ fileId: file.fileId, byte: position, nextByte: at + end + 1, text }];
    }
    at += chunk.length;
  }
  return [];
}
