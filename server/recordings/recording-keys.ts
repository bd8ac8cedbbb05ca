import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** The keys that recordings are locked with. The newest locks; all of them open. */
export interface RecordingKeys {
  readonly current: { id: string; key: Buffer };
  /** Null: this key is not here (any more). */
  find(id: string): Buffer | null;
}

const KEY_BYTES = 32;
const FIRST = "0001.key";

/**
 * The keys are `secrets/recordings/*.key` in the home, 32 bytes as base64 each; the last by name is the newest. The
 * first is made where there is none. Throws for a file that is no key.
 */
export function openRecordingKeys(home: string): RecordingKeys {
  const folder = join(home, "secrets", "recordings");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (keyFiles(folder).length === 0) makeKey(folder);
  const keys = keyFiles(folder).map((name) => {
    const key = Buffer.from(readFileSync(join(folder, name), "utf8").trim(), "base64");
    if (key.length !== KEY_BYTES) throw new Error(`${join(folder, name)} does not hold a key of ${KEY_BYTES} bytes`);
    return { id: idOf(key), key };
  });
  const current = keys.at(-1);
  if (current === undefined) throw new Error(`no key can be made in ${folder}`);
  return { current, find: (id) => keys.find((one) => one.id === id)?.key ?? null };
}

const keyFiles = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".key"))
    .sort();

/** Tells keys apart and gives nothing of them away. */
const idOf = (key: Buffer) => createHash("sha256").update("perch recordings ").update(key).digest("hex").slice(0, 16);

/** Whole or not at all, and never over one that is there. */
function makeKey(folder: string): void {
  const beside = join(folder, `${FIRST}.${process.pid}`);
  const descriptor = openSync(beside, "w", 0o600);
  writeSync(descriptor, `${randomBytes(KEY_BYTES).toString("base64")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  try {
    linkSync(beside, join(folder, FIRST));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(beside);
  }
}
