import { afterAll, beforeAll, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads } from "../../test/call-house.ts";
import { takeBatch } from "../calls/journal-batch.ts";
import { refoldJournal } from "../calls/refold-service.ts";
import { findReportCall } from "../reports/report-call.ts";
import { endOfParts, isToldToItsEnd, recordedParts } from "./recorded-parts.ts";
import { findRecording, listRecordings } from "./recording-list.ts";
import { insertRecording, readFactsOf } from "./recording-store.ts";

/** desk-4 calls desk-1, which asks somebody outside (recorded) in a call of its own and hands him over to desk-4. */
const lines = recordedReads("scenario-a-colleague-s-call-is-handed-over-to-somebody-outside");
const [older, newer, callee] = ["node1-1795373217.21", "node1-1795373217.23", "node1-1795373217.24"];
const raw = { source: `${newer}_${callee}_out_1`, linkedId: newer, channelId: callee };

let house: CallHouse;
let id: number;
let began: Date;
const agents: Record<"anna" | "bruno" | "carlo", number> = { anna: 0, bruno: 0, carlo: 0 };

beforeAll(async () => {
  house = await callHouse();
  began = instantOf(lines[0]);
  const atDawn = new Date(began.getTime() - 60_000);
  for (const [name, desk] of [
    ["anna", "desk-1"],
    ["bruno", "desk-4"],
    ["carlo", "desk-9"],
  ] as const) {
    agents[name] = name === "anna" ? house.staff.anna : await house.agent(name);
    await house.sit(agents[name], await house.telephone(desk, null), atDawn, null);
  }
  // As it came: the second call is told to its end before the first knows who was handed over.
  for (const line of lines) await takeBatch(house.deps, [line]);
});
afterAll(() => house?.end());

const msOf = (at: Date) => at.getTime() - began.getTime();

test("the facts of its channel are those of both calls, so that its parts are right to the end", async () => {
  const facts = await readFactsOf(house.db, raw, house.deps.language);
  expect(isToldToItsEnd(facts, callee)).toBe(true);
  const [first] = facts;
  if (first === undefined) throw new Error("there are none");
  const recorded = { ...first, kind: "recorded" as const, atUs: began.getTime() * 1000, channelId: callee };
  const all = [...facts, { ...recorded, extra: { recording: raw.source } }];
  const parts = recordedParts(all, { ...raw, lengthMs: 640 }, new Date(0));
  expect(parts).toHaveLength(1);
  const startedAt = new Date(parts[0]?.startedAt ?? 0);
  const endedAt = endOfParts(parts);
  expect([msOf(startedAt), msOf(endedAt)].map((ms) => Math.round(ms / 10))).toEqual([36, 100]);
  await insertRecording(house.db, {
    ...{ ...raw, queueId: null, startedAt, endedAt, lengthMs: 640, parts, peaks: Buffer.alloc(2), format: "mp3" },
    ...{ bytes: 100, file: "one", sha256: Buffer.from("a"), keyId: "k" },
  });
  id = (await house.db.selectFrom("recordings").select("id").executeTakeFirstOrThrow()).id;
});

test("it is of everybody's talk who talked on it, and of each from when on he did", async () => {
  const found = await findRecording(house.db, id, null);
  expect(found?.agents.map(({ id: agent }) => agent)).toEqual([agents.anna, agents.bruno]);
  expect(
    found?.legs.map(({ telephone, fromMs, toMs }) => [telephone, Math.round(fromMs / 10), Math.round(toMs / 10)]),
  ).toEqual([
    ["desk-1", 0, 32],
    ["desk-4", 32, 64],
  ]);
  const rows = await house.db.selectFrom("report_calls").select(["id", "linked_id"]).orderBy("linked_id").execute();
  const shown = await Promise.all(
    rows.map(async (row) => [row.linked_id, (await findReportCall(house.db, row.id))?.recordingIds]),
  );
  expect(shown).toEqual([
    [older, [id]],
    [newer, [id]],
  ]);
});

test("whoever it was handed over to may hear it where agents hear their own calls, and nobody else", async () => {
  const filter = {
    ...{ from: null, to: null, queueId: null, agentId: null, number: null, ratedAtMost: null, rated: null },
    ...{ after: null, limit: 10 },
  };
  const heardBy = async (of: number) => [
    (await findRecording(house.db, id, of)) !== null,
    (await listRecordings(house.db, { ...filter, of })).rows.length === 1,
    (await listRecordings(house.db, { ...filter, of: null, agentId: of })).rows.length === 1,
  ];
  expect(await heardBy(agents.anna)).toEqual([true, true, true]);
  expect(await heardBy(agents.bruno)).toEqual([true, true, true]);
  expect(await heardBy(agents.carlo)).toEqual([false, false, false]);
});

test("folding again says the same, and what was known before it was known at all", async () => {
  const moved = () => house.db.selectFrom("moved_channels").selectAll().execute();
  const before = await moved();
  expect(before).toMatchObject([{ channel_id: callee, linked_id: older }]);
  expect(Math.round(msOf(before[0]?.moved_at ?? began) / 10)).toBe(68);
  await house.db.deleteFrom("moved_channels").execute();
  const always = { from: new Date("2026-01-01"), to: new Date("2100-01-01"), dryRun: false };
  await refoldJournal(house.deps, always, { progress: () => {}, stopped: () => false });
  expect(await moved()).toEqual(before);
});
