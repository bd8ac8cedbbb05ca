import { sql } from "kysely";
import type { Agent } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db
    .selectFrom("staff")
    .innerJoin("agents", "agents.staff_id", "staff.id")
    .innerJoin("accounts", "accounts.staff_id", "staff.id")
    .select(["staff.id", "staff.full_name", "staff.username", "staff.internal", "staff.enabled", "staff.created_at"])
    .leftJoin("pin_attempts", "pin_attempts.number", "staff.internal")
    .select(["agents.typology", "agents.hotdesk", "agents.remote_number", "agents.team_id", "accounts.email"])
    .select(["agents.language", "agents.caller_id", "agents.when_away", "agents.away_number"])
    .select(["agents.remote_allowed", "agents.accept_by_key", "agents.calling_number_allowed"])
    .select("pin_attempts.locked_until")
    .select([
      sql<boolean>`agents.pin_hash is not null`.as("has_pin"),
      sql<string>`lower(staff.full_name)`.as("sort"),
      // As JSON: an array of bigint would come as an array of strings.
      sql<number[]>`coalesce((select jsonb_agg(queue_id order by queue_id) from queue_agents
        where agent_id = staff.id), '[]')`.as("queues"),
    ])
    .where("staff.deleted_at", "is", null);

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

const view = (row: Row, now: Date): Agent => ({
  id: row.id,
  fullName: row.full_name,
  username: row.username,
  enabled: row.enabled,
  createdAt: row.created_at.toISOString(),
  email: row.email,
  internal: row.internal,
  typology: row.typology,
  hotdesk: row.hotdesk,
  hasPin: row.has_pin,
  remoteNumber: row.remote_number,
  remoteAllowed: row.remote_allowed,
  acceptByKey: row.accept_by_key,
  callingNumberAllowed: row.calling_number_allowed,
  language: row.language,
  callerId: row.caller_id,
  whenAway: row.when_away,
  awayNumber: row.away_number,
  pinLockedUntil: row.locked_until !== null && row.locked_until > now ? row.locked_until.toISOString() : null,
  teamId: row.team_id,
  queues: row.queues,
});

/** Agents by name; `q` is part of a name, username or internal number. */
export async function listAgents(db: Db, { limit, after, q }: ListQuery, now: Date): Promise<Listed<Agent>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(staff.full_name)`, sql`staff.id`, after))
    .where(contains([sql`staff.full_name`, sql`staff.username`, sql`staff.internal`], q))
    .orderBy("sort")
    .orderBy("staff.id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, (row) => view(row, now));
}

export async function findAgent(db: Db, id: number, now: Date): Promise<Agent | null> {
  const row = await rows(db).where("staff.id", "=", id).executeTakeFirst();
  return row === undefined ? null : view(row, now);
}

export interface AgentColumns {
  typology?: Agent["typology"] | undefined;
  hotdesk?: boolean | undefined;
  pinHash?: string | null | undefined;
  remoteNumber?: string | null | undefined;
  remoteAllowed?: boolean | undefined;
  acceptByKey?: boolean | undefined;
  callingNumberAllowed?: boolean | undefined;
  language?: Agent["language"] | undefined;
  callerId?: string | null | undefined;
  whenAway?: Agent["whenAway"] | undefined;
  awayNumber?: string | null | undefined;
  teamId?: number | null | undefined;
}

export async function insertAgent(
  tx: Db,
  staffId: number,
  agent: AgentColumns & { typology: Agent["typology"] },
): Promise<void> {
  await tx
    .insertInto("agents")
    .values({
      staff_id: staffId,
      typology: agent.typology,
      hotdesk: agent.hotdesk ?? false,
      pin_hash: agent.pinHash ?? null,
      remote_number: agent.remoteNumber ?? null,
      remote_allowed: agent.remoteAllowed ?? false,
      accept_by_key: agent.acceptByKey ?? true,
      calling_number_allowed: agent.callingNumberAllowed ?? false,
      language: agent.language ?? null,
      caller_id: agent.callerId ?? null,
      when_away: agent.whenAway ?? "busy",
      away_number: agent.awayNumber ?? null,
      team_id: agent.teamId ?? null,
    })
    .execute();
}

export async function updateAgent(tx: Db, staffId: number, agent: AgentColumns): Promise<void> {
  const set = {
    ...(agent.typology === undefined ? {} : { typology: agent.typology }),
    ...(agent.hotdesk === undefined ? {} : { hotdesk: agent.hotdesk }),
    ...(agent.pinHash === undefined ? {} : { pin_hash: agent.pinHash }),
    ...(agent.remoteNumber === undefined ? {} : { remote_number: agent.remoteNumber }),
    ...(agent.remoteAllowed === undefined ? {} : { remote_allowed: agent.remoteAllowed }),
    ...(agent.acceptByKey === undefined ? {} : { accept_by_key: agent.acceptByKey }),
    ...(agent.callingNumberAllowed === undefined ? {} : { calling_number_allowed: agent.callingNumberAllowed }),
    ...(agent.language === undefined ? {} : { language: agent.language }),
    ...(agent.callerId === undefined ? {} : { caller_id: agent.callerId }),
    ...(agent.whenAway === undefined ? {} : { when_away: agent.whenAway }),
    ...(agent.awayNumber === undefined ? {} : { away_number: agent.awayNumber }),
    ...(agent.teamId === undefined ? {} : { team_id: agent.teamId }),
  };
  if (Object.keys(set).length > 0) await tx.updateTable("agents").set(set).where("staff_id", "=", staffId).execute();
}

/** Which of the queues are not there (any more); the others stay until the transaction ends. */
export async function missingQueues(tx: Db, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const found = await tx
    .selectFrom("queues")
    .select("id")
    .where("id", "in", ids)
    .where("deleted_at", "is", null)
    .forShare()
    .execute();
  return ids.filter((id) => !found.some((queue) => queue.id === id));
}

/** Makes these the queues of the agent. */
export async function setQueues(tx: Db, agentId: number, queueIds: number[]): Promise<void> {
  await tx.deleteFrom("queue_agents").where("agent_id", "=", agentId).execute();
  if (queueIds.length === 0) return;
  await tx
    .insertInto("queue_agents")
    .values(queueIds.map((queue_id) => ({ queue_id, agent_id: agentId })))
    .execute();
}

/**
 * The telephones of an agent who leaves: disabled and nobody's. One may stand in his home, so none enters the pool by
 * itself; an administrator who enables it puts it there. Answers their ids.
 */
export async function disownTelephones(tx: Db, agentId: number, at: Date): Promise<number[]> {
  // Their staff rows first, as whoever changes or deletes a telephone takes them: else the two wait for each other.
  await tx
    .selectFrom("staff")
    .innerJoin("telephones", "telephones.staff_id", "staff.id")
    .where("telephones.owner_agent_id", "=", agentId)
    .where("telephones.line", "=", "sip")
    .select("staff.id")
    .orderBy("staff.id")
    .forUpdate("staff")
    .execute();
  const owned = await tx
    .updateTable("telephones")
    .set({ owner_agent_id: null })
    .where("owner_agent_id", "=", agentId)
    .where("line", "=", "sip")
    .returning("staff_id")
    .execute();
  const ids = owned.map(({ staff_id }) => staff_id);
  if (ids.length > 0) {
    await tx.updateTable("staff").set({ enabled: false, updated_at: at }).where("id", "in", ids).execute();
  }
  return ids;
}
