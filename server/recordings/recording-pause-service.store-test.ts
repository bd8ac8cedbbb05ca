import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import { memoryHub } from "../hub.ts";
import type { RawRecording } from "../recorder.ts";
import { Refusal } from "../refusal.ts";
import type { Answer } from "../telephony.ts";
import { createRecordingPauseService, type RecordingPauseService } from "./recording-pause-service.ts";

const NOW = new Date("2026-03-02T08:00:00Z");
const legId = "n-1772438000.2";
const raw: RawRecording = {
  ...{ source: "n-1772438000.1_n-1772438000.1_q1_1", linkedId: "n-1772438000.1", channelId: "n-1772438000.1" },
  ...{ queueId: 1, path: "", bytes: 64_000, changedAt: NOW },
};

let house: CallHouse;
let pauses: RecordingPauseService;
/** What the telephone system was told, and what it answers next; what it does, it does also where its answer is lost. */
let told: boolean[];
let answers: Answer[];
let anna: { staffId: number; role: "agent" };

beforeAll(async () => {
  house = await callHouse();
  anna = { staffId: house.staff.anna, role: "agent" };
});
afterAll(() => house?.end());
beforeEach(async () => {
  await house.db.deleteFrom("recording_pauses").execute();
  [told, answers] = [[], []];
  pauses = createRecordingPauseService({
    ...{ db: house.db, clock: handClock(NOW), hub: memoryHub(() => {}), log: house.deps.log },
    recorder: {
      standing: async () => ({ linkedId: raw.linkedId, source: raw.source }),
      async mute(_, muted) {
        const answer = answers.shift() ?? { ok: true };
        if (answer.ok || answer.gone === true) told.push(muted);
        return answer;
      },
    },
    keeper: { raw: () => [raw], onChange: () => () => {} },
    legOf: () => ({ agentId: anna.staffId, over: false }),
  });
});

const LOST: Answer = { ok: false, why: "the link is gone", gone: true };
const written = () =>
  house.db.selectFrom("recording_pauses").select(["paused_at", "resumed_at"]).orderBy("id").execute();
const codeOf = (answer: Refusal | undefined) => (answer instanceof Refusal ? answer.code : "done");

test("a pause whose answer is lost is none, and the telephone system is told so again", async () => {
  answers = [LOST];
  expect(codeOf(await pauses.pause(anna, legId))).toBe("telephony.unavailable");
  expect(told).toEqual([true, false]);
  answers = [LOST, LOST];
  await pauses.pause(anna, legId);
  await pauses.reassert();
  expect(told.at(-1)).toBe(false);
  expect(await written()).toEqual(Array(2).fill({ paused_at: NOW, resumed_at: NOW }));
  expect(codeOf(await pauses.pause(anna, legId))).toBe("done");
});

test("going on whose answer is lost goes on being paused, and the telephone system is told so again", async () => {
  await pauses.pause(anna, legId);
  answers = [LOST];
  expect(codeOf(await pauses.resume(anna, legId))).toBe("telephony.unavailable");
  expect(told).toEqual([true, false, true]);
  expect(await written()).toEqual([{ paused_at: NOW, resumed_at: null }]);
  expect(codeOf(await pauses.resume(anna, legId))).toBe("done");
});

test("a pause that is refused leaves nothing behind, and one is one however often it is asked for", async () => {
  answers = [{ ok: false, why: "no such channel" }];
  expect(codeOf(await pauses.pause(anna, legId))).toBe("telephony.refused");
  expect([told, await written()]).toEqual([[], []]);
  const both = await Promise.all([pauses.pause(anna, legId), pauses.pause(anna, legId)]);
  expect(both.map(codeOf).sort()).toEqual(["done", "recording.paused"]);
});
