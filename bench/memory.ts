import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { openDatabase, runScript } from "../server/db/pool.ts";
import { openLog } from "../server/log.ts";
import { startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import type { Bench, Figure } from "./figure.ts";
import { inOwnProcess } from "./own-process.ts";

const TELEPHONES = 10_000;
const SESSIONS = 1000;
/** How long the process is watched; the median of its resident size is the figure. */
const SAMPLES = 20;
const BETWEEN_MS = 500;

const FURNITURE = `
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    select 'queue ' || n, 'leastrecent', 20, 0, false, 300 from generate_series(1, 20) n;
  with t as (
    insert into staff (kind, full_name, username)
    select 'telephone', 'Desk ' || n, 'desk' || n from generate_series(1, ${TELEPHONES}) n returning id
  ) insert into telephones (staff_id, place, ha1_md5, ha1_sha256)
    select id, 'Floor ' || id % 40, md5(id::text), encode(sha256(id::text::bytea), 'hex') from t;
  with a as (
    insert into staff (kind, full_name, username)
    select 'agent', 'Agent ' || n, 'agent' || n from generate_series(1, ${SESSIONS}) n returning id
  ) insert into agents (staff_id, typology, hotdesk) select id, 'external', true from a;
  insert into accounts (staff_id, password_hash) select staff_id, 'none' from agents;
  insert into queue_agents select 1 + staff_id % 20, staff_id from agents;
  insert into queue_agents select 1 + (staff_id + 7) % 20, staff_id from agents;
  insert into sessions (agent_id, started_at) select staff_id, now() from agents;
  insert into leases (session_id, agent_id, telephone_id, started_at)
    select s.id, s.agent_id, t.staff_id, now()
    from (select id, agent_id, row_number() over (order by id) n from sessions) s
    join (select staff_id, row_number() over (order by staff_id) n from telephones) t using (n);
`;

/** The resident size of Perch's own process: idle in an empty house, and with a large one open. */
export const bench: Bench = async (print) => {
  const house = await startHouse({}, inOwnProcess);
  const sockets: WebSocket[] = [];
  try {
    // The first start after an installation compiles; every later one finds that done.
    await house.stopPerch();
    await house.startPerch();
    print("idle, in an empty house");
    const idle = await resident(house.home);
    print(`furnishing ${TELEPHONES} telephones and ${SESSIONS} sessions, and starting Perch on them`);
    const tokens = await furnish(house.home);
    await house.stopPerch();
    await house.startPerch();
    await until(
      "every session has its members",
      async () =>
        (await house.console("queue show")).split("\n").filter((line) => line.includes("PJSIP/")).length >=
        SESSIONS * 2,
      { timeoutMs: 120_000 },
    );
    const large = await resident(house.home);
    print(`${SESSIONS} desktops connect`);
    let greeted = 0;
    for (const token of tokens) {
      const socket = new WebSocket(`${house.address.replace(/^http/, "ws")}/api/v1/live`, {
        headers: { authorization: `Bearer ${token}` },
      });
      socket.once("message", () => {
        greeted += 1;
      });
      sockets.push(socket);
    }
    await until("all desktops are connected", () => greeted === tokens.length, { timeoutMs: 60_000 });
    const connected = await resident(house.home);
    return [
      { what: "idle", value: idle, unit: "MB", aim: { atMost: 150 } },
      { what: `${TELEPHONES} telephones, ${SESSIONS} sessions`, value: large, unit: "MB", aim: { atMost: 300 } },
      { what: `the same with ${SESSIONS} desktops`, value: connected, unit: "MB" },
    ] satisfies Figure[];
  } finally {
    for (const socket of sockets) socket.terminate();
    await house.stop();
  }
};

/** Writes the large house into the database, and a sign-in for each agent. */
async function furnish(home: string): Promise<string[]> {
  const { url } = await startEmbeddedDatabase({ home, log: openLog({ level: "silent" }) });
  const db = openDatabase(url, { max: 1, onError: () => {} });
  try {
    await runScript(db, FURNITURE);
    const agents = await db.selectFrom("agents").select("staff_id").execute();
    const signIns = agents.map(({ staff_id }) => ({ staff_id, token: randomBytes(32).toString("base64url") }));
    await db
      .insertInto("sign_ins")
      .values(
        signIns.map(({ staff_id, token }) => ({
          staff_id,
          token_hash: createHash("sha256").update(token).digest(),
          expires_at: new Date(Date.now() + 3_600_000),
        })),
      )
      .execute();
    return signIns.map(({ token }) => token);
  } finally {
    await db.destroy();
  }
}

/** The median resident size over some seconds, in megabytes (VmRSS of /proc/PID/status, proc(5), is in kB). */
async function resident(home: string): Promise<number> {
  const status = `/proc/${inOwnProcess.pid(home)}/status`;
  const samples: number[] = [];
  while (samples.length < SAMPLES) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    samples.push(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024);
  }
  return samples.sort((a, b) => a - b)[SAMPLES / 2] ?? Number.NaN;
}
