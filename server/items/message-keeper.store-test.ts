import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { memoryHub } from "../hub.ts";
import { openLog } from "../log.ts";
import { openRecordingFolder, type RecordingFolder } from "../recordings/recording-folder.ts";
import { openRecordingKeys } from "../recordings/recording-keys.ts";
import { createItemMaker } from "./item-maker.ts";
import { type MessageBox, type MessageFacts, openMessageBox } from "./message-box.ts";
import { createMessageKeeper, judgeMessage, type MessageKeeper } from "./message-keeper.ts";
import { createVoicemailRetention } from "./voicemail-retention.ts";

const log = openLog({ level: "silent" });
const LEAST_MS = 2000;

let house: CallHouse;
let sales: number;
let home: string;
let folder: string;
let clock: HandClock;
let recordings: RecordingFolder;
let box: MessageBox;
let keeper: MessageKeeper;
let alarms: string[];
/** What keeping does before it begins. */
let before: () => Promise<void>;

beforeAll(async () => {
  house = await callHouse();
  sales = (await house.db.selectFrom("queues").where("name", "=", "sales").select("id").executeTakeFirstOrThrow()).id;
});
afterAll(() => house?.end());

beforeEach(async () => {
  for (const table of ["voicemails", "items", "audit"] as const) await house.db.deleteFrom(table).execute();
  home = mkdtempSync(join(tmpdir(), "perch-messages-"));
  folder = join(home, "taken");
  clock = handClock(new Date());
  alarms = [];
  before = async () => {};
  recordings = openRecordingFolder({ home, keys: openRecordingKeys(home), encoder: null });
  box = openMessageBox({ folder, log });
  keeper = keeperOf(box);
  return async () => {
    await keeper.stop();
    rmSync(home, { recursive: true, force: true });
  };
});

const keeperOf = (of: MessageBox) =>
  createMessageKeeper({
    ...{ db: house.db, clock, log, box: of },
    folder: {
      async keep(raw, format) {
        await before();
        return recordings.keep(raw, format);
      },
    },
    maker: createItemMaker({
      ...{ db: house.db, clock, hub: memoryHub(() => {}), settings: { current: () => ({ country: "IT" }) } },
    }),
    alarm: async ({ words }) => void alarms.push(words),
  });
const voiceAt = (n: number) => join(folder, `perch-voice-${String(n).padStart(8, "0")}-0000-0000-0000-000000000000`);
const facts = (): Omit<MessageFacts, "kept"> => ({
  ...{ queueId: sales, ownerId: null, linkedId: "n-1.1", caller: "0551234567" },
  ...{ since: clock.now().toISOString(), leastMs: LEAST_MS },
});
/** So much of a voice, as Asterisk writes it; the loudest there is. */
const speak = (name: string, ms: number) =>
  writeFileSync(`${name}.wav`, Buffer.concat([Buffer.alloc(44), Buffer.alloc(ms * 16, 0x7f)]));
const kept = () =>
  house.db
    .selectFrom("items as i")
    .innerJoin("voicemails as v", "v.item_id", "i.id")
    .select(["i.id", "i.kind", "i.queue_id", "i.caller", "v.length_ms", "v.peaks", "v.bytes", "v.file", "v.state"])
    .execute();
/** Looks again and again, as time goes on. */
const passing = <T>(what: string, look: () => Promise<T>) =>
  until(what, () => {
    clock.advance(1000);
    return look();
  });

it("a message that was finished is an item with its voice, locked, and nothing of it is left beside", async () => {
  keeper.start();
  const name = voiceAt(1);
  await box.begin(name, facts());
  speak(name, 3000);
  box.keep(name);
  const [one] = await passing("it is kept", async () => ((await kept()).length > 0 ? kept() : null));
  expect(one).toMatchObject({ kind: "voicemail", queue_id: sales, caller: "0551234567", length_ms: 3000 });
  expect(one?.peaks.every((peak) => peak > 250)).toBe(true);
  const read: Buffer[] = [];
  for await (const piece of recordings.read({ file: one?.file ?? "", bytes: one?.bytes ?? 0 }, 0, one?.bytes ?? 0)) {
    read.push(piece);
  }
  // Both sides, behind the head of a WAV file.
  expect(Buffer.concat(read)).toHaveLength(44 + 3000 * 32);
  await until("nothing is left", () => readdirSync(folder).length === 0);
});

it("whoever does not show his number has none, whatever his carrier calls him", async () => {
  keeper.start();
  await box.begin(voiceAt(1), { ...facts(), caller: "anonymous" });
  speak(voiceAt(1), 3000);
  box.keep(voiceAt(1));
  const [one] = await passing("it is kept", async () => ((await kept()).length > 0 ? kept() : null));
  expect(one?.caller).toBe("");
});

