import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse } from "../../test/call-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { type Hub, memoryHub } from "../hub.ts";
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
/** What the call is named now. */
let linkedId: string;
/** How often it was asked for. */
let asked: number;
let hub: Hub;
let anna: { staffId: number; role: "agent" };

beforeAll(async () => {
  house = await callHouse();
  anna = { staffId: house.staff.anna, role: "agent" };
});
afterAll(() => house?.end());
beforeEach(async () => {
  await house.db.deleteFrom("recording_pauses").execute();
  [told, answers, linkedId, asked] = [[], [], raw.linkedId, 0];
  hub = memoryHub(() => {});
  pauses = createRecordingPauseService({
    ...{ db: house.db, clock: handClock(NOW), hub, log: house.deps.log },
    recorder: {
      standing: async () => {
        asked += 1;
        return { linkedId, source: raw.source };
      },
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

/** His telephone talks, or hangs up, in a call of that name. */
const talks = (inCall: string, leg = legId) => tellOf(leg, inCall, "talking");
const tellOf = (ofLeg: string, inCall: string, state: "talking" | "ended") => {
  const now = NOW.toISOString();
  const leg = {
    ...{
      legId: ofLeg,
      linkedId: inCall,
      telephoneId: house.staff.desk11,
      number: "1",
      name: "",
      contact: null,
      hand: null,
    },
    ...{ type: "internal" as const, state, queue: null },
    ...{ startedAt: now, answeredAt: now, endedAt: null },
  };
  hub.publish({ type: "leg.changed", agentId: anna.staffId, leg });
};
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

test("who is handed over into an older call is recorded there too, is shown to be, and can be paused", async () => {
  const [older, transferrer] = ["n-1772437000.0", "n-1772438000.0"];
  pauses.start();
  talks(older);
  talks(raw.linkedId, transferrer);
  await until("it is known of the first", () => pauses.of(raw.linkedId) === "on");
  expect(pauses.of(older)).toBeNull();
  linkedId = older;
  tellOf(transferrer, raw.linkedId, "ended");
  await until("it is known", () => pauses.of(older) === "on");
  expect(codeOf(await pauses.pause(anna, legId))).toBe("done");
  expect([pauses.of(older), pauses.of(raw.linkedId), told]).toEqual(["paused", null, [true]]);
  pauses.stop();
});

test("where the telephones say nothing of it, the end of the first call in the journal does, or the next link", async () => {
  const older = "n-1772437000.0";
  pauses.start();
  talks(older);
  await pauses.reassert();
  expect(pauses.of(older)).toBeNull();
  linkedId = older;
  hub.publish({ type: "call.folded", linkedId: raw.linkedId });
  await until("it is known", () => pauses.of(older) === "on");
  linkedId = "n-1772436000.0";
  talks(linkedId);
  await pauses.reassert();
  expect([pauses.of(older), pauses.of(linkedId)]).toEqual([null, "on"]);
  pauses.stop();
});

test("nobody is asked of the recordings of other calls, however often a call is told of", async () => {
  const other = "n-1772437000.0";
  pauses.start();
  for (let times = 0; times < 3; times += 1) {
    talks(other);
    hub.publish({ type: "call.folded", linkedId: other });
  }
  tellOf(legId, other, "ended");
  // What is asked of its own comes after all that.
  talks(raw.linkedId);
  await until("it is known", () => pauses.of(raw.linkedId) === "on");
  expect(asked).toBe(1);
  pauses.stop();
});
