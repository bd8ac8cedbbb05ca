import type { Health } from "../contract/views.ts";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { openDatabase, runScript } from "../server/db/pool.ts";
import { openLog } from "../server/log.ts";
import { startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import { type Bench, percentile } from "./figure.ts";
import { signIns } from "./large-house.ts";
import { inOwnProcess } from "./own-process.ts";

const AGENTS = 1000;
const TELEPHONES = 100;
const QUEUES = 3;
/** Each with another floor full of telephones; the median counts. */
const RACES = 5;

const FURNITURE = `
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    select 'queue ' || n, 'leastrecent', 20, 0, false, 300 from generate_series(1, ${QUEUES}) n;
  with t as (
    insert into staff (kind, full_name, username)
    select 'telephone', 'Desk ' || n, 'desk' || n from generate_series(1, ${TELEPHONES * RACES}) n returning id
  ) insert into telephones (staff_id, place, ha1_md5, ha1_sha256)
    select id, 'Floor ' || id % 40, md5(id::text), encode(sha256(id::text::bytea), 'hex') from t;
  with a as (
    insert into staff (kind, full_name, username)
    select 'agent', 'Agent ' || n, 'racer' || n from generate_series(1, ${AGENTS}) n returning id
  ) insert into agents (staff_id, typology, hotdesk) select id, 'external', true from a;
  insert into accounts (staff_id, password_hash) select staff_id, 'none' from agents
    join staff on staff.id = agents.staff_id where username like 'racer%';
  insert into queue_agents select q.id, a.staff_id from queues q, agents a
    join staff on staff.id = a.staff_id where username like 'racer%';
  analyze;
`;

/**
 * 1,000 agents who ask at the same moment for 100 telephones, ten for each, over HTTP: until the last one has his
 * answer. Exactly 100 are logged in then, with their members in a real Asterisk; all others are told who has it.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk");
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  try {
    const { url } = await startEmbeddedDatabase({ home: house.home, log: openLog({ level: "silent" }) });
    const db = openDatabase(url, { max: 2, onError: () => {} });
    await runScript(db, FURNITURE);
    const tokens = await signIns(db, "racer");
    const telephones = await db
      .selectFrom("staff")
      .select("id")
      .where("kind", "=", "telephone")
      .where("username", "like", "desk%")
      .orderBy("id")
      .execute();
    await house.stopPerch();
    await house.startPerch();
    await until(
      "Perch knows who is registered",
      async () => (await house.admin.get<Health>("/health")).reconcile.lastAt !== null,
    );
    const inAsterisk = async () =>
      (await house.console("queue show")).split("\n").filter((line) => line.includes("PJSIP/")).length;

    const races: number[] = [];
    for (let race = 0; race < RACES; race += 1) {
      const floor = telephones.slice(race * TELEPHONES, (race + 1) * TELEPHONES);
      const from = performance.now();
      const codes = await Promise.all(
        tokens.map((token, n) => logIn(house.address, token, floor[n % TELEPHONES]?.id ?? 0)),
      );
      races.push(performance.now() - from);
      const won = codes.filter((code) => code === "201").length;
      const held = codes.filter((code) => code === "telephone.held").length;
      print(`race ${race + 1}: ${Math.round(races.at(-1) ?? 0)} ms, ${won} won, ${held} were told who has it`);
      if (won !== TELEPHONES || held !== AGENTS - TELEPHONES) throw new Error(`not as it should be: ${counted(codes)}`);
      if ((await inAsterisk()) !== TELEPHONES * QUEUES) throw new Error("not every winner is in his queues");
      await Promise.all(
        tokens
          .filter((_, n) => codes[n] === "201")
          .map((token) => fetch(`${house.address}/api/v1/session`, { method: "DELETE", headers: bearer(token) })),
      );
      await until("nobody is in a queue any more", async () => (await inAsterisk()) === 0, { timeoutMs: 30_000 });
    }
    await db.destroy();
    return [
      { what: `${AGENTS} logins for ${TELEPHONES} telephones, median`, value: percentile(races, 0.5), unit: "ms" },
      {
        what: `the slowest of ${RACES} races`,
        value: Math.max(...races),
        unit: "ms",
        aim: { atMost: 2000 },
      },
    ];
  } finally {
    await house.stop();
  }
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function logIn(address: string, token: string, telephoneId: number): Promise<string> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/json" },
    body: JSON.stringify({ telephoneId }),
  });
  const body = (await answer.json()) as { code?: string };
  return body.code ?? String(answer.status);
}

function counted(codes: string[]): string {
  return [...Map.groupBy(codes, (code) => code)].map(([code, all]) => `${all.length} × ${code}`).join(", ");
}
