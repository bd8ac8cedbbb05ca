import { createHash, randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Problem } from "../../contract/refusal.ts";
import type { Choices, Session } from "../../contract/views.ts";
import type { Database } from "../../server/db/pool.ts";
import { buildServer, type TestServer } from "../build.ts";
import { furnish } from "../session-house.ts";
import { until } from "../until.ts";

const AGENTS = 1000;
const TELEPHONES = 100;

let server: TestServer;
let telephones: number[];
let people: { id: number; token: string }[];

/** More would not find room in a listener's queue (Node's net.Server has 511 places) on every system. */
const connections = new Agent({ keepAlive: true, maxSockets: 400 });

beforeAll(async () => {
  server = await buildServer();
  const made = await furnish(server.db, { agents: AGENTS, telephones: TELEPHONES, queues: 1 });
  const tokens = await signInAll(server.db, made.agents);
  telephones = made.telephones;
  // A change of the configuration, so that the server reads what was written past it.
  await server.make.queue({ name: "Nobody's" });
  people = made.agents.map((id, n) => ({ id, token: tokens[n] ?? "" }));
  for (let n = 1; n <= TELEPHONES; n += 1) server.fake.setContact(`desk${n}`, true);
  await until(
    "every telephone is registered",
    async () => {
      const { telephones: all } = await server.admin.get<Choices>("/telephones/choices");
      return all.filter(({ registered }) => registered).length === TELEPHONES;
    },
    { timeoutMs: 30_000 },
  );
}, 120_000);
afterAll(async () => {
  connections.destroy();
  await server.stop();
});

it("gives 100 telephones to 100 of 1,000 agents who log in at once, and tells each other one who was faster", async () => {
  const answers = await Promise.all(
    people.map(async ({ id, token }, n) => {
      const telephoneId = telephones[n % TELEPHONES] ?? 0;
      return { id, telephoneId, ...(await logIn(token, telephoneId)) };
    }),
  );
  const won = answers.filter(({ status }) => status === 201);
  const lost = answers.filter(({ status }) => status !== 201);
  expect(lost.filter(({ status, body }) => status !== 409 || body.code !== "telephone.held")).toEqual([]);
  expect(won).toHaveLength(TELEPHONES);

  // Nobody has logged out: who won is who holds it, for the losers, the database and Asterisk.
  const nameOf = new Map(
    won.map(({ body }) => [body.telephone.id, { id: body.agentId, name: agentName(body.agentId) }]),
  );
  const wrongly = lost.filter(({ telephoneId, body }) => {
    const holder = nameOf.get(telephoneId);
    const { id, name, since } = body.heldBy as { id: number; name: string; since: string };
    const told = id === holder?.id && name === holder.name && Number.isFinite(Date.parse(since));
    return !told || !body.title.includes(name);
  });
  expect(wrongly.map(({ body }) => body)).toEqual([]);
  const leases = await server.db
    .selectFrom("leases")
    .where("ended_at", "is", null)
    .select(["agent_id as agentId", "telephone_id as telephoneId"])
    .execute();
  expect(new Map(leases.map(({ telephoneId, agentId }) => [telephoneId, agentId]))).toEqual(
    new Map([...nameOf].map(([telephoneId, { id }]) => [telephoneId, id])),
  );
  expect(leases).toHaveLength(TELEPHONES);
  const members = server.fake.members();
  expect(members.filter(({ paused }) => paused)).toEqual([]);
  expect(new Map(members.map(({ endpoint, agentName }) => [endpoint, agentName]))).toEqual(
    new Map(won.map(({ body }) => [`desk${telephones.indexOf(body.telephone.id) + 1}`, agentName(body.agentId)])),
  );
  expect(members).toHaveLength(TELEPHONES);
}, 120_000);

/** As the furniture names them, in the order of their ids. */
const agentName = (id: number): string => `Agent ${people.findIndex((one) => one.id === id) + 1}`;

function logIn(token: string, telephoneId: number): Promise<{ status: number; body: Session & Problem }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${server.url}/api/v1/session`,
      {
        method: "POST",
        agent: connections,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      },
      (answer) => {
        json(answer).then(
          (body) => resolve({ status: answer.statusCode ?? 0, body: body as Session & Problem }),
          reject,
        );
      },
    );
    asked.on("error", reject);
    asked.end(JSON.stringify({ telephoneId }));
  });
}

/** A sign-in for each, written as the server would: a thousand passwords would take a minute to check. */
async function signInAll(db: Database, agents: number[]): Promise<string[]> {
  const tokens = agents.map(() => randomBytes(32).toString("base64url"));
  const rows = agents.map((staff_id, n) => ({
    staff_id,
    token_hash: createHash("sha256")
      .update(tokens[n] ?? "")
      .digest(),
    expires_at: new Date(Date.now() + 3_600_000),
  }));
  await db.insertInto("sign_ins").values(rows).execute();
  return tokens;
}
