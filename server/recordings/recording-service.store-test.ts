import { afterAll, beforeAll, expect, test } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import { Refusal } from "../refusal.ts";
import { LockedFileProblem } from "./locked-file.ts";
import { createRecordingService, type RecordingService } from "./recording-service.ts";
import { condemnRecording, insertRecording } from "./recording-store.ts";

const NOW = new Date("2026-03-02T08:00:00Z");
const linkedId = "n-1772438000.1";
const ASKED = { range: undefined, ifRange: undefined, download: false };

let house: CallHouse;
let recordings: RecordingService;
let alarms: string[];
let carla: { staffId: number; role: "supervisor" };
/** Done just before its file is opened. */
let meanwhile: () => Promise<unknown>;

beforeAll(async () => {
  house = await callHouse();
  carla = { staffId: house.staff.carla, role: "supervisor" };
  alarms = [];
  recordings = createRecordingService({
    ...{ db: house.db, clock: handClock(NOW), settings: { current: () => ({ agentsHearOwnCalls: false }) } },
    folder: {
      // biome-ignore lint/correctness/useYield: it fails before its first piece
      async *read() {
        await meanwhile();
        throw new LockedFileProblem("its file is not there any more");
      },
    },
    retention: { removeCondemned: async () => {} },
    alarm: async ({ words }) => void alarms.push(words),
  });
});
afterAll(() => house?.end());

const kept = async (source: string): Promise<number> => {
  await insertRecording(house.db, {
    ...{ source, linkedId, channelId: linkedId, queueId: null, startedAt: NOW, endedAt: NOW, lengthMs: 0, parts: [] },
    ...{ peaks: Buffer.alloc(2), format: "mp3", bytes: 100, file: source, sha256: Buffer.from("a"), keyId: "k" },
  });
  const row = await house.db.selectFrom("recordings").where("source", "=", source).select("id").executeTakeFirst();
  return row?.id ?? 0;
};
const played = async (id: number) => {
  const answer = await recordings.audio(carla, id, ASKED);
  return answer instanceof Refusal ? answer.code : "played";
};

test("one that is removed in the moment in which it is played is gone, and nobody is called", async () => {
  const id = await kept("one");
  meanwhile = () => condemnRecording(house.db, id, carla.staffId, NOW);
  expect(await played(id)).toBe("recording.removed");
  expect(alarms).toEqual([]);
});

test("one whose file is not there although nobody removed it is damaged, and people are told", async () => {
  const id = await kept("other");
  meanwhile = async () => {};
  expect(await played(id)).toBe("recording.damaged");
  expect(alarms).toEqual([expect.stringContaining("not there any more")]);
  expect(await recordings.get(carla, id)).toMatchObject({ state: "damaged" });
});
