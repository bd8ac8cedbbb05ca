import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findEncoder } from "../../cli/programs.ts";
import type { Page } from "../../contract/page.ts";
import type { RecordingDetails, RecordingRow } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../../server/db/embedded.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { openLog } from "../../server/log.ts";
import { type BaresipPhone, startPhone } from "../rig/baresip-phone.ts";
import { freePort } from "../rig/free-port.ts";
import { heard } from "../rig/heard.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { type PerchProcess, perchProcess } from "../rig/perch-process.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";

const SUPPORT = "030900";
const SLOW = { timeoutMs: 60_000 };

let folder: string;
let database: EmbeddedDatabase;
let db: Database;
let perch: PerchProcess;
let house: HouseRig;
let desk: BaresipPhone;
let customer: BaresipPhone;
let anna: Api;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perch-trouble-"));
  database = await startEmbeddedDatabase({ home: join(folder, "database"), log: openLog({ level: "silent" }) });
  db = openDatabase(database.url, { onError: () => {} });
  perch = perchProcess();
  const sox = findEncoder();
  if (sox === null) throw new Error("no encoder");
  // It goes on only once it may.
  const waits = `while [ -e ${join(folder, "wait")} ]; do sleep 0.1; done; exec "$@"`;
  const encoder = { command: "/bin/sh", args: ["-c", waits, "sh", sox.command, ...sox.args] };
  house = await startHouse({ encoder, databaseUrl: database.url }, perch.launch);
  const queue = await house.queue("support", SUPPORT, { recordPercent: 100 });
  await house.agent("anna", "Anna Rossi", [queue]);
  const telephone = await house.telephone("desk1", { plugged: false });
  desk = await house.plug("desk1", { speaks: toneFile(join(folder, "agent.wav"), 1000, 60) });
  await until("the desk is registered", () => desk.registered, SLOW);
  const port = await freePort();
  await house.admin.post("/trunks", { name: "Tones", host: "127.0.0.1", port, match: [`127.0.0.1:${port}`] });
  customer = await startPhone({
    ...{ username: "0555012345", password: "none", server: { host: "127.0.0.1", port: house.sipPort } },
    ...{ registers: false, listens: { host: "127.0.0.1", port } },
    speaks: toneFile(join(folder, "customer.wav"), 400, 60),
  });
  await until(
    "the telephone can be taken",
    async () => {
      anna = await house.logIn("anna", telephone).catch(() => anna);
      return anna;
    },
    SLOW,
  );
}, 120_000);
afterAll(async () => {
  await customer?.stop();
  await house?.stop();
  await db?.destroy();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const place = (...parts: string[]) => join(house.home, "recordings", ...parts);
const recordedMs = () =>
  readdirSync(place("inbox")).reduce((sum, name) => sum + readFileSync(place("inbox", name)).length / 32, 0);
const talk = async (ms: number) => {
  await customer.dial(`sip:${SUPPORT}@127.0.0.1:${house.sipPort}`);
  await until("the desk rings", () => desk.state === "ringing", SLOW);
  await desk.accept();
  await until(`${ms} ms are recorded`, () => recordedMs() >= ms, SLOW);
};
const list = async () => (await house.admin.get<Page<RecordingRow>>("/recordings")).rows;
const newest = async (count: number) => {
  const rows = await until(`${count} are kept`, async () => ((await list()).length === count ? list() : null), SLOW);
  return await house.admin.get<RecordingDetails>(`/recordings/${rows[0]?.id}`);
};
const hear = async ({ id, format }: RecordingDetails) => {
  const answer = await fetch(`${house.address}/api/v1/recordings/${id}/audio`, {
    headers: { authorization: `Bearer ${house.admin.token}` },
  });
  return heard(Buffer.from(await answer.arrayBuffer()), format);
};

/** All of it is there, and nothing of it anywhere else. */
const isWhole = async (recording: RecordingDetails, files: number) => {
  const voice = await hear(recording);
  expect(voice.lengthMs).toBeGreaterThan(1800);
  expect(voice.tone("customer", 400, 400, voice.lengthMs - 300)).toBeGreaterThan(4000);
  expect(voice.tone("house", 1000, 400, voice.lengthMs - 300)).toBeGreaterThan(4000);
  expect([readdirSync(place("inbox")), readdirSync(place("work"))]).toEqual([[], []]);
  const days = readdirSync(place("kept"));
  expect(days.flatMap((day) => readdirSync(place("kept", day)))).toHaveLength(files);
};

it("one that was being encoded when Perch was killed is kept once it is back", async () => {
  writeFileSync(join(folder, "wait"), "");
  await talk(2000);
  await desk.hangUp();
  await until("it is being encoded", () => readdirSync(place("work")).length === 1, SLOW);
  await perch.kill();
  expect(readdirSync(place("inbox"))).toHaveLength(1);
  rmSync(join(folder, "wait"));
  await house.startPerch();
  await isWhole(await newest(1), 1);
});

it("one that was locked and not written down when Perch was killed is kept once", async () => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const holding = db.transaction().execute(async (tx) => {
    await sql`lock table recordings in exclusive mode`.execute(tx);
    await held;
  });
  await talk(2000);
  await desk.hangUp();
  const files = () => readdirSync(place("kept")).flatMap((day) => readdirSync(place("kept", day)));
  await until("it is locked", () => files().length === 2, SLOW);
  await perch.kill();
  letGo();
  await holding;
  await house.startPerch();
  await isWhole(await newest(2), 2);
});
