import { sql } from "kysely";
import type { Team } from "../../contract/views.ts";
import { afterCursor, contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { type Listed, type ListQuery, page } from "../listing.ts";

const rows = (db: Db) =>
  db.selectFrom("teams").select(["id", "name", "max_on_break as maxOnBreak"]).where("deleted_at", "is", null);

/** Teams by name; `q` is part of a name. */
export async function listTeams(db: Db, { limit, after, q }: ListQuery): Promise<Listed<Team>> {
  const found = await rows(db)
    .select(sql<string>`lower(name)`.as("sort"))
    .where(afterCursor(sql`lower(name)`, sql`id`, after))
    .where(contains([sql`name`], q))
    .orderBy("sort")
    .orderBy("id")
    .limit(limit + 1)
    .execute();
  return page(found, limit, ({ sort: _, ...team }) => team);
}

export async function findTeam(db: Db, id: number): Promise<Team | null> {
  return (await rows(db).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** A living team that cannot be removed until the transaction ends; null when there is none. */
export async function lockTeam(tx: Db, id: number): Promise<Team | null> {
  return (await rows(tx).where("id", "=", id).forShare().executeTakeFirst()) ?? null;
}

export async function insertTeam(tx: Db, team: { name: string; maxOnBreak: number | null }): Promise<number> {
  const { id } = await tx
    .insertInto("teams")
    .values({ name: team.name, max_on_break: team.maxOnBreak })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** What is undefined stays. Answers the team as it is now; null when there is none (any more). */
export async function updateTeam(
  tx: Db,
  id: number,
  patch: { name?: string | undefined; maxOnBreak?: number | null | undefined },
): Promise<Team | null> {
  const set = {
    ...(patch.name === undefined ? {} : { name: patch.name }),
    ...(patch.maxOnBreak === undefined ? {} : { max_on_break: patch.maxOnBreak }),
  };
  if (Object.keys(set).length === 0) return findTeam(tx, id);
  const row = await tx
    .updateTable("teams")
    .set(set)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning(["id", "name", "max_on_break as maxOnBreak"])
    .executeTakeFirst();
  return row ?? null;
}

/** The living agents of a team. */
export async function agentsOfTeam(db: Db, teamId: number): Promise<number[]> {
  const found = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .select("agents.staff_id as id")
    .where("agents.team_id", "=", teamId)
    .where("staff.deleted_at", "is", null)
    .orderBy("id")
    .execute();
  return found.map(({ id }) => id);
}

/** Removes a team: its name is free again, its agents are in no team. Answers them. */
export async function deleteTeam(tx: Db, id: number, at: Date): Promise<number[]> {
  await tx.updateTable("teams").set({ deleted_at: at }).where("id", "=", id).execute();
  const left = await tx
    .updateTable("agents")
    .set({ team_id: null })
    .where("team_id", "=", id)
    .returning("staff_id as id")
    .execute();
  return left.map((agent) => agent.id).sort((a, b) => a - b);
}
