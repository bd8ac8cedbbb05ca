import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { JournalLanguage } from "../journal.ts";
import type { Log } from "../log.ts";
import type { RawRecording, Recorder } from "../recorder.ts";
import { EncoderProblem } from "./encoder.ts";
import { endOfParts, isToldToItsEnd, recordedParts } from "./recorded-parts.ts";
import type { RecordingFolder } from "./recording-folder.ts";
import { insertRecording, isKept, readFactsOf } from "./recording-store.ts";

/**
 * Takes recordings whose call is over: encodes and locks them, writes them down, and only then removes what Asterisk
 * wrote. What breaks off in between is done again; nothing is lost and nothing is kept twice.
 */
export interface RecordingKeeper {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Those that are being made now, or wait to be taken. */
  raw(): readonly RawRecording[];
  /** Told when a recording begins or ends. The answer ends it. */
  onChange(listener: () => void): () => void;
}

const LOOK_MS = 2000;
/** Names come and go in crowds; one look is for all of them. */
const GATHER_MS = 100;
/** Something that was written so lately is being written still. */
const QUIET_MS = 1000;
/** Longer than any journal lags: then a recording is kept with what is known of its call. */
const JOURNAL_MS = 10 * 60_000;
const AT_ONCE = 2;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 5 * 60_000;
/** After so many failures an encoder is not asked any more: it is kept as it was recorded. */
const ENCODER_FAILURES = 2;
/** Before anybody is called: disks that are full for a moment, a database that restarts. */
const QUIET_FAILURES = 2;
/** Voice of half a day on a small floor; below that somebody has to come. */
const LEAST_FREE = 1024 ** 3;

const KEEPING = "recordings kept";

interface Failing {
  times: number;
  /** How often of these the encoder did. A disk that is full has no room for what is eight times as long. */
  encoder: number;
  notBefore: number;
}

