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
    pino.destination({ dest: options.file ?? 1, mkdir: true, sync: false }),
  );
}
