import type { Agent } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import { remoteEndpoint } from "../telephony.ts";
import { markStaffDeleted } from "./staff-store.ts";

/** What people read where another's telephone has its name. */
export const remoteLineName = (number: string | null): string => (number === null ? "Mobile" : `Mobile ${number}`);

/** What became of an agent's line. `gone`: nobody may sit there any more. */
export interface KeptLine {
  telephoneId: number;
  gone: boolean;
}

const lineOf = (tx: Db, agentId: number) =>
  tx
    .selectFrom("telephones")
    .innerJoin("staff", "staff.id", "telephones.staff_id")
    .where("telephones.owner_agent_id", "=", agentId)
    .where("telephones.line", "=", "remote")
    .where("staff.deleted_at", "is", null)
    .select(["staff.id", "staff.enabled", "staff.full_name as name"])
    .forUpdate("staff")
    .executeTakeFirst();

/**
 * Makes the agent's line what his account says: there and called after its number, or switched off. It is made once
 * and kept, so that all its calls stay one telephone's. Null: nothing about it has changed. The agent is locked.
 */
export async function keepRemoteLine(tx: Db, agent: Agent, at: Date): Promise<KeptLine | null> {
  const { id, remoteNumber: number } = agent;
  const allowed = agent.typology === "remote" || agent.remoteAllowed;
  const enabled = agent.enabled && allowed && (number !== null || agent.callingNumberAllowed);
  const line = await lineOf(tx, id);
  if (line === undefined) return enabled ? { telephoneId: await insertLine(tx, id, number), gone: false } : null;
  const name = remoteLineName(number);
  if (line.enabled === enabled && line.name === name) return null;
  await tx.updateTable("staff").set({ enabled, full_name: name, updated_at: at }).where("id", "=", line.id).execute();
  return { telephoneId: line.id, gone: line.enabled && !enabled };
}

async function insertLine(tx: Db, agentId: number, number: string | null): Promise<number> {
  const { id } = await tx
    .insertInto("staff")
    .values({ kind: "telephone", full_name: remoteLineName(number), username: remoteEndpoint(agentId) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("telephones")
    .values({ staff_id: id, owner_agent_id: agentId, ha1_md5: "", ha1_sha256: "", line: "remote" })
    .execute();
  return id;
}

/** Removes the line of an agent who leaves. It stays his in the reports. Null: he had none. */
export async function removeRemoteLine(tx: Db, agentId: number, at: Date): Promise<number | null> {
  const line = await lineOf(tx, agentId);
  if (line === undefined) return null;
  await markStaffDeleted(tx, line.id, at);
  return line.id;
}
