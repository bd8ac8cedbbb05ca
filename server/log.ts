import { copyFileSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { type Logger, pino } from "pino";

export type Log = Logger;

/** A log file is put away when it has grown so large; so many older ones stay, as `perch.log.1` and so on. */
const FULL_BYTES = 32 * 1024 * 1024;
const KEPT = 3;

/**
 * JSON lines on standard output or into a file that stays bounded. Anything that may be a secret is cut before it is
 * written.
 */
export function openLog(options: { level: string; file?: string; fullBytes?: number }): Log {
  const { file, fullBytes = FULL_BYTES } = options;
  const descriptor = file === undefined ? 1 : opened(file);
  const destination = pino.destination({ dest: descriptor, sync: false });
  if (file !== undefined) {
    let bytes = fstatSync(descriptor).size;
    destination.on("write", (written: number) => {
      bytes += written;
      if (bytes < fullBytes) return;
      // Between two writes: nothing is under way, so nothing is lost between the copy and the cut.
      putAway(file, descriptor);
      bytes = 0;
    });
  }
  return pino(
    {
      level: options.level,
      base: null,
      redact: {
        paths: ["password", "*.password", "secret", "*.secret", "token", "*.token", "pin", "*.pin", "req.headers"],
        censor: "[cut]",
      },
    },
    destination,
  );
}

/** At once: a start that fails in its first moments must find its log open when it writes why, and ends. */
function opened(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return openSync(file, "a", 0o600);
}

/** Copied and emptied rather than renamed: whoever follows the file, and our own descriptor, go on with it. */
function putAway(file: string, descriptor: number): void {
  for (let n = KEPT - 1; n >= 1; n -= 1) {
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
  }
  copyFileSync(file, `${file}.1`);
  ftruncateSync(descriptor, 0);
}
