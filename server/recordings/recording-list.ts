import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { RecordingDetails, RecordingRow } from "../../contract/views.ts";
import { contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { placeOf } from "./recorded-parts.ts";
import { rowsOfRecording } from "./recording-rows.ts";

/** Which recordings are asked for. `of`: only calls of this agent. */
export interface RecordingFilter {
  from: Date | null;
  to: Date | null;
  queueId: number | null;
  agentId: number | null;
  number: string | null;
  /** At most so good; those that nobody rated are not. */
  ratedAtMost: number | null;
  rated: boolean | null;
  of: number | null;
  after: { startedMs: number; id: number } | null;
  limit: number;
}

/** The same with `from_at`, from when on the recording was of their call. */
const talksOf = sql`(select r.*, greatest(r.answered_at, itself.since) as from_at from ${rowsOfRecording})`;
/** `offset 0` has it asked of each recording, from the newest on, until a page is full; joined, all are looked at first. */
const hasAgent = (id: number) => sql<SqlBool>`exists (select from ${rowsOfRecording}
  and ${id} in (r.user_id, r.seated_agent_id, r.owner_agent_id) offset 0)`;

/** What the first row of the call says of all of it; a row is made when it began. */
const recordings = (db: Db) =>
  db
    .selectFrom("recordings as rec")
    .leftJoin("queues as q", "q.id", "rec.queue_id")
    .leftJoin("calls as c", (join) =>
      join.onRef("c.linked_id", "=", "rec.linked_id").on(sql<SqlBool>`c.call_at = call_at(rec.linked_id)`),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("report_calls as r")
          .where(sql<SqlBool>`r.linked_id = rec.linked_id and r.call_at = call_at(rec.linked_id)`)
          .orderBy("r.started_at")
          .orderBy("r.id")
          .limit(1)
          .select(["r.source", "r.destination", "r.caller_id"])
          .as("first"),
      (join) => join.onTrue(),
    )
    .select(["rec.id", "rec.linked_id", "rec.started_at", "rec.ended_at", "rec.length_ms", "rec.state", "c.type"])
    .select(["q.id as queue_id", "q.name as queue", "first.source", "first.destination", "first.caller_id"])
    .select(
      sql<{ id: number; name: string }[]>`(select coalesce(json_agg(json_build_object('id', a.id, 'name', a.full_name)
        order by a.first_at, a.id), '[]') from (
          select s.id, s.full_name, min(talk.from_at) as first_at from ${talksOf} as talk
          join staff s on s.id = coalesce(talk.seated_agent_id, talk.owner_agent_id, talk.disposed_agent_id)
          group by s.id) as a)`.as("agents"),
    )
    .select(
      sql<number | null>`(select avg(rating)::float from recording_ratings g where g.recording_id = rec.id)`.as(
        "rating",
      ),
    )
    .select(sql<number>`(select count(*) from recording_comments m where m.recording_id = rec.id)`.as("comments"));

type Row = Awaited<ReturnType<ReturnType<typeof recordings>["executeTakeFirstOrThrow"]>>;

const shownState = { kept: "kept", damaged: "damaged", removing: "removed", removed: "removed" } as const;

const present = (row: Row): RecordingRow => ({
  id: row.id,
  linkedId: row.linked_id,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at.toISOString(),
  lengthMs: row.length_ms,
  state: shownState[row.state],
  type: row.type ?? (row.queue_id === null ? "outbound" : "inbound"),
  source: row.source ?? "",
  destination: row.destination ?? "",
  callerId: row.caller_id ?? "",
  queue: row.queue_id === null ? null : { id: row.queue_id, name: row.queue ?? "" },
  agents: row.agents,
  rating: row.rating,
  comments: row.comments,
});

/** A page of them, the newest first; those whose voice is gone are not among them. `next` is where it goes on. */
export async function listRecordings(
  db: Db,
  filter: RecordingFilter,
): Promise<{ rows: RecordingRow[]; next: { startedMs: number; id: number } | null }> {
  const found = await recordings(db)
    .where((eb) => eb.and([sql<SqlBool>`rec.state in ('kept', 'damaged')`, ...conditions(filter)]))
    .orderBy("rec.started_at", "desc")
    .orderBy("rec.id", "desc")
    .limit(filter.limit + 1)
    .execute();
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const more = found.length > filter.limit && last !== undefined;
  return {
    rows: shown.map(present),
    next: more ? { startedMs: last.started_at.getTime(), id: last.id } : null,
  };
}

function conditions(filter: RecordingFilter): RawBuilder<SqlBool>[] {
  const { from, to, queueId, agentId, number, ratedAtMost, rated, of, after } = filter;
  const all: RawBuilder<SqlBool>[] = [];
  if (from !== null) all.push(sql`rec.started_at >= ${from}`);
  if (to !== null) all.push(sql`rec.started_at < ${to}`);
  if (queueId !== null) all.push(sql`rec.queue_id = ${queueId}`);
  if (agentId !== null) all.push(hasAgent(agentId));
  if (of !== null) all.push(hasAgent(of));
  if (number !== null) all.push(contains([sql`first.source`, sql`first.destination`], number));
  const rating = sql`(select avg(rating) from recording_ratings g where g.recording_id = rec.id)`;
  if (ratedAtMost !== null) all.push(sql`${rating} <= ${ratedAtMost}`);
  if (rated !== null) all.push(rated ? sql`${rating} is not null` : sql`${rating} is null`);
  if (after !== null) all.push(sql`(rec.started_at, rec.id) < (${new Date(after.startedMs)}, ${after.id})`);
  return all;
}

/** What has to be known before one is played. */
export interface RecordingFile {
  id: number;
  file: string;
  bytes: number;
  format: "mp3" | "wav";
  tag: string;
  state: "kept" | "damaged" | "removing" | "removed";
  removedAt: Date | null;
}

/** Null: there is none, or none of a call of this agent's. */
export async function findRecordingFile(db: Db, id: number, of: number | null): Promise<RecordingFile | null> {
  const row = await db
    .selectFrom("recordings as rec")
    .where("rec.id", "=", id)
    .$if(of !== null, (query) => query.where(hasAgent(of ?? 0)))
    .select(["rec.id", "rec.file", "rec.bytes", "rec.format", "rec.sha256", "rec.state", "rec.removed_at"])
    .executeTakeFirst();
  if (row === undefined) return null;
  const { sha256, removed_at: removedAt, ...rest } = row;
  return { ...rest, removedAt, tag: `"${sha256.toString("hex").slice(0, 32)}"` };
}

/** Somebody's part in it. */
interface Talk {
  id: string;
  fromAt: Date;
  endedAt: Date | null;
  agent: string | null;
  telephone: string | null;
}

/** All of one; null where there is none, or none of a call of this agent's. */
export async function findRecording(db: Db, id: number, of: number | null): Promise<RecordingDetails | null> {
  const row = await recordings(db)
    .leftJoin("staff as by", "by.id", "rec.removed_by")
    .where("rec.id", "=", id)
    .$if(of !== null, (query) => query.where(hasAgent(of ?? 0)))
    .select(["rec.source as name", "rec.parts", "rec.peaks", "rec.format", "rec.bytes", "rec.removed_at"])
    .select(["by.id as by_id", "by.full_name as by_name"])
    .executeTakeFirst();
  if (row === undefined) return null;
  const shown = present(row);
  const place = (at: Date | null) => (at === null ? row.length_ms : Math.min(row.length_ms, placeOf(row.parts, at)));
  const { rows: legs } = await sql<Talk>`
    select talk.id, talk.from_at as "fromAt", talk.ended_at as "endedAt", s.full_name as agent, t.full_name as telephone
    from recordings rec,
      lateral ${talksOf} as talk
      left join staff s on s.id = coalesce(talk.seated_agent_id, talk.owner_agent_id, talk.disposed_agent_id)
      left join staff t on t.id = talk.telephone_id
    where rec.id = ${id}
    order by talk.from_at, talk.id`.execute(db);
  const pauses = await db
    .selectFrom("recording_pauses as p")
    .innerJoin("staff as s", "s.id", "p.paused_by")
    .where("p.source", "=", row.name)
    // One that the telephone system never confirmed lasted no time.
    .where(sql<SqlBool>`p.resumed_at is distinct from p.paused_at`)
    .orderBy("p.paused_at")
    .select(["p.paused_at", "p.resumed_at", "s.full_name"])
    .execute();
  return {
    ...shown,
    format: row.format,
    bytes: row.bytes,
    fileName: fileNameOf(shown, row.format),
    peaks: sidesOf(row.peaks),
    parts: row.parts,
    legs: legs.map((leg) => ({
      rowId: leg.id,
      name: leg.agent ?? leg.telephone ?? "",
      telephone: leg.telephone,
      fromMs: place(leg.fromAt),
      toMs: place(leg.endedAt),
    })),
    pauses: pauses.map((pause) => ({
      fromMs: place(pause.paused_at),
      toMs: place(pause.resumed_at),
      by: pause.full_name,
    })),
    ratings: await readRatings(db, id),
    remarks: await readComments(db, id),
    removedAt: row.removed_at?.toISOString() ?? null,
    removedBy: row.by_id === null ? null : { id: row.by_id, name: row.by_name ?? "" },
  };
}

async function readRatings(db: Db, id: number): Promise<RecordingDetails["ratings"]> {
  const found = await db
    .selectFrom("recording_ratings as g")
    .innerJoin("staff as s", "s.id", "g.author_id")
    .where("g.recording_id", "=", id)
    .orderBy("g.at")
    .select(["s.id", "s.full_name as name", "g.rating", "g.at"])
    .execute();
  return found.map(({ id: author, name, rating, at }) => ({
    author: { id: author, name },
    rating,
    at: at.toISOString(),
  }));
}

async function readComments(db: Db, id: number): Promise<RecordingDetails["remarks"]> {
  const found = await db
    .selectFrom("recording_comments as m")
    .innerJoin("staff as s", "s.id", "m.author_id")
    .where("m.recording_id", "=", id)
    .orderBy("m.id")
    .select(["m.id", "m.at", "m.place_ms as placeMs", "m.text", "s.id as author", "s.full_name as name"])
    .execute();
  return found.map(({ author, name, at, ...rest }) => ({
    ...rest,
    author: { id: author, name },
    at: at.toISOString(),
  }));
}

const sidesOf = (peaks: Buffer): RecordingDetails["peaks"] => ({
  customer: [...peaks].filter((_, index) => index % 2 === 0),
  house: [...peaks].filter((_, index) => index % 2 === 1),
});

/** When, with whom and about what; nothing in it means anything to a file system. */
function fileNameOf(row: RecordingRow, format: string): string {
  const other = row.type === "outbound" ? row.destination : row.source;
  const words = [
    row.startedAt.slice(0, 19).replaceAll(":", "-"),
    other,
    row.queue?.name ?? "",
    row.agents[0]?.name ?? "",
  ];
  const name = words
    .map((word) =>
      word
        .normalize("NFC")
        .replaceAll(/[^\p{L}\p{N}+._-]+/gu, "-")
        .replaceAll(/^[-.]+|[-.]+$/g, ""),
    )
    .filter((word) => word !== "")
    .join("_");
  return `${name.slice(0, 120)}.${format}`;
}
