import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type Transaction } from "kysely";
import pg from "pg";
import { Refusal } from "../refusal.ts";
import { withStatementNames } from "./prepared.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** A transaction or the plain database: what a store's function takes. */
export type Db = Kysely<Tables> | Transaction<Tables>;

// bigint columns are ids, byte offsets and milliseconds, all far below 2^53.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

interface PoolOptions {
  max?: number;
  connectTimeoutMs?: number;
  /** Told of connections that break while nobody uses them. */
  onError: (error: Error) => void;
}

/**
 * Opens a pool. It connects on first use; a server that cannot be reached shows as a rejected query, at most
 * `connectTimeoutMs` later. The caller ends it with `destroy()`.
 */
export function openDatabase(url: string, options: PoolOptions): Database {
  return databaseOn(openPool(url, options));
}

/** Speaks to the database over a pool that was opened before; `destroy()` ends that too. */
export function databaseOn(pool: PostgresPool): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withStatementNames(pool) }) });
}

/** The connections alone. */
export function openPool(url: string, options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    // Also how long a query may wait for its turn: a thousand desktops that come back at once stand in a queue.
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: "perch",
    types,
  });
  // An idle connection that breaks is reported here; without a listener it would end the process.
  pool.on("error", options.onError);
  // One that is in use reports to itself alone: between two queries of a transaction nobody else would listen.
  pool.on("connect", (connection) => connection.on("error", options.onError));
  return pool;
}

class Undo extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Runs `work` in one transaction. A refusal it returns undoes everything and is returned; a throw undoes and rethrows. */
export async function inTransaction<T>(db: Database, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(async (tx) => {
      const result = await work(tx);
      if (result instanceof Refusal) throw new Undo(result);
      return result;
    });
  } catch (error) {
    // T includes Refusal whenever `work` can return one; that is the only way an Undo is made.
    if (error instanceof Undo) return error.refusal as T;
    throw error;
  }
}

/** The name of the constraint a failed statement ran into, or null when it failed for another reason. */
export function brokenConstraint(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError)) return null;
  const code = error.code ?? "";
  // Class 23: integrity constraint violation (PostgreSQL, appendix A).
  return code.startsWith("23") ? (error.constraint ?? code) : null;
}

/** Whether the database will never take what it was given: data it cannot hold (class 22), or against its rules (23). */
export function isRefusedData(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");
}

/** Runs a script of several statements as it stands. */
export async function runScript(db: Db, sql: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(sql));
}
