import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub, News } from "../hub.ts";
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
  start(): void;
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
  recorder: Pick<Recorder, "standing" | "mute">;
  keeper: Pick<RecordingKeeper, "raw" | "onChange">;
  /** Whose leg it is and whether it still goes on; null where there is none. */
  legOf: (legId: string) => { agentId: number | null; over: boolean } | null;
}): RecordingPauseService {
  const { db, clock, hub, log, recorder, keeper } = deps;
  /** Of calls in which somebody talks; nothing is recorded before. */
  const states = new Map<string, "on" | "paused" | null>();
  let known = new Set<string>();
  let reading: Promise<void> = Promise.resolve();
  let stops: (() => void)[] = [];

  /** The one under which the call is recorded now: another may have ended, in a queue that records nothing. */
  const currentOf = async (linkedId: string): Promise<RawRecording | null> => {
    for (const raw of keeper.raw().toReversed()) {
      if (raw.linkedId === linkedId && (await recorder.standing(raw.channelId))?.source === raw.source) return raw;
    }
    return null;
  };
  const read = async (linkedId: string) => {
    const raw = await currentOf(linkedId);
    const paused = raw !== null && (await readPauses(db, [raw.source])).get(raw.source) === true;
    const now = raw === null ? null : paused ? "paused" : "on";
    if (!states.has(linkedId) || states.get(linkedId) === now) return;
    states.set(linkedId, now);
    hub.publish({ type: "recording.changed", linkedId });
  };
  const refresh = (linkedIds: Iterable<string>) => {
    for (const linkedId of linkedIds) {
      reading = reading
        .then(() => read(linkedId))
        .catch((error: unknown) => log.warn({ err: error, linkedId }, "it could not be read how a call is recorded"));
    }
    return reading;
  };
  /** We may have ended between writing a pause down and telling of it. */
  const muteAsWritten = async (raw: readonly RawRecording[]) => {
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
  };
  /** An answer that was lost may have been a yes. It is said again as it is written, now and with the next link. */
  const undo = async (raw: RawRecording, answer: Answer) => {
    if (!answer.ok && answer.gone === true) await muteAsWritten([raw]);
  };
  /** A file that came or went. */
  const filesChanged = () => {
    const raw = keeper.raw();
    const fresh = raw.filter(({ source }) => !known.has(source));
    known = new Set(raw.map(({ source }) => source));
    for (const [linkedId, state] of states) {
      if (state !== null && !raw.some((one) => one.linkedId === linkedId)) states.delete(linkedId);
    }
    muteAsWritten(fresh).catch((error: unknown) => log.warn({ err: error }, "pauses could not be read"));
    void refresh(new Set(fresh.map(({ linkedId }) => linkedId)));
  };
  const heard = (news: News) => {
    if (news.type !== "leg.changed") return;
    const { linkedId, state } = news.leg;
    // Somebody else may go on talking in a call that is recorded; it is forgotten when its file is gone.
    if (state === "ended" && states.get(linkedId) === null) states.delete(linkedId);
    if (state !== "talking") return;
    if (!states.has(linkedId)) states.set(linkedId, null);
    void refresh([linkedId]);
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
      const standing = await recorder.standing(legId);
      if (standing === null) return new Refusal("call.gone", "This call is over.");
      const raw = await currentOf(standing.linkedId);
      if (raw !== null) return raw;
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
    start() {
      stops = [keeper.onChange(filesChanged), hub.subscribe(heard)];
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
    async reassert() {
      await muteAsWritten(keeper.raw());
      await refresh([...states.keys()]);
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
        if (answer.gone === true) await closePause(db, raw.source, actor.staffId, at);
        else await forgetPause(db, pauseId);
        await writeAudit(db, audit(actor, "recording.pause", raw, legId, answer.why));
        await undo(raw, answer);
      }
      await refresh([raw.linkedId]);
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
        await undo(raw, answer);
      }
      await refresh([raw.linkedId]);
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
