import type { Db } from "../db/pool.ts";

/** Who holds a telephone now; null where nobody does. */
export async function findHolder(db: Db, telephoneId: number): Promise<{ agentId: number; sessionId: number } | null> {
  const row = await db
    .selectFrom("leases")
    .where("telephone_id", "=", telephoneId)
    .where("ended_at", "is", null)
    .select(["agent_id as agentId", "session_id as sessionId"])
    .executeTakeFirst();
  return row ?? null;
}

export interface AgentRow {
  id: number;
  name: string;
  typology: "external" | "remote";
  hotdesk: boolean;
  /** An external agent who may work on a line of his own as well. */
  remoteAllowed: boolean;
  /** Where he is reached outside, as his account says. */
  remoteNumber: string | null;
}

/**
 * Holds a person's or a telephone's row until the transaction ends, against other logins and against whoever changes,
 * disables or deletes it. People before telephones: two who lock in another order would wait for each other. What is
 * read by statements after this one is true until then; the statement that waits sees what was before.
 */
async function holdStaff(tx: Db, staffId: number): Promise<void> {
  await tx.selectFrom("staff").where("id", "=", staffId).select("id").forNoKeyUpdate().execute();
}

/** An enabled agent, locked until the transaction ends; null is not (any more) one. */
export async function lockAgent(tx: Db, agentId: number): Promise<AgentRow | null> {
  await holdStaff(tx, agentId);
  const row = await tx
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .where("agents.staff_id", "=", agentId)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .select(["staff.id", "staff.full_name as name", "agents.typology", "agents.hotdesk"])
    .select(["agents.remote_allowed as remoteAllowed", "agents.remote_number as remoteNumber"])
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps two agents from deciding about the same telephone at once, until the transaction ends. */
export const lockTelephone = holdStaff;

export interface TelephoneStanding {
  id: number;
  name: string;
  endpoint: string;
  enabled: boolean;
  /** `remote`: a number outside, at which nothing registers. */
  line: "sip" | "remote";
  ownerAgentId: number | null;
  holder: { agentId: number; agentName: string; sessionId: number; since: Date; unattendedSince: Date | null } | null;
}

const standingQuery = (db: Db) =>
  db
    .selectFrom("telephones")
    .innerJoin("staff", "staff.id", "telephones.staff_id")
    .leftJoin("leases", (join) => join.onRef("leases.telephone_id", "=", "staff.id").on("leases.ended_at", "is", null))
    .leftJoin("sessions", "sessions.id", "leases.session_id")
    .leftJoin("staff as holder", "holder.id", "leases.agent_id")
    .where("staff.deleted_at", "is", null)
    .select([
      "staff.id",
      "staff.full_name as name",
      "staff.username as endpoint",
      "staff.enabled",
      "telephones.line",
      "telephones.owner_agent_id as ownerAgentId",
      "leases.agent_id as agentId",
      "leases.session_id as sessionId",
      "leases.started_at as since",
      "holder.full_name as agentName",
      "sessions.unattended_since as unattendedSince",
    ]);

type StandingRow = Awaited<ReturnType<ReturnType<typeof standingQuery>["execute"]>>[number];

const standingOf = ({ agentId, sessionId, since, agentName, unattendedSince, ...telephone }: StandingRow) => ({
  ...telephone,
  holder:
    agentId === null || sessionId === null || since === null || agentName === null
      ? null
      : { agentId, agentName, sessionId, since, unattendedSince },
});

/** Telephones as a login has to see them: one by id, or all that an agent owns. Deleted ones are absent. */
export async function readStanding(
  db: Db,
  which: { id: number } | { ownerAgentId: number },
): Promise<TelephoneStanding[]> {
  const rows = await standingQuery(db)
    .$if("id" in which, (query) => query.where("staff.id", "=", "id" in which ? which.id : 0))
    .$if("ownerAgentId" in which, (query) =>
      query.where("telephones.owner_agent_id", "=", "ownerAgentId" in which ? which.ownerAgentId : 0),
    )
    .orderBy("staff.full_name")
    .execute();
  return rows.map(standingOf);
}

/**
 * A telephone that somebody else holds, with the enabled agent who asks for it and has no session open. Null is anything
 * else. One question: it is asked for each of many who run for few telephones.
 */
export async function findHeldAgainst(
  db: Db,
  agentId: number,
  telephoneId: number,
): Promise<{ agent: AgentRow; telephone: TelephoneStanding } | null> {
  const row = await standingQuery(db)
    .innerJoin("agents as asker", (join) => join.on("asker.staff_id", "=", agentId))
    .innerJoin("staff as person", "person.id", "asker.staff_id")
    .leftJoin("sessions as mine", (join) =>
      join.onRef("mine.agent_id", "=", "person.id").on("mine.ended_at", "is", null),
    )
    .where("staff.id", "=", telephoneId)
    .where("leases.agent_id", "<>", agentId)
    .where("person.deleted_at", "is", null)
    .where("person.enabled", "=", true)
    .where("mine.id", "is", null)
    .select(["person.full_name as askerName", "asker.typology", "asker.hotdesk"])
    .select(["asker.remote_allowed as remoteAllowed", "asker.remote_number as remoteNumber"])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { askerName, typology, hotdesk, remoteAllowed, remoteNumber, ...standing } = row;
  const agent = { id: agentId, name: askerName, typology, hotdesk, remoteAllowed, remoteNumber };
  return { agent, telephone: standingOf(standing) };
}

/** The patterns of the ways that lead outside. */
export async function readWaysOut(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("outbound_routes").select("pattern").execute();
  return rows.map(({ pattern }) => pattern);
}

/** The queues an agent serves. */
export async function queuesOf(db: Db, agentId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("queue_agents")
    .innerJoin("queues", "queues.id", "queue_agents.queue_id")
    .where("queue_agents.agent_id", "=", agentId)
    .where("queues.deleted_at", "is", null)
    .select("queues.id")
    .orderBy("queues.id")
    .execute();
  return rows.map(({ id }) => id);
}
