import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Leg, Queue, RecordingDetails, RecordingRow, ReportCallRow } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { type BaresipPhone, startPhone } from "../rig/baresip-phone.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { freePort } from "../rig/free-port.ts";
import { heard } from "../rig/heard.ts";
import { type HouseRig, startHouse } from "../rig/house-rig.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";

const SUPPORT = "030900";
const CUSTOMER_HERTZ = 400;
const AGENT_HERTZ = 1000;
/** Of a tone that is there; one that is not there is far below. */
const LOUD = 4000;
const NOTHING = 400;
const SLOW = { timeoutMs: 60_000 };

let house: HouseRig;
let folder: string;
let desk: BaresipPhone;
let customer: BaresipPhone;
let anna: Api;
let supervisor: Api;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perch-tones-"));
  house = await startHouse();
  const queue = await house.queue("support", SUPPORT, { recordPercent: 100 });
  await house.agent("anna", "Anna Rossi", [queue]);
  const telephone = await house.telephone("desk1", { plugged: false });
  desk = await house.plug("desk1", { speaks: toneFile(join(folder, "agent.wav"), AGENT_HERTZ, 60) });
  await until("the desk is registered", () => desk.registered, SLOW);
  const port = await freePort();
  await house.admin.post("/trunks", { name: "Tones", host: "127.0.0.1", port, match: [`127.0.0.1:${port}`] });
  const trunks = await house.admin.get<Page<{ id: number; name: string }>>("/trunks");
  await house.admin.post("/outbound-routes", {
    ...{ name: "Out", pattern: "05550X.", trunkId: trunks.rows.find(({ name }) => name === "Tones")?.id },
    recordPercent: 100,
  });
  customer = await startPhone({
    ...{ username: "0555012345", password: "none", server: { host: "127.0.0.1", port: house.sipPort } },
    ...{ registers: false, listens: { host: "127.0.0.1", port } },
    speaks: toneFile(join(folder, "customer.wav"), CUSTOMER_HERTZ, 60),
  });
  await house.admin.post("/users", {
    ...{ username: "sara", fullName: "Sara Supervisor", password: "a password of tests", role: "supervisor" },
  });
  supervisor = await house.signIn("sara");
  await until(
    "the telephone can be taken",
    async () => {
      anna = await house.logIn("anna", telephone).catch(() => anna);
      return anna;
    },
    SLOW,
  );
});
afterAll(async () => {
  await customer?.stop();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A customer calls in, and Anna answers. */
const talk = async (): Promise<Leg> => {
  await customer.dial(`sip:${SUPPORT}@127.0.0.1:${house.sipPort}`);
  await until("the desk rings", () => desk.state === "ringing", SLOW);
  await desk.accept();
  await until("they talk", () => desk.state === "talking" && customer.state === "talking", SLOW);
  return until(
    "Anna sees that she talks and is recorded",
    async () => (await current()).find(({ state, recording }) => state === "talking" && recording === "on"),
    SLOW,
  );
};
const current = async () => (await anna.get<Page<Leg>>("/calls/current")).rows;
/** The raw file, as it grows: bytes of it are milliseconds of voice. */
const inbox = () => join(house.home, "recordings", "inbox");
const recordedMs = () =>
  readdirSync(inbox()).reduce((sum, name) => sum + readFileSync(join(inbox(), name)).length / 32, 0);
const recorded = (ms: number) => until(`${ms} ms are recorded`, () => recordedMs() >= ms, SLOW);
const list = async () => (await supervisor.get<Page<RecordingRow>>("/recordings")).rows;
const kept = (count: number) =>
  until(`${count} recordings are kept`, async () => ((await list()).length === count ? list() : null), SLOW);
const newest = async (count: number) => {
  const [row] = await kept(count);
  return await supervisor.get<RecordingDetails>(`/recordings/${row?.id}`);
};
const voiceOf = async (id: number, headers: Record<string, string> = {}, query = "") =>
  fetch(`${house.address}/api/v1/recordings/${id}/audio${query}`, {
    headers: { authorization: `Bearer ${supervisor.token}`, ...headers },
  });
const hear = async ({ id, format }: RecordingDetails) =>
  heard(Buffer.from(await (await voiceOf(id)).arrayBuffer()), format);

describe("a call that comes in", () => {
  it("is recorded with both sides apart, as long as they talk, silent where it was paused", async () => {
    const leg = await talk();
    await recorded(1500);
    await anna.post(`/calls/${leg.legId}/recording/pause`);
    await until("Anna sees that it is paused", async () => (await current())[0]?.recording === "paused", SLOW);
    const paused = recordedMs();
    await recorded(paused + 1500);
    await anna.post(`/calls/${leg.legId}/recording/resume`);
    const resumed = recordedMs();
    await recorded(resumed + 1500);
    await desk.hangUp();

    const recording = await newest(1);
    const [row] = await house.rows(1);
    expect(row).toMatchObject({ recordingIds: [recording.id], userKind: "telephone" });
    const voice = await hear(recording);
    expect(Math.abs(recording.lengthMs - (row?.billableS ?? 0) * 1000)).toBeLessThan(500);
    expect(Math.abs(voice.lengthMs - recording.lengthMs)).toBeLessThan(300);
    const [pause] = recording.pauses;
    if (pause === undefined) throw new Error("no pause was written down");
    for (const [from, to] of [
      [500, pause.fromMs - 400],
      [pause.toMs + 400, recording.lengthMs - 200],
    ] as const) {
      expect(voice.tone("customer", CUSTOMER_HERTZ, from, to)).toBeGreaterThan(LOUD);
      expect(voice.tone("house", AGENT_HERTZ, from, to)).toBeGreaterThan(LOUD);
      expect(voice.tone("customer", AGENT_HERTZ, from, to)).toBeLessThan(NOTHING);
      expect(voice.tone("house", CUSTOMER_HERTZ, from, to)).toBeLessThan(NOTHING);
    }
    expect(voice.peak(pause.fromMs + 400, pause.toMs - 400)).toBeLessThan(NOTHING);
    expect(recording).toMatchObject({
      ...{ type: "inbound", source: "0555012345", queue: { name: "support" }, state: "kept" },
      ...{ agents: [{ name: "Anna Rossi" }], pauses: [{ by: "Anna Rossi" }], format: "mp3" },
    });
    const [part] = recording.legs;
    expect(part).toMatchObject({ name: "Anna Rossi", telephone: "desk1" });
    expect(Math.abs((part?.toMs ?? 0) - (part?.fromMs ?? 0) - recording.lengthMs)).toBeLessThan(500);
    expect(readdirSync(inbox())).toEqual([]);
  });

  it("is sent piece by piece, and to nobody who may not hear it", async () => {
    const [row] = await kept(1);
    const id = row?.id ?? 0;
    const whole = Buffer.from(await (await voiceOf(id)).arrayBuffer());
    const part = await voiceOf(id, { range: "bytes=1000-1999" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 1000-1999/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(1000, 2000))).toBe(true);
    expect((await voiceOf(id, { range: `bytes=${whole.length}-` })).status).toBe(416);
    const file = await voiceOf(id, {}, "?download=true");
    expect(file.headers.get("content-disposition")).toContain("0555012345_support_Anna-Rossi.mp3");
    await file.arrayBuffer();
    await expect(anna.get(`/recordings/${id}`)).rejects.toMatchObject({ problem: { code: "not-permitted" } });
    await house.admin.patch("/settings", { agentsHearOwnCalls: true });
    expect(await anna.get<RecordingDetails>(`/recordings/${id}`)).toMatchObject({ id });
    await house.admin.patch("/settings", { agentsHearOwnCalls: false });
    await expect(supervisor.remove(`/recordings/${id}`)).rejects.toMatchObject({ problem: { code: "not-permitted" } });
  });
});

it("a call to outside is recorded on the customer's side, and kept although Perch was killed meanwhile", async () => {
  await desk.dial("0555012345");
  await until("the customer rings", () => customer.state === "ringing", SLOW);
  await customer.accept();
  await until("they talk", () => desk.state === "talking", SLOW);
  await recorded(500);
  await house.stopPerch();
  await recorded(2000);
  await customer.hangUp();
  await until("the desk is free", () => desk.state === "idle", SLOW);
  await house.startPerch();
  const recording = await newest(2);
  expect(recording).toMatchObject({ type: "outbound", destination: "0555012345", agents: [{ name: "Anna Rossi" }] });
  const voice = await hear(recording);
  const [from, to] = [400, recording.lengthMs - 300];
  expect(voice.tone("customer", CUSTOMER_HERTZ, from, to)).toBeGreaterThan(LOUD);
  expect(voice.tone("house", AGENT_HERTZ, from, to)).toBeGreaterThan(LOUD);
  expect(voice.tone("customer", AGENT_HERTZ, from, to)).toBeLessThan(NOTHING);
});

it("a caller who goes on to a queue that records nothing is not recorded there, and nobody says so", async () => {
  const before = (await list()).length;
  const patient = await house.admin.post<Queue>("/queues", { name: "first", maxWaitSeconds: 5, recordPercent: 100 });
  const quiet = await house.admin.post<Queue>("/queues", { name: "second", strategy: "ringall", recordPercent: 0 });
  const agents = (await house.admin.get<Page<Agent>>("/agents")).rows;
  await house.admin.patch(`/agents/${agents[0]?.id}`, { queues: [quiet.id] });
  const number = "030901";
  await house.admin.post("/inbound-routes", { number, actions: [{ queue: patient.id }, { queue: quiet.id }] });
  await customer.dial(`sip:${number}@127.0.0.1:${house.sipPort}`);
  await until("the desk rings", () => desk.state === "ringing", SLOW);
  expect(readdirSync(inbox())).toHaveLength(1);
  await desk.accept();
  const leg = await until(
    "Anna sees that she talks",
    async () => (await current()).find(({ state }) => state === "talking"),
    SLOW,
  );
  await expect(anna.post(`/calls/${leg.legId}/recording/pause`)).rejects.toMatchObject({
    problem: { code: "recording.none" },
  });
  expect((await current())[0]?.recording).toBeUndefined();
  await desk.hangUp();
  await until("nothing is left of it", () => readdirSync(inbox()).length === 0, SLOW);
  expect(await list()).toHaveLength(before);
});

it("one whose file was changed is refused with words, and one that is removed is gone", async () => {
  const [row] = await kept(2);
  const days = join(house.home, "recordings", "kept");
  const files = readdirSync(days).flatMap((day) => readdirSync(join(days, day)).map((name) => join(days, day, name)));
  const mine = files.find((name) => name.includes(row?.linkedId ?? "none")) ?? "";
  const bytes = readFileSync(mine);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  writeFileSync(mine, bytes);
  const refused = await voiceOf(row?.id ?? 0);
  expect(refused.status).toBe(500);
  expect(await refused.json()).toMatchObject({ code: "recording.damaged", title: expect.stringContaining("changed") });
  expect((await list())[0]).toMatchObject({ state: "damaged" });
  await house.admin.remove(`/recordings/${row?.id}`);
  expect(existsSync(mine)).toBe(false);
  expect((await voiceOf(row?.id ?? 0)).status).toBe(410);
  const rows = (await house.admin.get<Page<ReportCallRow>>("/reports/report-call")).rows;
  expect(rows.map(({ recordingIds }) => recordingIds?.length).sort()).toEqual([0, 0, 1]);
});

it("leaves books that balance", () => booksBalance(house.admin));
