import type { Database } from "../../server/db/pool.ts";
import { runScript } from "../../server/db/pool.ts";
import { telephoneWith } from "../rig/sip-digest.ts";

/** Who and what there is in a world. */
export interface Furniture {
  admin: number;
  /** The last one has no hotdesk and a telephone of his own. */
  agents: number[];
  /** The last one is the last agent's own. */
  telephones: { id: number; endpoint: string }[];
  /** An agent's name at the beginning. */
  nameOf(agentId: number): string;
  /** Also those that were deleted meanwhile. */
  queues: number[];
}

export const AGENTS = 4;
export const TELEPHONES = 4;
/** By which every telephone registers. */
export const SECRET = "a secret of tests";
const QUEUES = 2;
/** The agents' internal numbers begin here. */
export const FIRST_NUMBER = 200;
export const REASONS = ["Coffee", "Lunch"];

/** Every row of every table; constraints are looked at again afterwards. */
const EMPTY = `
  set session_replication_role = replica;
  do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations' loop
      execute format('delete from %I', name);
    end loop;
  end $$;
  set session_replication_role = origin;`;

/** Makes the world anew in a database that has been migrated. Ids go up from one world to the next. */
export async function furnishWorld(db: Database, settings: Record<string, unknown>): Promise<Furniture> {
  await db.connection().execute((one) => runScript(one, EMPTY));
  const people = async (kind: "admin" | "agent" | "telephone", count: number, name: string) => {
    const values = Array.from({ length: count }, (_, n) => ({
      kind,
      full_name: `${name} ${n + 1}`,
      username: `${name.toLowerCase()}-${n + 1}`,
      internal: kind === "agent" ? `${FIRST_NUMBER + n}` : null,
    }));
    const rows = await db.insertInto("staff").values(values).returning(["id", "username"]).execute();
    return rows.sort((a, b) => a.id - b.id);
  };
  const [admin] = await people("admin", 1, "Admin");
  const agents = (await people("agent", AGENTS, "Agent")).map(({ id }) => id);
  const telephones = (await people("telephone", TELEPHONES, "Desk")).map(({ id, username }) => ({
    id,
    endpoint: username,
  }));
  const owner = agents.at(-1);
  const own = telephones.at(-1);
  if (admin === undefined || owner === undefined || own === undefined) throw new Error("nobody is there");
  const agentRows = agents.map((staff_id) => ({
    staff_id,
    typology: "external" as const,
    hotdesk: staff_id !== owner,
  }));
  await db.insertInto("agents").values(agentRows).execute();
  await db
    .insertInto("accounts")
    .values(agents.map((staff_id) => ({ staff_id, password_hash: "x" })))
    .execute();
  const telephoneRows = telephones.map(({ id, endpoint }) => {
    const { ha1Md5, ha1Sha256 } = telephoneWith(endpoint, SECRET, null);
    return {
      ...{ staff_id: id, ha1_md5: ha1Md5, ha1_sha256: ha1Sha256 },
      owner_agent_id: id === own.id ? owner : null,
    };
  });
  await db.insertInto("telephones").values(telephoneRows).execute();
  const queueRows = Array.from({ length: QUEUES }, (_, n) => ({
    ...{ name: `Queue ${n + 1}`, strategy: "ringall", ring_seconds: 15, max_wait_seconds: 300 },
    ...{ wrap_up_seconds: n === 0 ? 30 : 0, mandatory_disposition: false },
  }));
  const queues = (await db.insertInto("queues").values(queueRows).returning("id").execute()).map(({ id }) => id);
  const serving = queues.flatMap((queue_id) => agents.map((agent_id) => ({ queue_id, agent_id })));
  await db.insertInto("queue_agents").values(serving).execute();
  await db
    .insertInto("pause_reasons")
    .values(REASONS.map((name) => ({ name })))
    .execute();
  const entries = Object.entries(settings).map(([key, value]) => ({ key, value: JSON.stringify(value) }));
  if (entries.length > 0) await db.insertInto("settings").values(entries).execute();
  const nameOf = (agentId: number) => `Agent ${agents.indexOf(agentId) + 1}`;
  return { admin: admin.id, agents, telephones, queues, nameOf };
}
