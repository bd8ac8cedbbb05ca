import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isFreePort } from "./loopback-port.ts";

/** Where the telephone system and we meet on loopback, and what shows each that it is the other. */
export interface LoopbackAccess {
  port: number;
  secret: string;
}

/**
 * What was agreed with the telephone system of this home, in `secrets/<name>.json`. Kept, because one that outlived us
 * still goes by it; only where somebody else has taken the port, another port is agreed. `isListening`: the one who
 * listens there is the telephone system itself.
 */
export async function loopbackAccess(home: string, name: string, isListening: boolean): Promise<LoopbackAccess> {
  const file = join(home, "secrets", `${name}.json`);
  const kept = readAccess(file);
  if (kept !== null && (isListening || (await isFreePort(kept.port)))) return kept;
  const access = { port: await freePort(), secret: kept?.secret ?? randomBytes(24).toString("hex") };
  mkdirSync(join(home, "secrets"), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return access;
}

/** Null where nothing was agreed yet, or what is kept cannot be read. */
function readAccess(file: string): LoopbackAccess | null {
  try {
    const { port, secret }: Partial<LoopbackAccess> = JSON.parse(readFileSync(file, "utf8"));
    return typeof port === "number" && typeof secret === "string" ? { port, secret } : null;
  } catch {
    return null;
  }
}
