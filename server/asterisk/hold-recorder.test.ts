import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { factsOf } from "../../test/journal-fixture.ts";
import { systemClock } from "../clock.ts";
import { openLog } from "../log.ts";
import type { LegStarted } from "../telephony.ts";
import { createHoldRecorder, type HoldRecorder } from "./hold-recorder.ts";

let home: string;
let file: string;
let recorder: HoldRecorder;
const at = (second: number) => new Date(1_795_348_320_000 + second * 1000);
const leg: LegStarted = {
  ...{ channelId: "node1-1.2", linkedId: "node1-1.1", endpoint: "desk1", direction: "to-telephone" },
  ...{ other: { number: "0551", name: "" }, queueId: null, outside: true, at: at(0) },
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "perch-hold-"));
  file = join(home, "new", "hold.jsonl");
  recorder = createHoldRecorder({ file, clock: systemClock, log: openLog({ level: "silent" }) });
});
afterEach(() => rmSync(home, { recursive: true }));

const written = () => factsOf(readFileSync(file, { encoding: "utf8", flag: "a+" }).split("\n").filter(Boolean));

test("writes hold and its end, and with the leg's end since when it was listened to", () => {
  recorder.onEvent({ type: "leg.started", leg });
  recorder.onEvent({ type: "leg.held", channelId: leg.channelId, held: true, at: at(5) });
  recorder.onEvent({ type: "leg.held", channelId: leg.channelId, held: false, at: at(9) });
  recorder.onEvent({ type: "leg.ended", channelId: leg.channelId, at: at(20) });
  const from = String(at(0).getTime() * 1000);
  expect(written().map(({ kind, linkedId, extra }) => [kind, linkedId, extra.from])).toEqual([
    ["hold", leg.linkedId, undefined],
    ["unhold", leg.linkedId, undefined],
    ["listened", leg.linkedId, from],
  ]);
});

test("claims nothing of a leg whose link broke, and for one that is found again only from then on", () => {
  recorder.onEvent({ type: "leg.started", leg });
  recorder.onEvent({ type: "link.down", why: "test" });
  recorder.onEvent({ type: "leg.ended", channelId: leg.channelId, at: at(20) });
  expect(written()).toEqual([]);
  recorder.onLegsFound([{ ...leg, answeredAt: at(1), held: false }]);
  recorder.onEvent({ type: "leg.ended", channelId: leg.channelId, at: at(20) });
  expect(Number(written()[0]?.extra.from)).toBeGreaterThan(at(0).getTime() * 1000 - 1);
  expect(written()).toMatchObject([{ kind: "listened" }]);
});

test("writes since when the telephone system runs, at every link", () => {
  recorder.onEvent({ type: "link.up" });
  recorder.onEvent({ type: "link.up", startedAt: at(3) });
  expect(written()).toMatchObject([{ kind: "restart", linkedId: "", atUs: at(3).getTime() * 1000 }]);
});
