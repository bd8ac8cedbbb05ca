import { type RawBuilder, sql } from "kysely";
import type { Db } from "../db/pool.ts";

/** The calls that were made from here up to there. */
export interface Span {
  from: Date;
  to: Date;
}

/** One thing that is not as the other side says. */
export interface Unbalanced {
  at: Date;
  /** For a supervisor: what is here, and what is there. */
  words: string;
  linkedId: string | null;
  /** The row of Report Call whose Why shows it. */
  rowId: string | null;
}

/** What a check found: how many were compared, how many are off, and the first of these. */
export interface Balanced {
  compared: number;
  /** So many could not be: what they should be is not known any more. */
  unknown?: number;
  off: number;
  first: Unbalanced[];
}

/** Two books that must say the same, and how they are held against each other. */
export interface BalanceCheck {
  name: string;
  /** What is true where it balances: "Every call has its row". */
  title: string;
  find(db: Db, span: Span): Promise<Balanced>;
}

/** Of what is off this many are named; the others are counted. */
export const MOST_NAMED = 100;

/**
 * A check in SQL: `compared` selects a number `n`, and `unknown` where there may be some; `off` selects `at`, `words`, `linked_id` and `row_id` of each thing
 * that is off.
 */
export function checkBySql(check: {
  name: string;
  title: string;
  compared(span: Span): RawBuilder<{ n: number; unknown?: number }>;
  off(span: Span): RawBuilder<unknown>;
}): BalanceCheck {
  return {
    name: check.name,
    title: check.title,
    async find(db, span) {
      const [counted] = (await check.compared(span).execute(db)).rows;
      const { rows } = await sql<Unbalanced & { off: number }>`
        select at, words, linked_id as "linkedId", row_id as "rowId", count(*) over () as off
        from (${check.off(span)}) as unbalanced (at, words, linked_id, row_id)
        order by at, linked_id, row_id limit ${MOST_NAMED}`.execute(db);
      return {
        compared: counted?.n ?? 0,
        ...(counted?.unknown ? { unknown: counted.unknown } : {}),
        off: rows[0]?.off ?? 0,
        first: rows.map(({ at, words, linkedId, rowId }) => ({ at, words, linkedId, rowId })),
      };
    },
  };
}

/** That a call's parts are of the span; its own name says when it was made. */
export const madeIn = (column: string, { from, to }: Span): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`;
