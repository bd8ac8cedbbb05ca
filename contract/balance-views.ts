import Type, { type Static } from "typebox";
import { Instant, Nullable } from "./common-views.ts";

/** Whether the books of a day say the same: the journal, the calls, Report Call, queues, leases, dispositions, sums. */

const Unbalanced = Type.Object({
  at: Instant,
  words: Type.String(),
  linkedId: Nullable(Type.String()),
  /** The row of Report Call whose Why shows it. */
  rowId: Nullable(Type.String()),
});

export const BalanceCheckView = Type.Object({
  name: Type.String(),
  title: Type.String(),
  /** How many were held against each other. */
  compared: Type.Integer(),
  /** How many could not be, because what they should be was changed since. */
  unknown: Type.Optional(Type.Integer()),
  /** How many of them do not balance; the first hundred are named. */
  off: Type.Integer(),
  first: Type.Array(Unbalanced),
});
export type BalanceCheckView = Static<typeof BalanceCheckView>;

/** A day of the house: `2026-11-22`. */
export const HouseDay = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });

export const Balance = Type.Object({
  day: HouseDay,
  checkedAt: Instant,
  checks: Type.Array(BalanceCheckView),
});
export type Balance = Static<typeof Balance>;

/** Of a day: what was found when it was last compared, and how far it is being compared now. */
export const BalanceOfDay = Type.Object({
  day: HouseDay,
  /** Null: nobody has compared it yet. */
  last: Nullable(Balance),
  /** So many of its checks are done; null: it is not being compared. */
  running: Nullable(Type.Object({ done: Type.Integer(), of: Type.Integer() })),
  /** The last attempt broke off; the log says at what. */
  failed: Type.Boolean(),
});
export type BalanceOfDay = Static<typeof BalanceOfDay>;

export const BalanceDay = Type.Object({
  day: HouseDay,
  checkedAt: Instant,
  compared: Type.Integer(),
  off: Type.Integer(),
});
export type BalanceDay = Static<typeof BalanceDay>;
