import { sql } from "kysely";
import type { ExitCount, ProjectRun, ProjectRunDetails, RunEnding, RunStep } from "../../contract/project-views.ts";
import type { Db } from "../db/pool.ts";

/** A run as it is kept. */
export interface KeptRun {
  projectId: number;
  version: number | null;
  channelId: string;
  linkedId: string;
  caller: string;
  dialled: string;
  startedAt: Date;
  steps: readonly RunStep[];
  variables: Readonly<Record<string, string>>;
  /** By who draws the project: counted nowhere. */
  trial: boolean;
  /** Where it stands, while it goes on. */
  block: string | null;
  ended: { at: Date; ending: RunEnding } | null;
}

const columns = (run: KeptRun) => ({
  project_id: run.projectId,
  version: run.version,
  channel_id: run.channelId,
  linked_id: run.linkedId,
  caller: run.caller,
  dialled: run.dialled,
  started_at: run.startedAt,
  ended_at: run.ended?.at ?? null,
  ending: run.ended?.ending ?? null,
  block: run.block,
  steps: JSON.stringify(run.steps),
  variables: JSON.stringify(run.variables),
  trial: run.trial,
});

/** Writes a run down, so that it can go on after a restart; answers its id. */
export async function insertRun(db: Db, run: KeptRun): Promise<number> {
  const row = await db.insertInto("project_runs").values(columns(run)).returning("id").executeTakeFirstOrThrow();
  return row.id;
}

/** Many that are over, in one statement. */
export async function insertRuns(tx: Db, runs: readonly KeptRun[]): Promise<void> {
  if (runs.length > 0) await tx.insertInto("project_runs").values(runs.map(columns)).execute();
}

export async function updateRun(db: Db, id: number, run: KeptRun): Promise<void> {
  await db.updateTable("project_runs").set(columns(run)).where("id", "=", id).execute();
}

/** How often exits were taken, by project and hour, added to what is there. In a fixed order: two of us never wait for each other. */
export async function addExits(
  tx: Db,
  counts: readonly { projectId: number; hour: Date; block: string; exit: string; taken: number }[],
): Promise<void> {
  const key = (one: (typeof counts)[number]) => JSON.stringify([one.projectId, one.hour, one.block, one.exit]);
  const ordered = counts.map((one) => ({ one, key: key(one) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (ordered.length === 0) return;
  await tx
    .insertInto("project_exits")
    .values(ordered.map(({ one: { projectId, ...rest } }) => ({ project_id: projectId, ...rest })))
    .onConflict((conflict) =>
      conflict
        .columns(["project_id", "hour", "block", "exit"])
        .doUpdateSet({ taken: sql`project_exits.taken + excluded.taken` }),
    )
    .execute();
}

/** The unfinished run of a channel: that of a call that went on without us. */
export async function findOpenRun(db: Db, channelId: string): Promise<(KeptRun & { id: number }) | null> {
  const row = await db
    .selectFrom("project_runs")
    .where("channel_id", "=", channelId)
    .where("ended_at", "is", null)
    .orderBy("id", "desc")
    .selectAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    ...{ id: row.id, projectId: row.project_id, version: row.version, channelId: row.channel_id },
    ...{ linkedId: row.linked_id, caller: row.caller, dialled: row.dialled, startedAt: row.started_at },
    ...{ steps: row.steps, variables: row.variables, block: row.block, ended: null },
    trial: row.trial,
  };
}

/** Runs whose calls are not there any more: they were cut off with us. */
export async function endLostRuns(
  db: Db,
  { linkedIds, known, before, at }: { linkedIds: readonly string[]; known: readonly number[]; before: Date; at: Date },
): Promise<number> {
  let query = db
    .updateTable("project_runs")
    .set({ ended_at: at, ending: "cut-off" })
    .where("ended_at", "is", null)
    .where("started_at", "<", before);
  if (known.length > 0) query = query.where("id", "not in", [...known]);
  if (linkedIds.length > 0) query = query.where("linked_id", "not in", [...linkedIds]);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Removes runs that began before then and are over, so many at most; answers how many. */
export async function removeRuns(db: Db, before: Date, most: number): Promise<number> {
  const old = db
    .selectFrom("project_runs")
    .where("started_at", "<", before)
    .where("ended_at", "is not", null)
    .orderBy("started_at")
    .limit(most)
    .select("id");
  const done = await db.deleteFrom("project_runs").where("id", "in", old).executeTakeFirst();
  return Number(done.numDeletedRows);
}

const views = (db: Db) =>
  db
    .selectFrom("project_runs")
    .select(["id", "project_id", "version", "linked_id", "caller", "dialled", "started_at", "ended_at", "ending"])
    .select("trial")
    .select(sql<number>`jsonb_array_length(steps)`.as("count"));
type ViewRow = Awaited<ReturnType<ReturnType<typeof views>["executeTakeFirstOrThrow"]>>;

const viewOf = (row: ViewRow): ProjectRun => ({
  ...{ id: row.id, projectId: row.project_id, version: row.version, linkedId: row.linked_id },
  ...{ caller: row.caller, dialled: row.dialled, startedAt: row.started_at.toISOString() },
  ...{ endedAt: row.ended_at?.toISOString() ?? null, ending: row.ending, steps: row.count },
  trial: row.trial,
});

export interface RunQuery {
  from: Date | null;
  to: Date | null;
  limit: number;
  after: { at: Date; id: number } | null;
}

/** Who was led through a project, the newest first. */
export async function listRuns(
  db: Db,
  projectId: number,
  { from, to, limit, after }: RunQuery,
): Promise<{ rows: ProjectRun[]; next: { at: Date; id: number } | null }> {
  let query = views(db).where("project_id", "=", projectId);
  if (from !== null) query = query.where("started_at", ">=", from);
  if (to !== null) query = query.where("started_at", "<", to);
  if (after !== null) query = query.where(sql<boolean>`(started_at, id) < (${after.at}::timestamptz, ${after.id})`);
  const found = await query
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last !== undefined ? { at: last.started_at, id: last.id } : null;
  return { rows: shown.map(viewOf), next };
}

export async function findRun(db: Db, id: number): Promise<ProjectRunDetails | null> {
  const row = await views(db).where("id", "=", id).select(["steps", "variables"]).executeTakeFirst();
  return row === undefined ? null : { ...viewOf(row), path: row.steps, variables: row.variables };
}

/** How many began in a period, and how often each exit was taken in its hours. */
export async function readTraffic(
  db: Db,
  projectId: number,
  { from, to }: { from: Date; to: Date },
): Promise<{ runs: number; exits: ExitCount[] }> {
  const { runs } = await db
    .selectFrom("project_runs")
    .where("project_id", "=", projectId)
    .where("trial", "=", false)
    .where("started_at", ">=", from)
    .where("started_at", "<", to)
    .select((eb) => eb.fn.countAll<number>().as("runs"))
    .executeTakeFirstOrThrow();
  const exits = await db
    .selectFrom("project_exits")
    .where("project_id", "=", projectId)
    .where("hour", ">=", sql<Date>`date_trunc('hour', ${from}::timestamptz)`)
    .where("hour", "<", to)
    .groupBy(["block", "exit"])
    .select((eb) => ["block", "exit", eb.fn.sum<number>("taken").as("taken")])
    .orderBy("block")
    .orderBy("exit")
    .execute();
  return { runs: Number(runs), exits: exits.map((one) => ({ ...one, taken: Number(one.taken) })) };
}
