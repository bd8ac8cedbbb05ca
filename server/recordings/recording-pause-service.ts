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
  /** The legs of those who talk, and the call that each is in. */
  const talkers = new Map<string, string>();
  /** Under which of them those are that are recorded. */
  const sources = new Map<string, string>();
  /** The call that a recording is of by now, where its channel was handed over into another. */
  const handedInto = new Map<string, string>();
  let known = new Set<string>();
  let reading: Promise<void> = Promise.resolve();
  let stops: (() => void)[] = [];

  const callOf = (raw: RawRecording) => handedInto.get(raw.source) ?? raw.linkedId;
  /** The newest of this call, whatever it was begun in. */
  const ofCall = (linkedId: string) =>
    keeper
      .raw()
      .filter((raw) => callOf(raw) === linkedId)
      .reverse();
  /** The one under which the call is recorded now: another may have ended, in a queue that records nothing. */
  const currentOf = async (linkedId: string): Promise<RawRecording | null> => {
    for (const raw of ofCall(linkedId)) {
      const standing = await recorder.standing(raw.channelId);
      if (standing?.source === raw.source) return raw;
    }
    return null;
  };
  /** A call in which nobody talks any more. One that is recorded is forgotten when its file is gone. */
  const forget = (linkedId: string) => {
    if (states.get(linkedId) === null && ![...talkers.values()].includes(linkedId)) states.delete(linkedId);
  };
  const read = async (linkedId: string) => {
    const raw = await currentOf(linkedId);
    const paused = raw !== null && (await readPauses(db, [raw.source])).get(raw.source) === true;
    const now = raw === null ? null : paused ? "paused" : "on";
    if (!states.has(linkedId) || states.get(linkedId) === now) return;
    states.set(linkedId, now);
    if (raw === null) sources.delete(linkedId);
    else sources.set(linkedId, raw.source);
    hub.publish({ type: "recording.changed", linkedId });
    forget(linkedId);
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
  /** Asks in which calls these are now: a channel that is handed over into an older call is of that from then on. */
  const follow = async (raw: readonly RawRecording[]) => {
    const changed = new Set<string>();
    for (const one of raw) {
      const standing = await recorder.standing(one.channelId);
      const before = callOf(one);
      if (standing?.source !== one.source || standing.linkedId === before) continue;
      handedInto.set(one.source, standing.linkedId);
      changed.add(before).add(standing.linkedId);
    }
    await refresh(changed);
  };
  const followSafely = (raw: readonly RawRecording[]) => {
    follow(raw).catch((error: unknown) => log.warn({ err: error }, "it could not be read who is recorded"));
  };
  /** A file that came or went. */
  const filesChanged = () => {
    const raw = keeper.raw();
    const fresh = raw.filter(({ source }) => !known.has(source));
    known = new Set(raw.map(({ source }) => source));
    for (const source of handedInto.keys()) if (!known.has(source)) handedInto.delete(source);
    for (const [linkedId, source] of sources) {
      if (known.has(source)) continue;
      sources.delete(linkedId);
      states.set(linkedId, null);
      forget(linkedId);
    }
    muteAsWritten(fresh).catch((error: unknown) => log.warn({ err: error }, "pauses could not be read"));
    void refresh(new Set(fresh.map(({ linkedId }) => linkedId)));
    // A file is seen a moment after it was begun: by then its call may have been joined with an older one.
    followSafely(fresh);
  };
  /** Nobody of ours talks in it any more: whoever is recorded hangs up, waits, or was handed over into another call. */
  const left = (linkedId: string) => {
    if (![...talkers.values()].includes(linkedId)) followSafely(ofCall(linkedId));
  };
  const heard = (news: News) => {
    if (news.type === "call.folded") left(news.linkedId);
    if (news.type !== "leg.changed") return;
    const { legId, linkedId, state } = news.leg;
    const before = talkers.get(legId) ?? linkedId;
    if (state === "talking") talkers.set(legId, linkedId);
    else if (state === "ended") talkers.delete(legId);
    forget(before);
    if (state === "ended") left(before);
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
      // By the name that the call has by now.
      if (raw !== null) return { ...raw, linkedId: standing.linkedId };
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
      await follow(keeper.raw());
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
