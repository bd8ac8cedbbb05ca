import { sql } from "kysely";
import { foldCall } from "../calls/call-fold.ts";
import type { Db } from "../db/pool.ts";
import type { JournalFact, JournalLanguage } from "../journal.ts";
import { type BalanceCheck, checkBySql, MOST_NAMED, madeIn, type Span, type Unbalanced } from "./balance-check.ts";

/** What the journal names and no call came of: star codes and tests, mostly. So many are looked at again. */
const MOST_LOOKED_AT = 5000;
const PIECE = 200;

/** Every call of which the journal has lines is there. */
export function createJournalCheck(language: JournalLanguage): BalanceCheck {
  return {
    name: "journal",
    title: "Every call of the journal is among the calls",
    async find(db, span) {
      const unknown = await withoutCall(db, span);
      const off: Unbalanced[] = [];
      for (let at = 0; at < unknown.length; at += PIECE) {
        off.push(...(await callsIn(db, unknown.slice(at, at + PIECE), language)));
      }
      const counted = await sql<{
        n: number;
      }>`select count(*) as n from calls where ${madeIn("call_at", span)}`.execute(db);
      return { compared: (counted.rows[0]?.n ?? 0) + off.length, off: off.length, first: off.slice(0, MOST_NAMED) };
    },
  };
}

async function withoutCall(db: Db, span: Span): Promise<string[]> {
  const { rows } = await sql<{ linkedId: string }>`
    select distinct l.linked_id as "linkedId" from journal_lines l
    where ${madeIn("l.call_at", span)} and l.linked_id <> ''
      and not exists (select from calls c where c.linked_id = l.linked_id and c.call_at = l.call_at)
    order by 1 limit ${MOST_LOOKED_AT}`.execute(db);
  return rows.map(({ linkedId }) => linkedId);
}

/** Those of which folding makes a call all the same. */
async function callsIn(db: Db, linkedIds: string[], language: JournalLanguage): Promise<Unbalanced[]> {
  const lines = await db
    .selectFrom("journal_lines")
    .where(sql<boolean>`linked_id = any(${linkedIds}::text[])`)
    .select(["linked_id", "line"])
    .execute();
  return [...Map.groupBy(lines, ({ linked_id }) => linked_id)].flatMap(([linkedId, ofCall]) => {
    const facts = ofCall
      .map(({ line }) => language.factOf(line))
      .filter((fact): fact is JournalFact => !("damaged" in fact));
    const call = foldCall(facts);
    if (call === null) return [];
    const words = `The journal has ${facts.length} lines of this call, and the call is not there.`;
    return [{ at: new Date(call.startedUs / 1000), words, linkedId, rowId: null }];
  });
}

/** Lines that could not be read were set aside: whatever they said is missing. */
export const damageCheck = checkBySql({
  name: "damage",
  title: "Every line of the journal could be read",
  compared: (span) => sql`select count(*) as n from journal_lines where ${madeIn("call_at", span)}`,
  off: ({ from, to }) => sql`
    select seen_at, 'A line was set aside: ' || why || '.', null, null from journal_damage
    where seen_at >= ${from} and seen_at < ${to}`,
});

/** Journals may go into the archive before their calls. */
const journalKept = sql<boolean>`not exists (
  select from call_months m
  where m.month = date_trunc('month', c.call_at at time zone 'UTC')::date and m.journal_archived_at is not null)`;

/** The other way round: what is told of a call can be told again from its lines. */
export const linesCheck = checkBySql({
  name: "lines",
  title: "Every call has its lines in the journal",
  compared: (span) => sql`select count(*) as n from calls c where ${madeIn("c.call_at", span)} and ${journalKept}`,
  off: (span) => sql`
    select c.started_at, 'The call has no line in the journal.', c.linked_id, null from calls c
    where ${madeIn("c.call_at", span)} and ${journalKept}
      and not exists (select from journal_lines l where l.linked_id = c.linked_id and l.call_at = c.call_at)`,
});
