import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import type { WayOut } from "./remote-number.ts";

export interface RemoteAgent {
  internal: string | null;
  language: VoiceLanguage | null;
  remoteNumber: string | null;
  hasPin: boolean;
  allowed: boolean;
}

/** An enabled agent, and whether the account lets him work at the number he calls from; null: there is none. */
export async function findRemoteAgent(db: Db, agentId: number): Promise<RemoteAgent | null> {
  const row = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .where("staff.id", "=", agentId)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .select(["staff.internal", "agents.language", "agents.remote_number as remoteNumber"])
    .select([
      sql<boolean>`agents.pin_hash is not null`.as("hasPin"),
      sql<boolean>`agents.calling_number_allowed and (agents.typology = 'remote' or agents.remote_allowed)`.as(
        "allowed",
      ),
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** The house's ways outside. */
export const readWays = (db: Db): Promise<WayOut[]> =>
  db.selectFrom("outbound_routes").select(["pattern", "strip_digits as stripDigits"]).execute();
