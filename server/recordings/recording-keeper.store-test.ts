import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, recordedReads } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { takeBatch } from "../calls/journal-batch.ts";
import type { RawRecording } from "../recorder.ts";
import { EncoderProblem } from "./encoder.ts";
import type { KeptRecording, RawVoice, RecordingFolder } from "./recording-folder.ts";
import { createRecordingKeeper, type RecordingKeeper } from "./recording-keeper.ts";
import { createRecordingRetention } from "./recording-retention.ts";

const NOW = new Date("2026-03-02T08:00:00Z");
const linkedId = "n-1772438000.1";

let house: CallHouse;
let clock: HandClock;
let keeper: RecordingKeeper;
let raw: RawRecording[];
let upChannels: Set<string>;
let fault: Error | null;
let alarms: string[];
let removedFiles: string[];
let keeping: RawVoice[];
let formats: string[];
let slow: PromiseWithResolvers<void> | null;
/** How often one was measured again because its channel was gone. */
let measured: number;

const named = (take: number, more: Partial<RawRecording> = {}): RawRecording => ({
  ...{ source: `${linkedId}_${linkedId}_out_${take}`, linkedId, channelId: linkedId, queueId: null, path: "" },
  ...{ bytes: 64_000, changedAt: new Date(NOW.getTime() - 11 * 60_000) },
  ...more,
});
const kept = (file: string): KeptRecording => ({
  ...{ format: "mp3", file, bytes: 8000, sha256: Buffer.from("a"), keyId: "k", lengthMs: 2000, peaks: Buffer.alloc(2) },
});

beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house?.end());
beforeEach(async () => {
  await keeper?.stop();
  await house.db.deleteFrom("recordings").execute();
  clock = handClock(NOW);
  [raw, upChannels, fault, alarms, removedFiles, keeping, formats, slow] = [[], new Set(), null, [], [], [], [], null];
  measured = 0;
  const folder: Pick<RecordingFolder, "keep" | "removeRaw" | "tidy" | "free" | "encoder" | "read" | "remove"> = {
    encoder: null,
    tidy: async () => {},
    async *read() {},
    remove: async (file) => void removedFiles.push(file),
    free: async () => 2 ** 40,
    async keep(one, format) {
      keeping.push(one);
      formats.push(format);
      await slow?.promise;
      if (fault !== null) throw fault;
      return kept(`kept/${one.source}`);
    },
    async removeRaw(one) {
      raw = raw.filter(({ source }) => source !== one.source);
    },
  };
  keeper = createRecordingKeeper({
    ...{ db: house.db, clock, log: house.deps.log, folder, language: house.deps.language },
    recorder: {
      raw: async () => ({ recordings: raw, strangers: [] }),
      watch: () => () => {},
      again: async ({ source }) => {
        measured += 1;
        return raw.find((one) => one.source === source) ?? null;
      },
      standing: async (channelId) => (upChannels.has(channelId) ? { linkedId, source: null } : null),
      mute: async () => ({ ok: true }),
    },
    alarm: async ({ words }) => void alarms.push(words),
  });
});
afterAll(() => keeper?.stop());

const rows = () => house.db.selectFrom("recordings").selectAll().orderBy("source").execute();
/** Looks again and again, as time goes by. */
const passing = (what: string, look: () => unknown) =>
  until(what, async () => {
    clock.advance(2000);
    return (await look()) || null;
  });

test("a recording is kept once its channel is gone, and then its raw file goes", async () => {
  raw = [named(1)];
  upChannels.add(linkedId);
  await keeper.start();
  await passing("it was looked at", () => keeper.raw().length === 1);
  expect(await rows()).toEqual([]);
  upChannels.clear();
  await passing("it is kept", async () => raw.length === 0);
  expect(await rows()).toMatchObject([{ source: named(1).source, length_ms: 2000, state: "kept" }]);
});

test("one that was handed over into another call waits until the journal of that one has told its end", async () => {
  const lines = recordedReads("scenario-a-colleague-s-call-is-handed-over-to-somebody-outside");
  const [newer, callee] = ["node1-1795373217.23", "node1-1795373217.24"];
  const left = lines.findIndex(({ text }) => {
    const fact = house.deps.language.read(text);
    return !("damaged" in fact) && fact.kind === "bridge.left" && fact.channelId === callee;
  });
  expect(left).toBeGreaterThan(0);
  await takeBatch(house.deps, lines.slice(0, left));
  raw = [named(1, { linkedId: newer, channelId: callee, changedAt: new Date(NOW.getTime() - 2000) })];
  await keeper.start();
  await passing("it was looked at again and again", () => measured > 3);
  expect(keeping).toEqual([]);
  await takeBatch(house.deps, lines.slice(left));
  await passing("it is kept", async () => raw.length === 0);
  expect(await rows()).toMatchObject([{ linked_id: newer, channel_id: callee }]);
});

