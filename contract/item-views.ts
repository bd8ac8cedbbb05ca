import Type, { type Static } from "typebox";
import { ContactHint, DisposeBody } from "./call-views.ts";
import { Id, Instant, Nullable, oneOf } from "./common-views.ts";
import { Person } from "./session-views.ts";

/**
 * Items: work that waits for a person and is no call that goes on. A caller left a message (`voicemail`), or asked to be
 * called (`callback`). Each is for a queue, or left for one agent (its owner), or for both.
 *
 *     open ──take──▶ taken ──dispose──▶ done        give back: taken ─▶ open      reopen: done ─▶ open
 *
 * Agents see the items of their queues, those left for them and those they have or had; supervisors and administrators
 * all. What somebody may not see does not exist for him (404). Each act answers the item as it is after it:
 *
 *     GET    /items                    ItemQuery → a page of Item
 *     GET    /items/counts             ItemCounts, as the socket says them
 *     GET    /items/:id                ItemDetails
 *     POST   /items/:id/take           item.taken (409, with `by` and `since`) where somebody was quicker; item.done (409)
 *     POST   /items/:id/give-back      whoever has it; a supervisor anybody's. item.not-yours (403), item.not-taken (409)
 *     POST   /items/:id/assign         { agentId } by a supervisor: that agent has it from now on, whoever had it before
 *     POST   /items/:id/call           dials `number` from my telephone and writes down the attempt; what nobody has is
 *                                      taken by it. item.no-number (409), else what POST /calls refuses
 *     POST   /items/:id/disposition    DisposeBody: whoever has it, or whoever may take what nobody has; a supervisor any
 *     POST   /items/:id/reopen         whoever disposed it until `undoUntil` (he has it again), a supervisor always (open
 *                                      again). item.too-late, item.not-done, item.asked-again (409)
 *     GET    /items/:id/audio          the message, as GET /recordings/:id/audio (Range, ?download=true). item.no-sound
 *                                      (409) of a callback; recording.removed (410); the first to hear it is written down
 *     DELETE /items/:id/audio          removes what was said for ever (administrators), the item stays
 *
 * The live connection says the counts alone: `Snapshot.items`, and `items.changed` whenever something that its reader
 * may see has changed. `revision` is another one then: who shows a list or an item reads it again.
 */

export const ItemKind = oneOf("voicemail", "callback");
export type ItemKind = Static<typeof ItemKind>;
export const ItemState = oneOf("open", "taken", "done");
export type ItemState = Static<typeof ItemState>;

/** What was said. `removed`: its time was over, or somebody removed it; only its length is left. */
const ItemSound = Type.Object({
  lengthMs: Type.Integer(),
  state: oneOf("kept", "damaged", "removed"),
  /** Who heard it first, and when; null: nobody yet. */
  heard: Nullable(Type.Object({ by: Person, at: Instant })),
});

export const Item = Type.Object({
  id: Id,
  kind: ItemKind,
  state: ItemState,
  /** When the caller came: since then it waits. Who asked to be called from a queue came when he came into that. */
  since: Instant,
  /** Whose agents it is for; null: of its owner alone. */
  queue: Nullable(Type.Object({ id: Id, name: Type.String() })),
  /** The agent for whom it was left. */
  owner: Nullable(Person),
  /** The number he called from; empty: he did not show it. */
  caller: Type.String(),
  /** The number to call; empty: none is known. Of a voicemail the caller's, of a callback the one he asked for. */
  number: Type.String(),
  /** Whose number that is, looked up when it is read; once it was disposed with a contact, that one. */
  contact: Nullable(ContactHint),
  /** The call it came from. */
  linkedId: Type.String(),
  /** Null: of a callback. */
  sound: Nullable(ItemSound),
  /** When he would like to be called; null: as soon as possible. */
  wantedAt: Nullable(Instant),
  /** How often he was called on account of it, and when last. */
  attempts: Type.Integer(),
  lastAttemptAt: Nullable(Instant),
  /** Who has it, since when; null: nobody, it is open or done. */
  taken: Nullable(Type.Object({ by: Person, since: Instant })),
  /** How it ended; `by` null: the house ended it. */
  done: Nullable(
    Type.Object({
      by: Nullable(Person),
      at: Instant,
      disposition: Type.Array(Type.String()),
      note: Nullable(Type.String()),
    }),
  ),
  /** Until then whoever disposed it can take that back. Null: it is not done, or the house ended it. */
  undoUntil: Nullable(Instant),
});
export type Item = Static<typeof Item>;

/** Something that was done with an item. `by` null: the caller, or the house. */
export const ItemAct = Type.Object({
  at: Instant,
  by: Nullable(Person),
  act: oneOf(
    "made",
    "taken",
    "given-back",
    "assigned",
    "called",
    "disposed",
    "reopened",
    "heard",
    "downloaded",
    "sound-removed",
  ),
  /** To whom it was assigned, which number was called, what was chosen; empty where there is nothing to add. */
  words: Type.String(),
});
export type ItemAct = Static<typeof ItemAct>;

export const ItemDetails = Type.Object({
  ...Item.properties,
  /** Of its message; null: there is none (any more). Loudness over the time as in RecordingDetails. */
  audio: Nullable(
    Type.Object({
      format: oneOf("mp3", "wav"),
      bytes: Type.Integer(),
      fileName: Type.String(),
      peaks: Type.Array(Type.Integer()),
    }),
  ),
  /** What was done with it, in order; the last 500. */
  acts: Type.Array(ItemAct),
});
export type ItemDetails = Static<typeof ItemDetails>;

/** `waiting`: open or taken. Those are listed from the longest waiting on, all others from the newest. */
export const ItemQuery = Type.Object(
  {
    kind: Type.Optional(ItemKind),
    state: Type.Optional(oneOf("open", "taken", "waiting", "done")),
    queueId: Type.Optional(Id),
    agentId: Type.Optional(
      Type.Integer({ minimum: 1, description: "Left for this agent, taken or disposed by this agent" }),
    ),
    from: Type.Optional(Type.String({ format: "date-time", description: "Since at or after" })),
    to: Type.Optional(Type.String({ format: "date-time", description: "Since before" })),
    number: Type.Optional(
      Type.String({ maxLength: 40, pattern: "^[^\\u0000]*$", description: "Part of a number of the caller" }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type ItemQuery = Static<typeof ItemQuery>;

export const AssignItemBody = Type.Object({ agentId: Id }, { additionalProperties: false });
/** As a call is disposed. */
export const DisposeItemBody = DisposeBody;
export type DisposeItemBody = DisposeBody;

/** How much waits, of what its reader may see. */
export const ItemCounts = Type.Object({
  /** Another one whenever something of it has changed. */
  revision: Type.Integer(),
  /** Open ones, each once, whether of a queue, left for somebody or both. */
  open: Type.Integer(),
  /** Those I have taken. */
  taken: Type.Integer(),
  /** Open ones that were left for me. */
  left: Type.Integer(),
  /** The queues in which something waits, by name. `since`: the oldest open one. */
  queues: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      open: Type.Integer(),
      taken: Type.Integer(),
      since: Nullable(Instant),
    }),
  ),
  /** Of all agents for whom something was left, and no queue, together; null for agents. */
  agents: Nullable(Type.Object({ open: Type.Integer(), taken: Type.Integer(), since: Nullable(Instant) })),
});
export type ItemCounts = Static<typeof ItemCounts>;
