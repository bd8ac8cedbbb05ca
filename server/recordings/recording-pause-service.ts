import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import type { RawRecording, Recorder } from "../recorder.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import type { Answer } from "../telephony.ts";
import type { RecordingKeeper } from "./recording-keeper.ts";
import { closePause, forgetPause, openPause, readPauses, reopenPause } from "./recording-pause-store.ts";

/**
 * Recordings of calls that go on: which calls are recorded, and pausing while the number of a card is said. A pause
 * lasts until somebody ends it, and never ends by itself: what is not recorded by mistake is a lesser harm than a
 * card's secret that is kept (PCI DSS 4.0, requirement 3.3). Whoever the call is passed on to sees it, and may end it.
 */
export interface RecordingPauseService {
  start(): Promise<void>;
  stop(): void;
  /** The link to the telephone system is up again: what is paused in the database is paused there. */
  reassert(): Promise<void>;
  /** How the call is recorded now; null: not. */
  of(linkedId: string): "on" | "paused" | null;
  pause(actor: Actor, legId: string): Promise<Refusal | undefined>;
  resume(actor: Actor, legId: string): Promise<Refusal | undefined>;
}

export function createRecordingPauseService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  recorder: Pick<Recorder, "callOf" | "mute">;
  keeper: Pick<RecordingKeeper, "raw" | "onChange">;
  /** Whose leg it is and whether it still goes on; null where there is none. */
  legOf: (legId: string) => { agentId: number | null; over: boolean } | null;
}): RecordingPauseService {
  const { db, clock, hub, log, recorder, keeper } = deps;
  let states = new Map<string, "on" | "paused">();
  let reading: Promise<void> = Promise.resolve();
  let unsubscribe = () => {};

  const read = async () => {
    const raw = keeper.raw();
    const pauses = await readPauses(
      db,
      raw.map(({ source }) => source),
    );
    const now = new Map<string, "on" | "paused">();
    // The newest of a call's is the one that goes on.
    for (const { linkedId, source } of raw) now.set(linkedId, pauses.get(source) === true ? "paused" : "on");
    const changed = [...new Set([...states.keys(), ...now.keys()])].filter((one) => states.get(one) !== now.get(one));
    states = now;
    for (const linkedId of changed) hub.publish({ type: "recording.changed", linkedId });
  };
  const refresh = () => {
    reading = reading
      .then(read)
      .catch((error: unknown) => log.warn({ err: error }, "it could not be read what is recorded now"));
    return reading;
  };

  /** The recording that the leg's call is in, while its channel is there. */
  const find = async (actor: Actor, legId: string): Promise<RawRecording | Refusal> => {
    const leg = deps.legOf(legId);
    if (leg === null || leg.agentId !== actor.staffId) {
      return new Refusal("call.unknown", "There is no such call on your telephone.");
    }
    if (leg.over) return new Refusal("call.gone", "This call is over.");
    try {
      // It may have been joined with another since it rang.
      const linkedId = await recorder.callOf(legId);
      if (linkedId === null) return new Refusal("call.gone", "This call is over.");
      for (const raw of keeper.raw().toReversed()) {
        if (raw.linkedId === linkedId && (await recorder.callOf(raw.channelId)) !== null) return raw;
      }
    } catch (error) {
      log.warn({ err: error, legId }, "a recording could not be found");
      return unavailable();
    }
    return new Refusal("recording.none", "This call is not recorded.");
  };

  const audit = (actor: Actor, action: string, raw: RawRecording, legId: string, why?: string) => {
    const facts = { legId, ...(why === undefined ? {} : { refused: why }) };
    return { actorId: actor.staffId, action, subject: `call ${raw.linkedId}`, facts, at: clock.now() };
  };

  return {
    async start() {
      unsubscribe = keeper.onChange(() => void refresh());
      await refresh();
    },
    stop: () => unsubscribe(),
    async reassert() {
      const raw = keeper.raw();
      const pauses = await readPauses(
        db,
        raw.map(({ source }) => source),
      );
      for (const { source, channelId } of raw) {
        const paused = pauses.get(source);
        if (paused === undefined) continue;
        const answer = await recorder.mute(channelId, paused);
        // Its channel may be gone: then there is nothing to pause.
        if (!answer.ok) log.info({ source, why: answer.why }, "a recording was not paused anew");
      }
      await refresh();
    },
    of: (linkedId) => states.get(linkedId) ?? null,
    async pause(actor, legId) {
      const raw = await find(actor, legId);
      if (raw instanceof Refusal) return raw;
      const at = clock.now();
      const pauseId = await inTransaction(db, async (tx) => {
        const id = await openPause(tx, { source: raw.source, legId, by: actor.staffId, at });
        if (id === null) return new Refusal("recording.paused", "The recording of this call is paused already.");
        await writeAudit(tx, audit(actor, "recording.pause", raw, legId));
        return id;
      });
      if (pauseId instanceof Refusal) return pauseId;
      const answer = await recorder.mute(raw.channelId, true);
      if (!answer.ok) {
        await forgetPause(db, pauseId);
        await writeAudit(db, audit(actor, "recording.pause", raw, legId, answer.why));
      }
      await refresh();
      return refusalOf(answer);
    },
    async resume(actor, legId) {
      const raw = await find(actor, legId);
      if (raw instanceof Refusal) return raw;
      const at = clock.now();
      const pauseId = await inTransaction(db, async (tx) => {
        const id = await closePause(tx, raw.source, actor.staffId, at);
        if (id === null) return new Refusal("recording.not-paused", "The recording of this call is not paused.");
        await writeAudit(tx, audit(actor, "recording.resume", raw, legId));
        return id;
      });
      if (pauseId instanceof Refusal) return pauseId;
      const answer = await recorder.mute(raw.channelId, false);
      if (!answer.ok) {
        await reopenPause(db, pauseId);
        await writeAudit(db, audit(actor, "recording.resume", raw, legId, answer.why));
      }
      await refresh();
      return refusalOf(answer);
    },
  };
}

const unavailable = () =>
  new Refusal("telephony.unavailable", "The telephone system cannot be reached. Calls go on; try again soon.");

function refusalOf(answer: Answer): Refusal | undefined {
  if (answer.ok) return undefined;
  if (answer.gone === true) return unavailable();
  return new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
}
