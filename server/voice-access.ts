import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isFreePort } from "./loopback-port.ts";

/** Where the telephone system hands calls over to us, on loopback, and what shows that it was the telephone system. */
export interface VoiceAccess {
  port: number;
  secret: string;
}

/** Kept, because a telephone system that outlived us still goes by it; another port where somebody has taken ours. */
export async function voiceAccess(home: string): Promise<VoiceAccess> {
  const file = join(home, "secrets", "voice.json");
  const kept = readKept(file);
  if (kept !== null && (await isFreePort(kept.port))) return kept;
  const access = { port: await freePort(), secret: kept?.secret ?? randomBytes(24).toString("hex") };
  mkdirSync(join(home, "secrets"), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return access;
}

function readKept(file: string): VoiceAccess | null {
  try {
    const { port, secret }: Partial<VoiceAccess> = JSON.parse(readFileSync(file, "utf8"));
    return typeof port === "number" && typeof secret === "string" ? { port, secret } : null;
  } catch {
    return null;
  }
}
