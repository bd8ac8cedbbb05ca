import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { runScript } from "../server/db/pool.ts";
import { buildServer } from "../test/build.ts";
import { until } from "../test/until.ts";
import { type Bench, spread } from "./figure.ts";

const TELEPHONES = 10_000;
const HELD = 1000;
const REQUESTS = 1000;
/** Between an answer and the next request: a floor that logs in all at once, not a load that starves the server. */
const BETWEEN_MS = 5;
const CHANGES_PER_SECOND = 20;

/** Asks in a thread of its own, one request after the other, so that reading the answers does not slow the server. */
const ASKER = `
const { workerData, parentPort } = require("node:worker_threads");
(async () => {
  let bytes = 0;
  for (let n = 0; n < workerData.requests; n += 1) {
    const answer = await fetch(workerData.url, { headers: { authorization: "Bearer " + workerData.token } });
    if (answer.status !== 200) throw new Error("status " + answer.status);
    bytes = (await answer.arrayBuffer()).byteLength;
    await new Promise((resolve) => setTimeout(resolve, workerData.betweenMs));
  }
  parentPort.postMessage(bytes);
})();
`;

const FURNITURE = `
  with t as (
    insert into staff (kind, full_name, username)
    select 'telephone', 'Desk ' || n, 'desk' || n from generate_series(1, ${TELEPHONES}) n returning id
  ) insert into telephones (staff_id, place, ha1_md5, ha1_sha256) select id, 'Floor ' || id % 40, 'x', 'x' from t;
  with a as (
    insert into staff (kind, full_name, username)
    select 'agent', 'Agent ' || n, 'holder' || n from generate_series(1, ${HELD}) n returning id
  ) insert into agents (staff_id, typology, hotdesk) select id, 'external', true from a;
  insert into sessions (agent_id, started_at) select staff_id, now() from agents
    join staff on staff.id = agents.staff_id where username like 'holder%';
  insert into leases (session_id, agent_id, telephone_id, started_at)
    select s.id, s.agent_id, t.staff_id, now()
    from (select id, agent_id, row_number() over (order by id) n from sessions) s
    join (select staff_id, row_number() over (order by staff_id) n from telephones) t using (n);
`;

/**
 * `GET /telephones/choices` of 10,000 telephones, 1,000 of them held, while registrations keep changing: from the
 * request's arrival to the answer written to its socket, sign-in and permission included. What the system's buffers
 * could not hold at once waits for the reader; that is the second pair of figures.
 */
export const bench: Bench = async (print) => {
  const server = await buildServer();
  try {
    print(`furnishing ${TELEPHONES} telephones, ${HELD} of them held`);
    const agent = await server.make.agent();
    await runScript(server.db, FURNITURE);
    const { registration, choices } = server.house.services;
    const register = (n: number, registered: boolean) => {
      const contact = { endpoint: `desk${n}`, registered, address: null, roundTripMs: 1, userAgent: null };
      registration.heard({ type: "contact.changed", contact });
    };
    for (let n = 1; n <= TELEPHONES; n += 1) register(n, n % 10 !== 0);
    await choices.stop();
    await choices.start();
    await until("the list is whole", () => choices.findByEndpoint(`desk${TELEPHONES}`) !== null);

    const written: number[] = [];
    const taken: number[] = [];
    server.house.http.server.on("request", (request, response) => {
      if (request.url !== "/api/v1/telephones/choices") return;
      const from = performance.now();
      response.on("prefinish", () => written.push(performance.now() - from));
      response.on("finish", () => taken.push(performance.now() - from));
    });
    print(
      `${REQUESTS} requests one after the other, ${BETWEEN_MS} ms apart, ${CHANGES_PER_SECOND} registrations changing a second`,
    );
    let turn = 0;
    const changing = setInterval(() => {
      turn += 1;
      register((turn * 37) % TELEPHONES, turn % 2 === 0);
    }, 1000 / CHANGES_PER_SECOND);
    const { token } = await server.signIn(agent.username);
    const url = `${server.url}/api/v1/telephones/choices`;
    const asker = new Worker(ASKER, {
      eval: true,
      workerData: { url, token, requests: REQUESTS, betweenMs: BETWEEN_MS },
    });
    const [bytes] = await Promise.race([
      once(asker, "message"),
      once(asker, "error").then(([error]) => Promise.reject(error)),
    ]);
    clearInterval(changing);
    await asker.terminate();
    print(`an answer has ${(bytes / 1_000_000).toFixed(1)} MB`);
    return [
      ...spread("GET /telephones/choices, written to the socket", written.slice(50), "ms", 5),
      ...spread("the same, the whole taken by the reader's side", taken.slice(50), "ms"),
    ];
  } finally {
    await server.stop();
  }
};
