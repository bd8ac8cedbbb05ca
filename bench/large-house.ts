import { createHash, randomBytes } from "node:crypto";
import { type Database, openDatabase, runScript } from "../server/db/pool.ts";

/** How large a house is; each agent with a session serves `queuesEach` of the queues. */
export interface Size {
  telephones: number;
  sessions: number;
  queues: number;
  queuesEach: number;
}

/** The size the figures are promised for. */
export const LARGE: Size = { telephones: 10_000, sessions: 1000, queues: 20, queuesEach: 20 };

const script = ({ telephones, sessions, queues, queuesEach }: Size) => `
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    select 'queue ' || n, 'leastrecent', 20, 0, false, 300 from generate_series(1, ${queues}) n;
  with t as (
    insert into staff (kind, full_name, username)
    select 'telephone', 'Desk ' || n, 'desk' || n from generate_series(1, ${telephones}) n returning id
  ) insert into telephones (staff_id, place, ha1_md5, ha1_sha256)
    select id, 'Floor ' || id % 40, md5(id::text), encode(sha256(id::text::bytea), 'hex') from t;
  with a as (
    insert into staff (kind, full_name, username)
    select 'agent', 'Agent ' || n, 'seated' || n from generate_series(1, ${sessions}) n returning id
  ) insert into agents (staff_id, typology, hotdesk) select id, 'external', true from a;
  insert into accounts (staff_id, password_hash) select staff_id, 'none' from agents
    join staff on staff.id = agents.staff_id where username like 'seated%';
  insert into queue_agents
    select q.id, a.staff_id
    from (select staff_id, row_number() over (order by staff_id) n from agents
      join staff on staff.id = agents.staff_id where username like 'seated%') a
    join (select id, row_number() over (order by id) n from queues) q
      on (q.n - 1 - a.n % ${queues} + ${queues}) % ${queues} < ${queuesEach};
  insert into sessions (agent_id, started_at) select staff_id, now() from agents
    join staff on staff.id = agents.staff_id where username like 'seated%';
  insert into leases (session_id, agent_id, telephone_id, started_at)
    select s.id, s.agent_id, t.staff_id, now()
    from (select id, agent_id, row_number() over (order by id) n from sessions where ended_at is null) s
    join (select staff_id, row_number() over (order by staff_id) n from telephones
      join staff on staff.id = telephones.staff_id where username like 'desk%') t using (n);
  analyze;
`;

/** Writes telephones, agents, open sessions and their queues straight into a database. Nobody may sit in it yet. */
function furnish(db: Database, size: Size): Promise<void> {
  return runScript(db, script(size));
}

/** The same for a database by its address; answers a signed-in token of each agent that sits. */
export async function furnishAt(url: string, size: Size): Promise<string[]> {
  const db = openDatabase(url, { max: 1, onError: () => {} });
  try {
    await furnish(db, size);
    return await signIns(db, "seated");
  } finally {
    await db.destroy();
  }
}

/** Signs in every agent whose username begins so, without asking for passwords: each costs 50 ms to be checked. */
export async function signIns(db: Database, usernames: string): Promise<string[]> {
  const agents = await db
    .selectFrom("staff")
    .select("id")
    .where("kind", "=", "agent")
    .where("username", "like", `${usernames}%`)
    .orderBy("id")
    .execute();
  const made = agents.map(({ id }) => ({ id, token: randomBytes(32).toString("base64url") }));
  await db
    .insertInto("sign_ins")
    .values(
      made.map(({ id, token }) => ({
        staff_id: id,
        token_hash: createHash("sha256").update(token).digest(),
        expires_at: new Date(Date.now() + 3_600_000),
      })),
    )
    .execute();
  return made.map(({ token }) => token);
}