test("what cannot be kept stays where it is, people are told, and it is kept when it can be", async () => {
  raw = [named(1)];
  fault = new Error("ENOSPC: no space left on device");
  await keeper.start();
  await passing("somebody is told", () => alarms.length > 0);
  expect(alarms).toEqual([expect.stringContaining("no space left on device")]);
  expect(raw).toHaveLength(1);
  fault = null;
  await passing("it is kept", async () => raw.length === 0);
  expect(await rows()).toHaveLength(1);
  // What takes eight times the room is no way out of that.
  expect(new Set(formats)).toEqual(new Set(["mp3"]));
});

test("what the encoder fails at twice is kept as it was recorded", async () => {
  raw = [named(1)];
  fault = new EncoderProblem("sox: (SIGSEGV)");
  await keeper.start();
  await passing("it is asked for as it was recorded", () => {
    if (formats.at(-1) !== "wav") return false;
    fault = null;
    return true;
  });
  await passing("it is kept", async () => raw.length === 0);
  expect(formats.slice(0, 3)).toEqual(["mp3", "mp3", "wav"]);
});

test("one whose call went on while others were taken is kept with all that was said", async () => {
  const [first, second] = [named(1), named(2, { bytes: 0 })];
  raw = [first, named(3), second];
  slow = Promise.withResolvers();
  await keeper.start();
  await passing("the others are being taken", () => keeping.length === 2);
  // Nobody had talked on it when it was looked at; by the time its turn comes somebody did.
  raw = raw.map((one) => (one === second ? named(2, { bytes: 96_000 }) : one));
  slow.resolve();
  await passing("all are kept", async () => raw.length === 0);
  expect(keeping.find(({ source }) => source === second.source)).toMatchObject({ bytes: 96_000 });
  expect(await rows()).toHaveLength(3);
});

test("one that was written down before we were killed is not kept twice; one in which nobody talked is nothing", async () => {
  raw = [named(1)];
  await keeper.start();
  await passing("it is kept", async () => raw.length === 0);
  raw = [named(1), named(2, { bytes: 0 })];
  await passing("both are gone", async () => raw.length === 0);
  expect(await rows()).toHaveLength(1);
});

test("recordings whose time is over are removed with their file; a queue may say another time", async () => {
  const [queue] = await house.db.selectFrom("queues").select("id").limit(1).execute();
  await house.db
    .updateTable("queues")
    .set({ recording_days: 400 })
    .where("id", "=", queue?.id ?? 0)
    .execute();
  raw = [named(1), named(2, { queueId: queue?.id ?? null })];
  await keeper.start();
  await passing("they are kept", async () => raw.length === 0);
  const retention = createRecordingRetention({
    ...{ db: house.db, clock, log: house.deps.log },
    folder: { remove: async (file) => void removedFiles.push(file) },
    settings: { current: () => ({ recordingRetentionDays: 30 }) },
    alarm: async ({ words }) => void alarms.push(words),
  });
  retention.start();
  clock.advance(31 * 86_400_000);
  await until("one is removed", async () => (await rows()).some(({ state }) => state === "removed"));
  await retention.stop();
  expect((await rows()).map(({ state }) => state)).toEqual(["removed", "kept"]);
  expect(removedFiles).toEqual([`kept/${named(1).source}`]);
});

test("one file that cannot be removed holds up no other, and people are told of it", async () => {
  raw = [named(1), named(2), named(3)];
  await keeper.start();
  await passing("they are kept", async () => raw.length === 0);
  let stuck = true;
  const retention = createRecordingRetention({
    ...{ db: house.db, clock, log: house.deps.log },
    folder: {
      async remove(file) {
        if (stuck && file === `kept/${named(1).source}`) throw new Error("EPERM: operation not permitted");
        removedFiles.push(file);
      },
    },
    settings: { current: () => ({ recordingRetentionDays: 30 }) },
    alarm: async ({ words }) => void alarms.push(words),
  });
  retention.start();
  clock.advance(31 * 86_400_000);
  await until("people are told", () => alarms.length > 0);
  expect((await rows()).map(({ state }) => state)).toEqual(["removing", "removed", "removed"]);
  expect(alarms).toEqual([expect.stringContaining("operation not permitted")]);
  await retention.removeCondemned();
  expect(alarms).toHaveLength(1);
  stuck = false;
  await retention.removeCondemned();
  expect((await rows()).map(({ state }) => state)).toEqual(["removed", "removed", "removed"]);
  await retention.stop();
});
