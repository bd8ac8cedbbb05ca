import type { RecordingComment, RecordingCommentBody, RecordingDetails, RecordingRow } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import { type Actor, may } from "../staff/permission.ts";
import { type Audio, type AudioAsked, openAudio } from "./locked-audio.ts";
import type { LockedFileProblem } from "./locked-file.ts";
import { createPlayMemory } from "./play-memory.ts";
import type { RecordingFolder } from "./recording-folder.ts";
import { insertComment, rateRecording, removeComment } from "./recording-judgement-store.ts";
import { findRecording, findRecordingFile, listRecordings, type RecordingFilter } from "./recording-list.ts";
import type { RecordingRetention } from "./recording-retention.ts";
import { condemnRecording, markDamaged } from "./recording-store.ts";

/** Recordings as people ask for them. Who may not hear one is told that there is none. */
export interface RecordingService {
  list(
    actor: Actor,
    filter: Omit<RecordingFilter, "of">,
  ): Promise<{ rows: RecordingRow[]; next: { startedMs: number; id: number } | null } | Refusal>;
  get(actor: Actor, id: number): Promise<RecordingDetails | Refusal>;
  /** Every play and every download is in the audit log before a byte of it is sent. */
  audio(actor: Actor, id: number, asked: AudioAsked): Promise<Audio | Refusal>;
  /** Null takes one's own rating back. */
  rate(actor: Actor, id: number, rating: number | null): Promise<RecordingDetails | Refusal>;
  comment(actor: Actor, id: number, body: RecordingCommentBody): Promise<RecordingComment[] | Refusal>;
  /** One's own; an administrator any. */
  removeComment(actor: Actor, id: number, commentId: number): Promise<RecordingComment[] | Refusal>;
  remove(actor: Actor, id: number): Promise<Refusal | undefined>;
}

const unknown = (id: number) => new Refusal("not-found", `There is no recording ${id}.`);

export function createRecordingService(deps: {
  db: Database;
  clock: Clock;
  folder: Pick<RecordingFolder, "read">;
  retention: Pick<RecordingRetention, "removeCondemned">;
  settings: { current(): { agentsHearOwnCalls: boolean } };
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): RecordingService {
  const { db, clock, folder } = deps;
  const plays = createPlayMemory(clock);

  /** Whose calls he may hear: null is everybody's. */
  const reach = (actor: Actor): number | null | Refusal => {
    if (actor.role !== "agent") return null;
    if (deps.settings.current().agentsHearOwnCalls) return actor.staffId;
    return new Refusal("not-permitted", "This house does not let agents hear recordings.");
  };

  const get = async (actor: Actor, id: number) => {
    const of = reach(actor);
    return of instanceof Refusal ? of : ((await findRecording(db, id, of)) ?? unknown(id));
  };

  const audit = (actor: Actor, action: string, id: number, facts: Record<string, unknown> = {}) =>
    writeAudit(db, { actorId: actor.staffId, action, subject: `recording ${id}`, facts, at: clock.now() });

  const removed = (removedAt: Date) =>
    new Refusal("recording.removed", "This recording has been removed.", { removedAt: removedAt.toISOString() });

  const damaged = async (id: number, problem: LockedFileProblem) => {
    // Removed in this moment, its file is not there: that is no damage.
    const removedAt = (await findRecordingFile(db, id, null))?.removedAt ?? null;
    if (removedAt !== null) return removed(removedAt);
    await markDamaged(db, id);
    const words = `Recording ${id} cannot be played: ${problem.message}.`;
    await deps.alarm({ subject: `recording ${id}`, kind: "A recording is damaged", words, times: 1 });
    return new Refusal("recording.damaged", words);
  };

  const comments = async (actor: Actor, id: number) => {
    const read = await get(actor, id);
    return read instanceof Refusal ? read : read.remarks;
  };

  return {
    async list(actor, filter) {
      const of = reach(actor);
      return of instanceof Refusal ? of : listRecordings(db, { ...filter, of });
    },
    get,
    async audio(actor, id, asked) {
      const of = reach(actor);
      if (of instanceof Refusal) return of;
      const found = await findRecordingFile(db, id, of);
      if (found === null) return unknown(id);
      if (found.removedAt !== null) return removed(found.removedAt);
      const details = await findRecording(db, id, of);
      if (details === null) return unknown(id);
      const { fileName } = details;
      return openAudio(folder, { ...found, fileName }, asked, {
        async before() {
          if (asked.download) await audit(actor, "recording.download", id);
          else {
            await plays.note(actor.staffId, `recording ${id}`, async (isNew) => {
              if (isNew) await audit(actor, "recording.play", id);
            });
          }
        },
        damaged: (problem) => damaged(id, problem),
      });
    },
    async rate(actor, id, rating) {
      const before = await get(actor, id);
      if (before instanceof Refusal) return before;
      const at = clock.now();
      await inTransaction(db, async (tx) => {
        await rateRecording(tx, id, actor.staffId, rating, at);
        const subject = `recording ${id}`;
        await writeAudit(tx, { actorId: actor.staffId, action: "recording.rate", subject, facts: { rating }, at });
      });
      return get(actor, id);
    },
    async comment(actor, id, { text, placeMs = null }) {
      const before = await get(actor, id);
      if (before instanceof Refusal) return before;
      if (placeMs !== null && placeMs > before.lengthMs) {
        return new Refusal("request.invalid", "The recording is shorter than that.", { field: "placeMs" });
      }
      await insertComment(db, {
        recordingId: id,
        authorId: actor.staffId,
        at: clock.now(),
        placeMs,
        text: text.trim(),
      });
      return comments(actor, id);
    },
    async removeComment(actor, id, commentId) {
      const before = await get(actor, id);
      if (before instanceof Refusal) return before;
      const author = may(actor, "recordings.remove") ? null : actor.staffId;
      if (!(await removeComment(db, { recordingId: id, commentId, author }))) {
        return new Refusal("not-found", "There is no such comment of yours.");
      }
      return comments(actor, id);
    },
    async remove(actor, id) {
      const at = clock.now();
      const done = await inTransaction(db, async (tx) => {
        const gone = await condemnRecording(tx, id, actor.staffId, at);
        if (gone === null) return unknown(id);
        const subject = `recording ${id}`;
        await writeAudit(tx, { actorId: actor.staffId, action: "recording.remove", subject, facts: gone, at });
        return undefined;
      });
      if (done instanceof Refusal) return done;
      await deps.retention.removeCondemned();
      return undefined;
    },
  };
}
