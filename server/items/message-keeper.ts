import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { EncoderProblem } from "../recordings/encoder.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import type { ItemMaker } from "./item-maker.ts";
import type { MessageBox, MessageFile } from "./message-box.ts";
import { writeBothSides } from "./message-voice.ts";
import { insertVoicemail, isVoicemailKept } from "./voicemail-store.ts";

/**
 * Makes items of messages: encodes and locks what was said, writes it down, and only then removes what the telephone
 * system wrote. What breaks off in between is done again; nothing is lost and nothing is kept twice.
 */
export interface MessageKeeper {
  start(): void;
  stop(): Promise<void>;
}

const LOOK_MS = 5000;
/** What a caller speaks into is written every two seconds at least; after this he has finished, or is gone. */
const QUIET_MS = 10_000;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 5 * 60_000;
/** After so many failures an encoder is not asked any more: it is kept as it was taken. */
const ENCODER_FAILURES = 2;
/** Before anybody is called: disks that are full for a moment, a database that restarts. */
const QUIET_FAILURES = 2;

interface Failing {
  times: number;
  encoder: number;
  notBefore: number;
}

/**
 * What becomes of a voice that nobody is at work on: `item`, `nothing`, or `later`, because it may be spoken into still.
 * One that was not finished is of a caller whose call went on without us. Pure.
 */
export function judgeMessage(one: Omit<MessageFile, "name">, now: Date): "item" | "nothing" | "later" {
  const { facts, lengthMs, changedAt, path } = one;
  if (facts.kept && path !== null) return "item";
  if (now.getTime() - changedAt.getTime() < QUIET_MS) return "later";
  return lengthMs >= Math.max(facts.leastMs, 1) ? "item" : "nothing";
}

export function createMessageKeeper(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  box: MessageBox;
  folder: Pick<RecordingFolder, "keep">;
  maker: ItemMaker;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): MessageKeeper {
  const { db, clock, log, box, folder, maker } = deps;
  const failing = new Map<string, Failing>();
  let stopped = true;
  let cancel = () => {};
  let unsubscribe = () => {};
  let working: Promise<void> | null = null;
  let again = false;
  let told = "";

  const keep = async ({ name, facts, path }: MessageFile) => {
    const source = basename(name);
    if (path !== null && !(await isVoicemailKept(db, source))) {
      const raw = `${name}.raw`;
      await writeBothSides(path, raw);
      const { size, mtime } = await stat(raw);
      const failures = failing.get(name)?.encoder ?? 0;
      const voice = { source, path: raw, bytes: size, changedAt: mtime };
      const kept = await folder.keep(voice, failures >= ENCODER_FAILURES ? "wav" : "mp3");
      const { queueId, ownerId, linkedId } = facts;
      // Who does not show a number may be called anything by his carrier.
      const caller = /[0-9]/.test(facts.caller) ? facts.caller : "";
      const since = new Date(facts.since);
      const wish = { queueId, ownerId, linkedId, caller, since, number: caller, wantedAt: null };
      await maker.make({ kind: "voicemail", ...wish }, (tx, itemId) =>
        insertVoicemail(tx, { ...kept, itemId, source, at: clock.now() }),
      );
    }
    await box.remove(name);
  };

  const look = async () => {
    let why = "";
    const found = await box.found();
    for (const name of failing.keys()) if (!found.some((one) => one.name === name)) failing.delete(name);
    for (const one of found) {
      const before = failing.get(one.name);
      if (stopped) return;
      if (before !== undefined && clock.now().getTime() < before.notBefore) continue;
      try {
        const judged = judgeMessage(one, clock.now());
        if (judged === "item") await keep(one);
        else if (judged === "nothing") await box.remove(one.name);
        if (judged !== "later") failing.delete(one.name);
      } catch (error) {
        const times = (before?.times ?? 0) + 1;
        const encoder = (before?.encoder ?? 0) + (error instanceof EncoderProblem ? 1 : 0);
        const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (times - 1), LONGEST_RETRY_MS);
        failing.set(one.name, { times, encoder, notBefore: clock.now().getTime() + waitMs });
        log.warn({ err: error, source: basename(one.name), times }, "a message could not be kept; it is tried again");
        if (times > QUIET_FAILURES) why = error instanceof Error ? error.message : String(error);
      }
    }
    await tell(why);
  };
  /** What was said is said again only with other words, or after it was better. */
  const tell = async (why: string) => {
    const stuck = [...failing.values()].filter(({ times }) => times > QUIET_FAILURES).length;
    if (stuck === 0) told = "";
    if (why === "" || why === told) return;
    const words = `Messages of callers cannot be kept and wait: ${why}`;
    await deps.alarm({ subject: "messages kept", kind: "Messages cannot be kept", words, times: stuck });
    told = why;
  };

  const run = () => {
    cancel();
    if (stopped) return;
    if (working !== null) {
      again = true;
      return;
    }
    again = false;
    working = look()
      .catch((err: unknown) => log.warn({ err }, "messages could not be looked for; it is tried again"))
      .finally(() => {
        working = null;
        if (again) run();
        else if (!stopped) cancel = clock.after(LOOK_MS, run);
      });
  };

  return {
    start() {
      stopped = false;
      unsubscribe = box.onKept(run);
      run();
    },
    async stop() {
      stopped = true;
      cancel();
      unsubscribe();
      await working;
    },
  };
}