export function createRecordingKeeper(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  recorder: Recorder;
  folder: RecordingFolder;
  language: JournalLanguage;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): RecordingKeeper {
  const { db, clock, log, recorder, folder, language } = deps;
  const failing = new Map<string, Failing>();
  const listeners = new Set<() => void>();
  let found: RawRecording[] = [];
  let names = "";
  let alarmed = new Map<string, string>();
  let stopped = true;
  let cancel = () => {};
  let stops: (() => void)[] = [];
  let looking: Promise<void> | null = null;
  let working: Promise<void> | null = null;

  const take = async (seen: RawRecording): Promise<"taken" | "later"> => {
    // While it cannot be asked, whoever is told of links tells of that.
    const goesOn = await recorder.standing(seen.channelId).catch(() => "unknown");
    if (goesOn !== null) return "later";
    // Behind others it may have waited for longer than the rest of its call: only now is all of it there.
    const raw = await recorder.again(seen);
    if (raw === null) return "taken";
    if (clock.now().getTime() - raw.changedAt.getTime() < QUIET_MS) return "later";
    if (raw.bytes === 0 || (await isKept(db, raw.source))) {
      // Nobody talked; or we ended between writing it down and removing it.
      await folder.removeRaw(raw);
      return "taken";
    }
    const waitedMs = clock.now().getTime() - raw.changedAt.getTime();
    const facts = await readFactsOf(db, raw, language);
    if (!isToldToItsEnd(facts, raw.channelId) && waitedMs < JOURNAL_MS) return "later";
    const failures = failing.get(raw.source)?.encoder ?? 0;
    const kept = await folder.keep(raw, failures >= ENCODER_FAILURES ? "wav" : "mp3");
    const { source, linkedId, channelId, queueId } = raw;
    const began = new Date(raw.changedAt.getTime() - kept.lengthMs);
    const parts = recordedParts(facts, { source, channelId, lengthMs: kept.lengthMs }, began);
    const startedAt = new Date(parts[0]?.startedAt ?? began);
    const call = { source, linkedId, channelId, queueId, startedAt, endedAt: endOfParts(parts), parts };
    await insertRecording(db, { ...call, ...kept });
    await folder.removeRaw(raw);
    return "taken";
  };

  const takeSafely = async (raw: RawRecording): Promise<string | null> => {
    try {
      if ((await take(raw)) === "taken") failing.delete(raw.source);
      return null;
    } catch (error) {
      const before = failing.get(raw.source);
      const times = (before?.times ?? 0) + 1;
      const encoder = (before?.encoder ?? 0) + (error instanceof EncoderProblem ? 1 : 0);
      const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (times - 1), LONGEST_RETRY_MS);
      failing.set(raw.source, { times, encoder, notBefore: clock.now().getTime() + waitMs });
      log.warn({ err: error, source: raw.source, times }, "a recording could not be kept; it is tried again");
      return times > QUIET_FAILURES ? (error instanceof Error ? error.message : String(error)) : null;
    }
  };

  /** What lies there; quick, so that people see at once that they are recorded. */
  const look = async (): Promise<{ strangers: string[] }> => {
    const { recordings, strangers } = await recorder.raw();
    found = recordings;
    const now = recordings.map(({ source }) => source).join();
    if (now !== names) {
      names = now;
      for (const listener of listeners) listener();
    }
    for (const source of failing.keys()) if (!recordings.some((one) => one.source === source)) failing.delete(source);
    return { strangers };
  };

  /** Takes all that is ready, a few at a time; answers why one could not be. */
  const takeReady = async (): Promise<string | null> => {
    const at = clock.now().getTime();
    const ready = found.filter(
      ({ source, changedAt }) =>
        at - changedAt.getTime() >= QUIET_MS && at >= (failing.get(source)?.notBefore ?? Number.NEGATIVE_INFINITY),
    );
    let why: string | null = null;
    const next = ready.values();
    const one = async () => {
      for (const raw of next) {
        if (stopped) return;
        why = (await takeSafely(raw)) ?? why;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    return why;
  };

  /** What people have to know. What was said is said again only with other words, or after it was better. */
  const warn = async (why: string | null, strangers: readonly string[]) => {
    const raised = new Map<string, string>();
    const alarm = async (subject: string, kind: string, words: string, times: number) => {
      raised.set(subject, words);
      if (alarmed.get(subject) !== words) await deps.alarm({ subject, kind, words, times });
    };
    const stuck = [...failing.values()].filter(({ times }) => times > QUIET_FAILURES).length;
    const before = alarmed.get(KEEPING);
    if (why !== null) {
      const words = `Recordings cannot be kept and wait in recordings/inbox: ${why}`;
      await alarm(KEEPING, "Recordings cannot be kept", words, stuck);
    } else if (stuck > 0 && before !== undefined) raised.set(KEEPING, before);
    if (strangers.length > 0) {
      const words = `Files in recordings/inbox are no recordings and are left alone: ${strangers.slice(0, 3).join(", ")}`;
      await alarm("recordings strangers", "Unknown files among recordings", words, strangers.length);
    }
    if (found.length > 0 && (await folder.free()) < LEAST_FREE) {
      const words = "The disk of recordings has less than 1 GB left. When it is full, calls go on unrecorded.";
      await alarm("recordings disk", "The disk of recordings is nearly full", words, 1);
    }
    alarmed = raised;
  };

  const work = async (strangers: readonly string[]) => {
    const why = await takeReady();
    await warn(why, strangers);
  };

  const later = (ms: number) => {
    cancel();
    if (!stopped) cancel = clock.after(ms, run);
  };
  const failed = (error: unknown) => log.warn({ err: error }, "recordings could not be looked for; it is tried again");
  const run = () => {
    if (looking !== null) return; // its end asks for the next
    looking = look()
      .then(({ strangers }) => {
        // An hour of voice takes a while: meanwhile is looked on, and taken no more.
        working ??= work(strangers)
          .catch(failed)
          .finally(() => {
            working = null;
          });
      }, failed)
      .finally(() => {
        looking = null;
        later(LOOK_MS);
      });
  };

  return {
    async start() {
      stopped = false;
      await folder.tidy();
      stops = [recorder.watch(() => later(GATHER_MS))];
      later(0);
    },
    async stop() {
      stopped = true;
      cancel();
      for (const stop of stops.splice(0)) stop();
      await looking;
      await working;
    },
    raw: () => found,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
