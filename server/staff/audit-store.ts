import type { Db } from "../db/pool.ts";

/** One line of the audit log: who did what to whom. Facts never hold a secret. */
export interface AuditEntry {
  /** Null: Perch itself, or the first start. */
  actorId: number | null;
  /** Imperative, as in `agent.change`. */
  action: string;
  /** As in `agent 12`. */
  subject: string;
  facts?: Record<string, unknown>;
  at: Date;
}

/** Writes a line, in the transaction of what it tells about. */
export async function writeAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto("audit")
    .values({
      at: entry.at,
      actor_id: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      facts: JSON.stringify(entry.facts ?? {}),
    })
    .execute();
}