it("what is dropped is gone, and what somebody speaks into is left to him, however long he is silent", async () => {
  keeper.start();
  await box.begin(voiceAt(1), facts());
  speak(voiceAt(1), 1000);
  box.drop(voiceAt(1));
  await until("it is gone", () => readdirSync(folder).length === 0);
  await box.begin(voiceAt(2), facts());
  speak(voiceAt(2), 3000);
  clock.advance(3600_000);
  expect(await box.found()).toEqual([]);
});

it("of what a crash has left the long are messages and the short are none, once they are quiet", async () => {
  const [long, short, silent, open] = [voiceAt(1), voiceAt(2), voiceAt(3), voiceAt(4)];
  for (const name of [long, short, silent, open]) await box.begin(name, facts());
  speak(long, 2500);
  speak(short, 1500);
  speak(open, 2500);
  const spokenIn = new Date(clock.now().getTime() + 3600_000);
  utimesSync(`${open}.wav`, spokenIn, spokenIn);
  keeper = keeperOf(openMessageBox({ folder, log }));
  keeper.start();
  await passing("the long one is kept", async () => (await kept()).length === 1);
  await passing("the others are judged", async () => !existsSync(`${short}.json`) && !existsSync(`${silent}.json`));
  expect(readdirSync(folder).filter((file) => join(folder, file).startsWith(open))).toHaveLength(2);
  expect(await kept()).toHaveLength(1);
});

it("what cannot be kept is tried again, with an alarm when it lasts, and is kept once", async () => {
  let failures = 4;
  before = async () => {
    failures -= 1;
    if (failures > 0) throw new Error("the disk is full");
  };
  keeper.start();
  await box.begin(voiceAt(1), facts());
  speak(voiceAt(1), 3000);
  box.keep(voiceAt(1));
  await passing("it is kept", async () => (await kept()).length === 1);
  expect(alarms).toEqual(["Messages of callers cannot be kept and wait: the disk is full"]);
  await until("nothing is left", () => readdirSync(folder).length === 0);

  // We ended between writing it down and removing what the telephone system wrote.
  await keeper.stop();
  const again = openMessageBox({ folder, log });
  await again.begin(voiceAt(1), facts());
  speak(voiceAt(1), 3000);
  again.keep(voiceAt(1));
  keeper = keeperOf(again);
  keeper.start();
  await passing("nothing is left", async () => readdirSync(folder).length === 0);
  expect(await kept()).toHaveLength(1);
});

it("a voice goes when its time is over and somebody has worked it off; the item stays", async () => {
  keeper.start();
  for (const n of [1, 2]) {
    await box.begin(voiceAt(n), facts());
    speak(voiceAt(n), 3000);
    box.keep(voiceAt(n));
  }
  const [done, waiting] = await passing("they are kept", async () => ((await kept()).length === 2 ? kept() : null));
  const { anna } = house.staff;
  await house.db
    .updateTable("items")
    .set({ state: "done", done_at: clock.now(), done_by: anna })
    .where("id", "=", done?.id ?? 0)
    .execute();
  const retention = createVoicemailRetention({
    ...{ db: house.db, clock, log, folder: recordings, settings: { current: () => ({ voicemailRetentionDays: 30 }) } },
    alarm: async () => {},
  });
  const stateOf = async (id = 0) => (await kept()).find((one) => one.id === id)?.state;
  clock.advance(29 * 86_400_000);
  retention.start();
  clock.advance(6000);
  await retention.stop();
  expect(await stateOf(done?.id)).toBe("kept");
  clock.advance(2 * 86_400_000);
  retention.start();
  clock.advance(6000);
  await until("it is removed", async () => (await stateOf(done?.id)) === "removed");
  await retention.stop();
  expect(await stateOf(waiting?.id)).toBe("kept");
  expect(existsSync(join(home, "recordings", done?.file ?? ""))).toBe(false);
  expect(existsSync(join(home, "recordings", waiting?.file ?? ""))).toBe(true);
});

it("judges what is finished at once, and what is not when it has been quiet for ten seconds", () => {
  const now = new Date("2026-03-02T09:00:00Z");
  const one = (over: Partial<Parameters<typeof judgeMessage>[0]>, quietMs: number, finished = false) =>
    judgeMessage(
      {
        ...{ facts: { ...facts(), kept: finished }, path: "/x.wav", lengthMs: 3000 },
        changedAt: new Date(now.getTime() - quietMs),
        ...over,
      },
      now,
    );
  expect([one({}, 0, true), one({}, 9999), one({}, 10_000)]).toEqual(["item", "later", "item"]);
  expect([one({ lengthMs: 1999 }, 10_000), one({ path: null, lengthMs: 0 }, 10_000, true)]).toEqual([
    "nothing",
    "nothing",
  ]);
});
