import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { type Database, type Db, runScript } from "./pool.ts";

/** The schema cannot be brought up to date. Its message is for the person who started Perch; trying again is no use. */
export class MigrationProblem extends Error {}

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

const OLDEST_POSTGRESQL = 15;
/** Any number of our own: whoever migrates this database holds it (PostgreSQL, advisory locks). */
const LOCK = 7_037_242_001;

/**
 * The migrations that stand in a folder, in order. Throws when a name is not `0001-words.sql` or a number stands twice.
 * Numbers may leave gaps: features are written side by side, and none waits for the number before its own.
 */
export function readMigrations(folder = join(import.meta.dirname, "migrations")): Migration[] {
  const names = readdirSync(folder).sort();
  const seen = new Set<number>();
  return names.map((name) => {
    const number = Number(/^([0-9]{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]);
    if (Number.isNaN(number)) throw new MigrationProblem(`${join(folder, name)} is not named like 0001-words.sql.`);
    if (seen.has(number))
      throw new MigrationProblem(`There are two migrations ${number}, one is ${join(folder, name)}.`);
    seen.add(number);
    const text = readFileSync(join(folder, name), "utf8");
    return { number, name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
  });
}

/** The next migration to run, or null when all have. Throws where what ran is not what stands in the files. */
export function nextMigration(files: Migration[], applied: Applied[]): Migration | null {
  for (const one of applied) {
    const file = files.find(({ number }) => number === one.number);
    if (file === undefined) {
      throw new MigrationProblem(`The database has been migrated by a newer Perch (${one.name}). Use that one.`);
    }
    if (file.checksum !== one.checksum) {
      throw new MigrationProblem(
        `${file.name} was changed after it ran in this database. Put it back, and write a new migration instead.`,
      );
    }
  }
  return files.find(({ number }) => !applied.some((one) => one.number === number)) ?? null;
}

/**
 * Brings the database's schema up to date; answers the names of what ran. Safe when several start at once: each
 * migration is one transaction under a lock, and whoever waited looks again. Throws MigrationProblem, or what the
 * database said.
 */
export async function migrate(db: Database, files: Migration[] = readMigrations()): Promise<string[]> {
  await requireVersion(db);
  const ran: string[] = [];
  for (;;) {
    const done = await db.transaction().execute(async (tx) => {
      // A big table may take longer than a query may, and so may waiting for another that migrates.
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
      const next = nextMigration(files, await readApplied(tx));
      if (next === null) return null;
      await runScript(tx, next.sql);
      await sql`insert into schema_migrations (number, name, checksum)
        values (${next.number}, ${next.name}, ${next.checksum})`.execute(tx);
      return next.name;
    });
    if (done === null) return ran;
    ran.push(done);
  }
}

async function requireVersion(db: Db): Promise<void> {
  const found = await sql<{ number: string; words: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as words`.execute(db);
  const [version] = found.rows;
  // 150004 is 15.4 (PostgreSQL, server_version_num).
  if (version === undefined || Math.trunc(Number(version.number) / 10_000) < OLDEST_POSTGRESQL) {
    throw new MigrationProblem(
      `The database is PostgreSQL ${version?.words ?? "unknown"}; Perch needs ${OLDEST_POSTGRESQL} or newer.`,
    );
  }
}

async function readApplied(tx: Db): Promise<Applied[]> {
  await runScript(
    tx,
    `create table if not exists schema_migrations (
      number integer primary key, name text not null, checksum text not null, ran_at timestamptz not null default now())`,
  );
  const applied = await sql<Applied>`select number, name, checksum from schema_migrations order by number`.execute(tx);
  return applied.rows;
}
