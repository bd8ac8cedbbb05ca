import { randomBytes } from "node:crypto";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { MadeVoice } from "./voice-maker.ts";

/** Voices as files of this node, where the telephone system plays them. A key is a name of letters and digits. */
export interface VoiceFolder {
  /** Makes the folder, and removes what a writing that broke off has left. */
  prepare(): Promise<void>;
  /** The name to play: a path without its ending. */
  nameOf(key: string): string;
  has(key: string): Promise<boolean>;
  /** When it answers, both files are there whole; before, neither is seen in part. */
  write(key: string, voice: Pick<MadeVoice, "wide" | "narrow">): Promise<void>;
  /** One that is not there is removed. */
  remove(key: string): Promise<void>;
  /** All that are there whole, the oldest first. */
  list(): Promise<{ key: string; bytes: number }[]>;
}

/** As Asterisk's WAV reader knows them: 16 kHz and 8 kHz. It takes whichever is nearer to what the telephone speaks. */
const WIDE = ".wav16";
const NARROW = ".wav";
const UNFINISHED = ".new";

/** Opens the folder at that path. */
export function openVoiceFolder(path: string): VoiceFolder {
  const file = (key: string, ending: string) => join(path, `${key}${ending}`);
  const writeWhole = async (to: string, content: Buffer) => {
    // Two may write the same at once: each writes a file of its own, and both hold the same.
    const beside = `${to}.${randomBytes(6).toString("hex")}${UNFINISHED}`;
    try {
      const handle = await open(beside, "wx", 0o600);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, to);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };

  return {
    async prepare() {
      await mkdir(path, { recursive: true, mode: 0o700 });
      for (const name of await readdir(path)) {
        if (name.endsWith(UNFINISHED)) await rm(join(path, name), { force: true });
      }
    },
    nameOf: (key) => join(path, key),
    async has(key) {
      try {
        await access(file(key, NARROW));
        await access(file(key, WIDE));
        return true;
      } catch {
        return false;
      }
    },
    async write(key, { wide, narrow }) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await writeWhole(file(key, NARROW), narrow);
      await writeWhole(file(key, WIDE), wide);
    },
    async remove(key) {
      await rm(file(key, WIDE), { force: true });
      await rm(file(key, NARROW), { force: true });
    },
    async list() {
      const names = new Set(await readdir(path).catch(() => []));
      const keys = [...names].filter((name) => name.endsWith(WIDE)).map((name) => name.slice(0, -WIDE.length));
      const found = await Promise.all(
        keys.map(async (key) => {
          const [wide, narrow] = await Promise.all([sizeOf(file(key, WIDE)), sizeOf(file(key, NARROW))]);
          return wide === null || narrow === null
            ? []
            : [{ key, bytes: wide.size + narrow.size, writtenMs: wide.mtimeMs }];
        }),
      );
      return found
        .flat()
        .sort((one, other) => one.writtenMs - other.writtenMs)
        .map(({ key, bytes }) => ({ key, bytes }));
    },
  };
}

async function sizeOf(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    return await stat(path);
  } catch {
    return null;
  }
}
