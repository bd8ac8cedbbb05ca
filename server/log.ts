import { mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { type Logger, pino } from "pino";

export type Log = Logger;

/** JSON lines on standard output or into a file. Anything that may be a secret is cut before it is written. */
export function openLog(options: { level: string; file?: string }): Log {
  return pino(
    {
      level: options.level,
      base: null,
      redact: {
        paths: ["password", "*.password", "secret", "*.secret", "token", "*.token", "pin", "*.pin", "req.headers"],
        censor: "[cut]",
      },
    },
    pino.destination({ dest: options.file === undefined ? 1 : opened(options.file), sync: false }),
  );
}

/** At once: a start that fails in its first moments must find its log open when it writes why, and ends. */
function opened(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return openSync(file, "a", 0o600);
}
