import { sql } from "kysely";
import { partsOfTime, type TimePart } from "../../contract/report-period.ts";
import type { Db } from "../db/pool.ts";
import { defineReport, type Fact, type ReportQuery } from "./define-report.ts";
import { count, percent, seconds, sumOf } from "./figures.ts";
import { BY_TELEPHONE, byText, TIME_GROUPINGS } from "./groupings.ts";
import { overlap, peakOf, type Span } from "./pool-use.ts";

const GROUPINGS = [BY_TELEPHONE, byText("place", "Place", "No place"), ...TIME_GROUPINGS];

/** How much of the pool was in use. */
export const telephoneUseReport = defineReport({
  name: "telephone-use",
  title: "Use of the telephones",
  group: "telephones",
  about: "How long telephones were held by agents, of the time they were there, and how many at once at most.",
  form: "figures",
  params: ["pool", "telephoneId"],
  groupings: GROUPINGS,
  groupBy: ["telephone"],
  largest: ["peak", "telephones"],
  columns: [
    count("telephones", "Telephones", "telephones", { about: "That there were." }),
    count("holds", "Times taken", "holds", { about: "Holds that began in this time." }),
    seconds("held", "Held", "heldMs", {
      about: "By agents, from login to logout at the telephone, as far as it lies in this time.",
      opens: { report: "seats", narrow: {} },
    }),
    seconds("there", "There", "thereMs", {
      about: "From when the telephone was set up until it was removed, as far as it lies in this time; until now.",
      hidden: true,
    }),
    percent("share", "Held %", sumOf("heldMs"), sumOf("thereMs"), { about: "Held, of the time they were there." }),
    count("peak", "At once", "peak", { about: "How many were held at the same time at most." }),
  ],
  charts: [
    { kind: "bars", title: "Time held", columns: ["held"] },
    { kind: "week", title: "Held at once at most, by weekday and hour", column: "peak" },
  ],
  async facts(db, query) {
    const telephones = await telephonesOf(db, query);
    const whole = { from: query.from.getTime(), to: Math.min(query.to.getTime(), query.now.getTime()) };
    if (whole.from >= whole.to) return { facts: [] };
    const cuts = query.groupBy.flatMap((key) => GROUPINGS.find((one) => one.key === key)?.unit ?? []);
    // Two cuts of time: an hour lies in one day and one weekday, so the finer one is cut, and each piece has both keys.
    const lists = cuts.map((unit) => partsOfTime(whole, unit, query));
    const pieces = lists.length === 0 ? [whole] : crossed(lists);
    const groups = Map.groupBy(telephones, (one) => JSON.stringify(ownKeys(one, query)));
    return {
      facts: [...groups.values()].flatMap((group) => pieces.map((piece) => use(group, piece, query, lists))),
      // The most at once of all telephones is no sum of theirs.
      whole: use(telephones, whole, { ...query, groupBy: [] }, []).sums,
    };
  },
});

interface Telephone extends Span {
  id: number;
  place: string | null;
  holds: Span[];
}

const ownKeys = (one: Telephone, { groupBy }: ReportQuery) =>
  groupBy.map((key) => (key === "telephone" ? String(one.id) : key === "place" ? one.place : null));

function use(group: readonly Telephone[], piece: Span, query: ReportQuery, lists: readonly TimePart[][]): Fact {
  const holds = group.flatMap((one) => one.holds).filter((hold) => overlap(hold, piece) > 0);
  const [first] = group;
  const own = first === undefined ? [] : ownKeys(first, query);
  let cut = 0;
  const keys = query.groupBy.map((key, at) => {
    if (key === "telephone" || key === "place") return own[at] ?? null;
    const part = lists[cut]?.find(({ from, to }) => from <= piece.from && piece.from < to);
    cut += 1;
    return part?.key ?? null;
  });
  return {
    keys,
    sums: {
      telephones: group.filter((one) => overlap(one, piece) > 0).length,
      holds: holds.filter(({ from }) => from >= piece.from && from < piece.to).length,
      heldMs: holds.reduce((all, hold) => all + overlap(hold, piece), 0),
      thereMs: group.reduce((all, one) => all + overlap(one, piece), 0),
      peak: peakOf(holds, piece),
    },
  };
}

/** The pieces between all borders of some cuts of the same time. */
function crossed(lists: readonly TimePart[][]): Span[] {
  const borders = [...new Set(lists.flat().flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, at) => ({ from, to: borders[at + 1] ?? from }));
}

async function telephonesOf(db: Db, query: ReportQuery): Promise<Telephone[]> {
  const { from, to, now, telephoneId } = query;
  const pool = query.choice("pool");
  const { rows } = await sql<{ id: number; place: string | null; createdAt: Date; deletedAt: Date | null }>`
    select s.id, t.place, s.created_at as "createdAt", s.deleted_at as "deletedAt"
    from telephones as t join staff as s on s.id = t.staff_id
    where s.created_at < ${to} and (s.deleted_at is null or s.deleted_at > ${from})
      and ${telephoneId === null ? sql`true` : sql`s.id = ${telephoneId}`}
      and ${pool === "all" ? sql`true` : pool === "shared" ? sql`t.owner_agent_id is null` : sql`t.owner_agent_id is not null`}`.execute(
    db,
  );
  const ids = rows.map(({ id }) => id);
  const leases = await sql<{ telephoneId: number; startedAt: Date; endedAt: Date | null }>`
    select telephone_id as "telephoneId", started_at as "startedAt", ended_at as "endedAt" from leases
    where telephone_id = any(${ids}::bigint[]) and started_at < ${to} and (ended_at is null or ended_at > ${from})`.execute(
    db,
  );
  const held = Map.groupBy(leases.rows, (lease) => lease.telephoneId);
  const until = (at: Date | null) => (at ?? now).getTime();
  return rows.map(({ id, place, createdAt, deletedAt }) => ({
    ...{ id, place, from: createdAt.getTime(), to: until(deletedAt) },
    holds: (held.get(id) ?? []).map(({ startedAt, endedAt }) => ({ from: startedAt.getTime(), to: until(endedAt) })),
  }));
}
