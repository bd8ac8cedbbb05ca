import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Leg, OutboundRoute, Queue, RecordingDetails, RecordingRow, ReportCallRow } from "../../contract/views.ts";
import { booksBalance } from "../rig/books-balance.ts";
import { type DesktopHands, desktopHands } from "../rig/desktop-hands.ts";
import {
  aMoment,
  hears,
  OUTSIDE_NUMBER,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../rig/scenario-house.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let hands: DesktopHands;
let queues: Queue[];
beforeAll(async () => {
  scene = await startScenarioHouse();
  hands = desktopHands(scene);
  const { admin } = scene.house;
  queues = (await admin.get<Page<Queue>>("/queues")).rows;
  for (const { id } of queues) await admin.patch(`/queues/${id}`, { recordPercent: 100 });
  const [route] = (await admin.get<Page<OutboundRoute>>("/outbound-routes")).rows;
  await admin.patch(`/outbound-routes/${route?.id}`, { recordPercent: 100 });
}, 120_000);
afterAll(() => scene.stop());

/** The recordings of the calls since, and the rows, both in order, when all are there. */
async function told(since: number, counts: { recordings: number; rows: number }) {
  const { admin } = scene.house;
  const from = new Date(since - 50).toISOString();
  const both = await until(
    `${counts.recordings} recordings and ${counts.rows} rows`,
    async () => {
      // First these: a row shows those that are there.
      const recordings = (await admin.get<Page<RecordingRow>>(`/recordings?from=${from}`)).rows;
      const rows = (await admin.get<Page<ReportCallRow>>(`/reports/report-call?from=${from}`)).rows;
      const all = rows.length === counts.rows && recordings.length === counts.recordings;
      return all && rows.every(({ endedAt }) => endedAt !== null) ? { rows, recordings } : null;
    },
    { timeoutMs: 30_000 },
  );
  const ids = both.recordings.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).map(({ id }) => id);
  const details = await Promise.all(ids.map((id) => admin.get<RecordingDetails>(`/recordings/${id}`)));
  const byStart = both.rows.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  return { recordings: details, rows: byStart };
}
/** Of each row whom it was with, and which of the recordings it shows. */
const shown = (rows: ReportCallRow[], recordings: RecordingDetails[]) =>
  rows.map((row) => [
    row.telephoneName,
    row.destination,
    (row.recordingIds ?? []).map((id) => recordings.findIndex((one) => one.id === id)),
  ]);
const legsOf = (recording: RecordingDetails | undefined) => recording?.legs.map(({ telephone }) => telephone);

it("a caller whom the desktop holds, asks about and hands over is one recording, without what he did not hear", async () => {
  const since = Date.now();
  const { caller, anna } = await hands.answered();
  await hands.holds();
  await aMoment(600);
  await hands.resumes();
  await aMoment();
  const { colleague } = await hands.asks();
  await hands.answers(colleague);
  await aMoment(600);
  await hands.handsOver(caller);
  await over(anna);
  await aMoment();
  await caller.hangUp();
  await over(colleague);
  const { recordings, rows } = await told(since, { recordings: 1, rows: 3 });
  const [recording] = recordings;
  expect(shown(rows, recordings)).toEqual([
    ["desk-1", rows[0]?.destination, [0]],
    ["desk-1", "104", []],
    ["desk-4", rows[0]?.destination, [0]],
  ]);
  expect(recording?.parts).toHaveLength(3);
  expect(legsOf(recording)).toEqual(["desk-1", "desk-4"]);
});

it("a caller who is sent on into another recorded queue has two, and each row shows its own", async () => {
  const since = Date.now();
  const { caller, anna } = await hands.answered();
  const sales = queues.find(({ name }) => name === "Line");
  const { legId } = await hands.card("Anna has a call", ({ state }) => state === "talking");
  await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/transfer`, { to: sales?.name, kind: "blind" });
  await over(anna);
  const bruno = await scene.desk(2).rung();
  caller.forgetVoices();
  bruno.answer();
  await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const { recordings, rows } = await told(since, { recordings: 2, rows: 2 });
  expect(shown(rows, recordings).map(([, , ids]) => ids)).toEqual([[0], [1]]);
  expect(recordings.map(legsOf)).toEqual([["desk-1"], ["desk-2"]]);
});

it("a caller who is sent on into a queue that records nothing is recorded no more, whatever he was before", async () => {
  const quiet = queues.find(({ name }) => name === "Line");
  await scene.house.admin.patch(`/queues/${quiet?.id}`, { recordPercent: 0 });
  await until(
    "Asterisk knows it",
    async () => (await scene.house.console(`dialplan show q${quiet?.id}@perch-queues`)).includes("?0:"),
    { timeoutMs: 20_000 },
  );
  const since = Date.now();
  const { caller, anna } = await hands.answered();
  const { legId } = await hands.card("Anna has a call", ({ state }) => state === "talking");
  await scene.apis.anna.post(`/calls/${encodeURIComponent(legId)}/transfer`, { to: quiet?.name, kind: "blind" });
  await over(anna);
  const bruno = await scene.desk(2).rung();
  caller.forgetVoices();
  bruno.answer();
  await hears(caller, scene.desk(2));
  await aMoment(600);
  await caller.hangUp();
  await over(bruno);
  const { recordings, rows } = await told(since, { recordings: 1, rows: 2 });
  expect(shown(rows, recordings).map(([, , ids]) => ids)).toEqual([[0], []]);
  const [first] = rows;
  expect(Date.parse(recordings[0]?.endedAt ?? "")).toBeLessThan(Date.parse(first?.endedAt ?? "") + 500);
});

it("a call to outside that is held from the desktop and taken back is one recording", async () => {
  const since = Date.now();
  const anna = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.answer();
  await hears(anna, scene.outside);
  await aMoment();
  await hands.holds();
  await aMoment(600);
  await hands.resumes();
  await aMoment();
  await callee.hangUp();
  await over(anna);
  const { recordings, rows } = await told(since, { recordings: 1, rows: 1 });
  expect(recordings[0]?.parts).toHaveLength(2);
  expect(shown(rows, recordings)).toEqual([["desk-1", OUTSIDE_NUMBER, [0]]]);
});

it("whoever gets somebody who is recorded sees it on his card and in his row, though his call is the older one", async () => {
  const since = Date.now();
  const bruno = scene.desk(2).dial("101");
  const anna = await scene.desk(1).rung();
  anna.answer();
  await talking(bruno);
  const asking = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.answer();
  await hears(asking, scene.outside);
  await aMoment();
  await anna.transferTo(asking);
  await hears(bruno, scene.outside);
  await over(asking);
  const card = async (state: "on" | "paused") =>
    (await scene.apis.bruno.get<Page<Leg>>("/calls/current")).rows.find(({ recording }) => recording === state);
  const leg = await until("his card says that he is recorded", () => card("on"), { timeoutMs: 15_000 });
  await scene.apis.bruno.post(`/calls/${encodeURIComponent(leg.legId)}/recording/pause`);
  await until("and that it is paused", () => card("paused"), { timeoutMs: 15_000 });
  await aMoment();
  await anna.hangUp();
  await callee.hangUp();
  await over(bruno);
  const { recordings, rows } = await told(since, { recordings: 1, rows: 2 });
  expect(shown(rows, recordings)).toEqual([
    ["desk-2", "101", [0]],
    ["desk-1", OUTSIDE_NUMBER, [0]],
  ]);
  expect(legsOf(recordings[0])).toEqual(["desk-1", "desk-2"]);
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
