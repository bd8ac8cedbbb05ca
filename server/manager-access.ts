import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isFreePort } from "./loopback-port.ts";

/** Where the telephone system's manager listens, on loopback, and what lets us in. */
export interface ManagerAccess {
  port: number;
  username: string;
  secret: string;
}

/**
 * What was agreed with the telephone system of this home. Kept, because one that outlived us still goes by it; only
 * where it does not run, and somebody else has taken the port, another port is agreed.
 */
export async function manageAccess(home: string, isRunning: boolean): Promise<ManagerAccess> {
  const file = join(home, "secrets", "manager.json");
  const kept = readKept(file);
  if (kept !== null && (isRunning || (await isFreePort(kept.port)))) return kept;
  const access: ManagerAccess = {
    port: await freePort(),
    username: "perch",
    secret: kept?.secret ?? randomBytes(24).toString("hex"),
  };
  mkdirSync(join(home, "secrets"), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return access;
}

function readKept(file: string): ManagerAccess | null {
  try {
    const kept: Partial<ManagerAccess> = JSON.parse(readFileSync(file, "utf8"));
    const { port, username, secret } = kept;
    return typeof port === "number" && typeof username === "string" && typeof secret === "string"
      ? { port, username, secret }
      : null;
  } catch {
    return null;
  }
}
