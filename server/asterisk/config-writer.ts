import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigFile } from "./render/conf.ts";
import { holdMusic } from "./render/hold-music.ts";
import type { AsteriskInstance } from "./render/instance.ts";
import { EMPTY_CONFIG, renderBootFiles, renderHouseFiles } from "./render/render.ts";

/**
 * Writes those of the files that differ from what is there; answers their names. Each is written beside and renamed,
 * so Asterisk never reads half of one, and is for our user alone: digests and a trunk's password stand in them.
 */
export async function writeChanged(directory: string, files: readonly ConfigFile[]): Promise<string[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const changed: string[] = [];
  for (const { name, text } of files) {
    const path = join(directory, name);
    if ((await readOrNull(path)) === text) continue;
    await writeWhole(path, text);
    changed.push(name);
  }
  return changed;
}

/**
 * All that Asterisk needs for a start: boot files, hold music, and, where this is the first start ever, an empty
 * house. What is known of the house stays, so telephones can register while the database is away.
 */
export async function writeBootFiles(instance: AsteriskInstance): Promise<void> {
  const { etc, var: variable } = instance.directories;
  await writeChanged(etc, renderBootFiles(instance));
  for (const file of renderHouseFiles(instance, EMPTY_CONFIG)) {
    if ((await readOrNull(join(etc, file.name))) === null) await writeChanged(etc, [file]);
  }
  const music = join(variable, "hold-music");
  await mkdir(music, { recursive: true, mode: 0o700 });
  await mkdir(join(variable, "keys"), { recursive: true, mode: 0o700 });
  const chords = join(music, "chords.wav");
  // Reckoned note by note, which takes longer than all the rest: once for a house.
  if (!existsSync(chords)) await writeWhole(chords, holdMusic());
}

async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const beside = `${path}.new`;
  try {
    await rm(beside, { force: true }); // a crash may have left one with another mode
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
