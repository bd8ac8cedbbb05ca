import { sql } from "kysely";
import type { Flow, OptionReference } from "../../contract/flow.ts";
import type { Project, ProjectVersion, ProjectVersionFlow } from "../../contract/project-views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";
import { projectsHolding } from "./projects-holding.ts";

/** A project as it stands, with its draft. */
export interface StoredProject {
  view: Project;
  flow: Flow;
}

const rows = (db: Db) =>
  db
    .selectFrom("projects")
    .leftJoin("staff", "staff.id", "projects.changed_by")
    .leftJoin("project_versions as current", (join) =>
      join.onRef("current.project_id", "=", "projects.id").onRef("current.version", "=", "projects.published"),
    )
    .where("projects.deleted_at", "is", null)
    .select(["projects.id", "projects.name", "projects.description", "projects.published", "projects.revision"])
    .select(["projects.changed_at", "staff.full_name as changed_by"])
    .select(["current.published_at", "current.revision as current_revision"])
    .select(sql<string>`lower(projects.name)`.as("sort"));

type Row = Awaited<ReturnType<ReturnType<typeof rows>["executeTakeFirstOrThrow"]>>;

const viewOf = (row: Row): Project => ({
  id: row.id,
  name: row.name,
  description: row.description,
  published: row.published,
  publishedAt: row.published_at?.toISOString() ?? null,
  revision: row.revision,
  changedAt: row.changed_at.toISOString(),
  changedBy: row.changed_by,
  changed: row.revision !== row.current_revision,
});

