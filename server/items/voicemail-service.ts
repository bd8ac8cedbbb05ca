import type { ItemDetails } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import { type Audio, type AudioAsked, openAudio } from "../recordings/locked-audio.ts";
import type { LockedFileProblem } from "../recordings/locked-file.ts";
import { createPlayMemory } from "../recordings/play-memory.ts";
import type { RecordingFolder } from "../recordings/recording-folder.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { readActs } from "./item-list.ts";
import { type ItemService, reachOf, unknownItem } from "./item-service.ts";
import { lockItem } from "./item-store.ts";
import type { VoicemailRetention } from "./voicemail-retention.ts";
import {
  condemnVoicemail,
  findVoicemail,
  markHeard,
  markVoicemailDamaged,
  type VoicemailFile,
} from "./voicemail-store.ts";

/** What was said in items, and all that is known of one. Whoever may see an item may hear it. */
export interface VoicemailService {
  details(actor: Actor, id: number): Promise<ItemDetails | Refusal>;
  /** Every play and every download is in the audit log before a byte of it is sent. */
  audio(actor: Actor, id: number, asked: AudioAsked): Promise<Audio | Refusal>;
  /** Removes what was said for ever; the item stays. */
  remove(actor: Actor, id: number): Promise<ItemDetails | Refusal>;
}

export function createVoicemailService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  folder: Pick<RecordingFolder, "read">;
  items: Pick<ItemService, "get">;
  retention: Pick<VoicemailRetention, "removeCondemned">;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
}): VoicemailService {
  const { db, clock, hub, items } = deps;
  const plays = createPlayMemory(clock);

  const details = async (actor: Actor, id: number): Promise<ItemDetails | Refusal> => {
    const item = await items.get(actor, id);
    if (item instanceof Refusal) return item;
    const voice = await findVoicemail(db, id);
    const acts = await readActs(db, id);
    if (voice === null || voice.removedAt !== null) return { ...item, audio: null, acts };
    const { format, bytes } = voice;
    // Both sides are the caller's: one of them is drawn.
    const peaks = [...voice.peaks].filter((_, index) => index % 2 === 0);
    return { ...item, audio: { format, bytes, fileName: fileNameOf(item, format), peaks }, acts };
  };

  /** The first play of somebody, a while after his last one, and every download. */
  const heard = (actor: Actor, id: number, download: boolean) =>
    plays.note(actor.staffId, `item ${id}`, (isNew) =>
      inTransaction(db, async (tx) => {
        const item = await lockItem(tx, id, null);
        const at = clock.now();
        const first = await markHeard(tx, id, actor.staffId, at);
        if (download || isNew) {
          const action = download ? "item.download" : "item.hear";
          await writeAudit(tx, { actorId: actor.staffId, action, subject: `item ${id}`, at });
        }
        return first ? item : null;
      }),
    );

  const damaged = async (id: number, problem: LockedFileProblem) => {
    // Removed in this moment, its file is not there: that is no damage.
    const removedAt = (await findVoicemail(db, id))?.removedAt ?? null;
    if (removedAt !== null) return removed(removedAt);
    await markVoicemailDamaged(db, id);
    const words = `The message of item ${id} cannot be played: ${problem.message}.`;
    await deps.alarm({ subject: `item ${id}`, kind: "A message is damaged", words, times: 1 });
    return new Refusal("recording.damaged", words);
  };

  const voiceOf = async (id: number): Promise<VoicemailFile | Refusal> => {
    const voice = await findVoicemail(db, id);
    if (voice === null) return new Refusal("item.no-sound", "Nothing was said in this item.");
    return voice.removedAt === null ? voice : removed(voice.removedAt);
  };

  return {
    details,
    async audio(actor, id, asked) {
      const item = await items.get(actor, id);
      if (item instanceof Refusal) return item;
      const voice = await voiceOf(id);
      if (voice instanceof Refusal) return voice;
      const file = { ...voice, fileName: fileNameOf(item, voice.format) };
      return openAudio(deps.folder, file, asked, {
        async before() {
          const first = await heard(actor, id, asked.download);
          if (first === null) return;
          hub.publish({ type: "item.changed", itemId: id, queueId: first.queueId, agentIds: first.agentIds });
        },
        damaged: (problem) => damaged(id, problem),
      });
    },
    async remove(actor, id) {
      const at = clock.now();
      const done = await inTransaction(db, async (tx) => {
        const item = await lockItem(tx, id, reachOf(actor));
        if (item === null) return unknownItem(id);
        if (!(await condemnVoicemail(tx, id, actor.staffId, at))) {
          return new Refusal("item.no-sound", "There is nothing (any more) that was said in this item.");
        }
        await writeAudit(tx, { actorId: actor.staffId, action: "item.remove-sound", subject: `item ${id}`, at });
        return item;
      });
      if (done instanceof Refusal) return done;
      await deps.retention.removeCondemned();
      hub.publish({ type: "item.changed", itemId: id, queueId: done.queueId, agentIds: done.agentIds });
      return details(actor, id);
    },
  };
}

const removed = (removedAt: Date) =>
  new Refusal("recording.removed", "This message has been removed.", { removedAt: removedAt.toISOString() });

/** When and from whom; nothing in it means anything to a file system. */
const fileNameOf = ({ since, caller }: { since: string; caller: string }, format: string) =>
  `${since.slice(0, 19).replaceAll(":", "-")}_${caller.replaceAll(/[^0-9+]/g, "") || "unknown"}.${format}`;
