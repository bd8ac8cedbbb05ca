import Type, { type Static } from "typebox";
import { Id, Instant, Nullable, oneOf } from "./common-views.ts";
import { Person } from "./session-views.ts";

/** How Perch itself is: queues live, health, repairs, alarms. */

export const QueueLive = Type.Object({
  id: Id,
  name: Type.String(),
  waiting: Type.Integer(),
  longestSince: Nullable(Instant),
});
export type QueueLive = Static<typeof QueueLive>;

export const Health = Type.Object({
  status: oneOf("ok", "degraded", "starting"),
  asterisk: oneOf("up", "down"),
  database: oneOf("up", "down"),
  journal: Type.Object({ lagMs: Nullable(Type.Number()), damagedLines: Type.Integer() }),
  /** Comparing Asterisk with the database: counts since the start; the last round's end and length. */
  reconcile: Type.Object({
    repaired: Type.Integer(),
    refused: Type.Integer(),
    lastAt: Nullable(Instant),
    lastMs: Nullable(Type.Number()),
  }),
  /** What is wrong and not taken note of yet, without names. */
  alarms: Type.Array(Type.Object({ kind: Type.String(), times: Type.Integer(), since: Instant })),
  version: Type.String(),
});
export type Health = Static<typeof Health>;

/** Something that was otherwise than it should be, and was put right or could not be. */
export const Repair = Type.Object({
  id: Id,
  at: Instant,
  /** What made us look: a start, a new link to the telephone system, or the regular round. */
  round: oneOf("start", "link", "regular"),
  comparer: Type.String(),
  words: Type.String(),
  agent: Nullable(Person),
  /** Null: it was put right. */
  refused: Nullable(Type.String()),
});
export type Repair = Static<typeof Repair>;

/** What supervisors and administrators have to know, until one of them has taken note. */
export const Alarm = Type.Object({
  id: Id,
  /** What it is about: there is one open alarm of each. */
  subject: Type.String(),
  kind: Type.String(),
  words: Type.String(),
  times: Type.Integer(),
  raisedAt: Instant,
  lastAt: Instant,
});
export type Alarm = Static<typeof Alarm>;