/** Projects by name; `q` is part of it. */
export async function listProjects(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Project>> {
  const found = await rows(db)
    .where(afterCursor(sql`lower(projects.name)`, sql`projects.id`, after))
    .where(contains([sql`projects.name`, sql`projects.description`], q))
    .orderBy(sql`lower(projects.name)`)
    .orderBy("projects.id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, viewOf);
}

export async function findProject(db: Db, id: number): Promise<StoredProject | null> {
  const row = await rows(db).where("projects.id", "=", id).select("projects.draft").executeTakeFirst();
  return row === undefined ? null : { view: viewOf(row), flow: row.draft };
}

/** Whether it is there; nobody else changes it until the transaction ends. */
export async function lockProject(tx: Db, id: number): Promise<boolean> {
  const row = await tx
    .selectFrom("projects")
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .select("id")
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

interface Changing {
  by: number;
  at: Date;
}

export async function insertProject(
  tx: Db,
  { name, description, flow, by, at }: { name: string; description: string; flow: Flow } & Changing,
): Promise<number> {
  const row = await tx
    .insertInto("projects")
    .values({ name, description, draft: JSON.stringify(flow), changed_at: at, changed_by: by })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function renameProject(
  tx: Db,
  id: number,
  { name, description, by, at }: { name: string; description: string } & Changing,
): Promise<void> {
  await tx
    .updateTable("projects")
    .set({ name, description, changed_at: at, changed_by: by })
    .where("id", "=", id)
    .execute();
}

export async function saveDraft(tx: Db, id: number, { flow, by, at }: { flow: Flow } & Changing): Promise<void> {
  await tx
    .updateTable("projects")
    .set({ draft: JSON.stringify(flow), changed_at: at, changed_by: by })
    .set({ revision: sql`revision + 1` })
    .where("id", "=", id)
    .execute();
}

export async function removeProject(tx: Db, id: number, at: Date): Promise<void> {
  await tx.updateTable("projects").set({ deleted_at: at }).where("id", "=", id).execute();
}

/** The draft becomes the next version; answers its number. */
export async function insertVersion(
  tx: Db,
  { id, note, by, at }: { id: number; note: string } & Changing,
): Promise<number> {
  const { version } = await tx
    .insertInto("project_versions")
    .columns(["project_id", "version", "flow", "revision", "note", "published_at", "published_by"])
    .expression((eb) =>
      eb
        .selectFrom("projects")
        .where("id", "=", id)
        .select([
          "id",
          sql<number>`1 + coalesce((select max(version) from project_versions where project_id = ${id}), 0)`.as("next"),
          "draft",
          "revision",
          sql<string>`${note}`.as("note"),
          sql<Date>`${at}::timestamptz`.as("at"),
          sql<number>`${by}::bigint`.as("by"),
        ]),
    )
    .returning("version")
    .executeTakeFirstOrThrow();
  return version;
}

/** Callers go through that version from now on. */
export async function publishVersion(tx: Db, id: number, version: number): Promise<void> {
  await tx.updateTable("projects").set({ published: version }).where("id", "=", id).execute();
}

const versions = (db: Db, id: number) =>
  db
    .selectFrom("project_versions as versions")
    .innerJoin("projects", "projects.id", "versions.project_id")
    .leftJoin("staff", "staff.id", "versions.published_by")
    .where("versions.project_id", "=", id)
    .select(["versions.version", "versions.published_at", "versions.note", "staff.full_name", "projects.published"]);

type VersionRow = Awaited<ReturnType<ReturnType<typeof versions>["executeTakeFirstOrThrow"]>>;

const versionView = (row: VersionRow): ProjectVersion => ({
  version: row.version,
  publishedAt: row.published_at.toISOString(),
  publishedBy: row.full_name,
  note: row.note,
  current: row.version === row.published,
});

/** What was published of it, the newest first. */
export async function listVersions(db: Db, id: number, most: number): Promise<ProjectVersion[]> {
  const found = await versions(db, id).orderBy("versions.version", "desc").limit(most).execute();
  return found.map(versionView);
}

export async function findVersion(db: Db, id: number, version: number): Promise<ProjectVersionFlow | null> {
  const row = await versions(db, id).where("versions.version", "=", version).select("versions.flow").executeTakeFirst();
  return row === undefined ? null : { ...versionView(row), flow: row.flow };
}

/** What callers go through now; null where there is no such project or nothing is published of it. */
export async function findPublished(
  db: Db,
  id: number,
): Promise<{ projectId: number; name: string; version: number; flow: Flow } | null> {
  const row = await db
    .selectFrom("projects")
    .innerJoin("project_versions as current", (join) =>
      join.onRef("current.project_id", "=", "projects.id").onRef("current.version", "=", "projects.published"),
    )
    .where("projects.id", "=", id)
    .where("projects.deleted_at", "is", null)
    .select(["projects.id as projectId", "projects.name", "current.version", "current.flow"])
    .executeTakeFirst();
  return row ?? null;
}

/** Where each kind of thing that a flow can refer to has its names. */
const NAMES: Readonly<Record<OptionReference, (db: Db, ids: readonly number[] | null) => Promise<Named[]>>> = {
  queue: (db, ids) => named(db, "queues", ids),
  agent: (db, ids) => staffNamed(db, "agent", ids),
  telephone: (db, ids) => staffNamed(db, "telephone", ids),
  project: (db, ids) => named(db, "projects", ids),
  "contact-list": (db, ids) => named(db, "contact_lists", ids),
  calendar: (db, ids) => named(db, "calendars", ids),
  prompt: (db, ids) => plainlyNamed(db, "prompts", ids),
  "data-query": (db, ids) => plainlyNamed(db, "data_queries", ids),
};

export interface Named {
  id: number;
  name: string;
}

async function named(
  db: Db,
  table: "queues" | "projects" | "contact_lists" | "calendars",
  ids: readonly number[] | null,
) {
  let query = db.selectFrom(table).where("deleted_at", "is", null).select(["id", "name"]);
  if (ids !== null) query = query.where("id", "in", [...ids]);
  return query.limit(MOST_NAMES).execute();
}

async function plainlyNamed(db: Db, table: "prompts" | "data_queries", ids: readonly number[] | null) {
  const query = db.selectFrom(table).select(["id", "name"]).limit(MOST_NAMES);
  return (ids === null ? query : query.where("id", "in", [...ids])).execute();
}

async function staffNamed(db: Db, kind: "agent" | "telephone", ids: readonly number[] | null) {
  let query = db.selectFrom("staff").where("deleted_at", "is", null).where("kind", "=", kind);
  if (ids !== null) query = query.where("id", "in", [...ids]);
  return query.select(["id", "full_name as name"]).limit(MOST_NAMES).execute();
}

/** The internal number of an agent or a telephone; null where it has none, or is not there (any more). */
export async function findInternal(db: Db, staffId: number): Promise<string | null> {
  const row = await db
    .selectFrom("staff")
    .where("id", "=", staffId)
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .select("internal")
    .executeTakeFirst();
  return row?.internal ?? null;
}

/** More things of one kind than a house has. */
const MOST_NAMES = 20_000;

/** The names of things by kind and id; those that are not there (any more) are not in the answer. Null: all of a kind. */
export async function readNames(
  db: Db,
  wanted: ReadonlyMap<OptionReference, readonly number[] | null>,
): Promise<Map<OptionReference, Named[]>> {
  const found = new Map<OptionReference, Named[]>();
  for (const [kind, ids] of wanted) {
    found.set(kind, ids !== null && ids.length === 0 ? [] : await NAMES[kind](db, ids));
  }
  return found;
}

/** The names of routes and projects that lead callers to it. */
export async function usesOfProject(db: Db, id: number): Promise<string[]> {
  const routes = await db
    .selectFrom("inbound_routes")
    .where(sql<boolean>`actions @> ${JSON.stringify([{ project: id }])}::jsonb`)
    .select("number")
    .orderBy("number")
    .limit(20)
    .execute();
  const projects = await projectsHolding(db, { type: "go-to-project", options: { project: id } }, id);
  return [...routes.map(({ number }) => number), ...projects];
}
