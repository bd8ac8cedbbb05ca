import { sql } from "kysely";
import type { ReportCallRow, Why } from "../../contract/views.ts";
import { foldCall, foldLanes } from "../calls/call-fold.ts";
import { readQueueNames } from "../calls/call-name-store.ts";
import { disposedCall } from "../calls/disposition.ts";
import type { Db } from "../db/pool.ts";
import type { JournalFact, JournalLanguage } from "../journal.ts";
import { joinLanes, partiesOf, transferringParty } from "./call-parties.ts";
import { readPartyNames } from "./party-name-store.ts";
import type { WhyFacts } from "./report-why.ts";

/**
 * A call's journal has some thirty lines, that of one for which a hundred telephones rang for an hour some ten thousand;
 * one that loops through a dial plan has no end. So many are read, and so many of these shown.
 */
const MOST_READ = 20_000;
const MOST_SHOWN = 2000;
/** Nobody changes an outcome so often. */
const MOST_CORRECTIONS = 100;

/** A queue as the journal names it. */
const QUEUE = /^q([1-9][0-9]{0,14})$/;

/** Everything that made a row: lease, disposition, transfers and the journal's lines. */
export async function readWhyFacts(db: Db, row: ReportCallRow, language: JournalLanguage): Promise<WhyFacts> {
  const journal = await readJournal(db, row.linkedId);
  // Without its end a call is another one.
  const facts = journal.length > MOST_READ ? [] : factsOf(journal, language);
  const lanes = joinLanes(foldLanes(facts));
  const transfers = foldCall(facts)?.transfers ?? [];
  const names = await readPartyNames(db, lanes, transfers);
  const queues = transfers.some(({ to }) => QUEUE.test(to)) ? await readQueueNames(db) : null;
  const queueOf = (to: string) => queues?.get(Number(QUEUE.exec(to)?.[1]));
  return {
    row,
    lease: await readLease(db, row),
    ...(await readDisposition(db, row)),
    corrections: await readCorrections(db, row.legId),
    transfers: transfers.map((one) => {
      const nameOf = (endpoint: string) => names.telephoneOf(endpoint, one.atUs / 1000)?.name;
      return {
        at: new Date(one.atUs / 1000).toISOString(),
        kind: one.kind,
        from: nameOf(one.byEndpoint) ?? (one.byEndpoint || "the telephone system"),
        to: nameOf(one.to) ?? queueOf(one.to) ?? one.to,
        partyId: transferringParty(lanes, one),
      };
    }),
    parties: partiesOf(lanes, names, row),
    journal: journal.slice(0, MOST_SHOWN).map(({ at, line }) => ({ at: at.toISOString(), line })),
    ownerName: await readOwner(db, row.id),
  };
}

const factsOf = (journal: readonly { line: unknown }[], language: JournalLanguage): JournalFact[] =>
  journal.map(({ line }) => language.factOf(line)).filter((fact): fact is JournalFact => !("damaged" in fact));

/** Who held the telephone when it rang. */
async function readLease(db: Db, row: ReportCallRow): Promise<Why["lease"]> {
  const lease = await db
    .selectFrom("report_calls as r")
    .innerJoin("leases as l", "l.telephone_id", "r.telephone_id")
    .innerJoin("staff as a", "a.id", "l.agent_id")
    .where("r.id", "=", row.id)
    .where(sql<boolean>`tstzrange(l.started_at, l.ended_at) @> coalesce(r.rang_at, r.started_at)`)
    .select(["l.id", "l.agent_id", "a.full_name", "l.started_at", "l.ended_at"])
    .executeTakeFirst();
  if (lease === undefined) return null;
  return {
    id: lease.id,
    agentId: lease.agent_id,
    agentName: lease.full_name,
    startedAt: lease.started_at.toISOString(),
    endedAt: lease.ended_at?.toISOString() ?? null,
  };
}

async function readDisposition(db: Db, row: ReportCallRow): Promise<Pick<WhyFacts, "disposition" | "disposedByName">> {
  const chosen = await db
    .selectFrom("leg_dispositions as d")
    .innerJoin("staff as a", "a.id", "d.agent_id")
    .innerJoin("staff as b", "b.id", "d.disposed_by")
    .where("d.leg_id", "=", row.legId ?? "")
    .select([
      "d.agent_id",
      "a.full_name",
      "b.full_name as by",
      "d.disposed_by",
      "level1",
      "level2",
      "level3",
      "disposed_at",
    ])
    .executeTakeFirst();
  if (chosen === undefined) return { disposition: null, disposedByName: null };
  return {
    disposition: {
      agentId: chosen.agent_id,
      agentName: chosen.full_name,
      path: [chosen.level1, chosen.level2, chosen.level3].filter((level) => level !== null),
      disposedAt: chosen.disposed_at.toISOString(),
    },
    disposedByName: chosen.disposed_by === chosen.agent_id ? null : chosen.by,
  };
}

/** From the audit log, which is where a choice that is not the first, or not the agent's own, is kept. */
async function readCorrections(db: Db, legId: string | null): Promise<Why["corrections"]> {
  if (legId === null) return [];
  const entries = await db
    .selectFrom("audit")
    .leftJoin("staff as s", "s.id", "audit.actor_id")
    .where("audit.action", "=", "call.dispose")
    .where("audit.subject", "=", disposedCall(legId))
    .orderBy("audit.at")
    .orderBy("audit.id")
    .limit(MOST_CORRECTIONS)
    .select(["audit.at", "s.full_name as by", "audit.facts"])
    .execute();
  return entries.map(({ at, by, facts }) => ({
    at: at.toISOString(),
    by: by ?? "Perch",
    before: namesIn(facts.before),
    path: namesIn(facts.disposition) ?? [],
  }));
}

const namesIn = (value: unknown): string[] | null =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : null;

async function readOwner(db: Db, id: string): Promise<string | null> {
  const owner = await db
    .selectFrom("report_calls as r")
    .innerJoin("staff as o", "o.id", "r.owner_agent_id")
    .where("r.id", "=", id)
    .select("o.full_name")
    .executeTakeFirst();
  return owner?.full_name ?? null;
}

async function readJournal(db: Db, linkedId: string): Promise<{ at: Date; line: unknown }[]> {
  return db
    .selectFrom("journal_lines")
    .where("linked_id", "=", linkedId)
    .orderBy("at")
    .orderBy("file_id")
    .orderBy("byte")
    .limit(MOST_READ + 1)
    .select(["at", "line"])
    .execute();
}
