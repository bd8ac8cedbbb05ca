import type { Db } from "../db/pool.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";

/** Who sits at a telephone, as far as a voice has to know him; null where nobody does. */
export async function findListener(
  db: Db,
  telephoneId: number,
): Promise<{ agentId: number; internal: string | null; language: VoiceLanguage | null } | null> {
  const row = await db
    .selectFrom("leases")
    .innerJoin("agents", "agents.staff_id", "leases.agent_id")
    .innerJoin("staff", "staff.id", "leases.agent_id")
    .where("leases.telephone_id", "=", telephoneId)
    .where("leases.ended_at", "is", null)
    .select(["leases.agent_id as agentId", "staff.internal", "agents.language"])
    .executeTakeFirst();
  return row ?? null;
}

/** The break reason that a key stands for; null where none does. */
export async function findReasonOfKey(db: Db, digit: number): Promise<string | null> {
  const row = await db
    .selectFrom("pause_reasons")
    .where("deleted_at", "is", null)
    .where("digit", "=", digit)
    .select("name")
    .executeTakeFirst();
  return row?.name ?? null;
}
