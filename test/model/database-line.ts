import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

/**
 * One server's connections to the database, through the schedule. They can break: between two statements, or after one
 * was done and before its answer came. A broken or killed one's transaction is rolled back, as PostgreSQL does.
 */
export interface DatabaseLine extends PostgresPool {
  /** Breaks every connection and refuses new ones. */
  away(): void;
  back(): void;
  /** The server that asked was killed: nobody waits for answers, what was not committed is undone. */
  abandon(): void;
}

const refused = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const broken = () => new Error("Connection terminated unexpectedly");

/** Over the pool that all servers of one world share. */
export function createDatabaseLine(pool: pg.Pool, schedule: Schedule, mortal: Mortal): DatabaseLine {
  const open = new Map<PostgresPoolClient, pg.PoolClient>();
  let isAway = false;
  /** The next statement is done, and its answer is lost. */
  let losesAnswer = false;

  const giveBack = (client: PostgresPoolClient) => {
    const real = open.get(client);
    if (real === undefined) return;
    open.delete(client);
    // Behind whatever it is doing; a rollback outside of a transaction is a warning.
    void schedule.run(() => real.query("rollback")).then(() => real.release());
  };
  const ask = async (client: PostgresPoolClient, sql: string, parameters: readonly unknown[]) => {
    const real = open.get(client);
    if (real === undefined) throw broken();
    if (isAway && !losesAnswer) {
      giveBack(client);
      throw broken();
    }
    const answer = await real.query(sql, [...parameters]);
    if (isAway && !mortal.dead) {
      losesAnswer = false;
      giveBack(client);
      throw broken();
    }
    return answer;
  };
  const connect = async (): Promise<PostgresPoolClient> => {
    if (isAway) throw refused();
    const real = await pool.connect();
    const client = {
      query: (asked: string | { text: string; values?: unknown[] }, values: readonly unknown[] = []) => {
        // By no name: the connections are those of all servers of all worlds, each with names of its own.
        const [sql, parameters] = typeof asked === "string" ? [asked, values] : [asked.text, asked.values ?? []];
        return mortal.live(schedule.run(() => ask(client, sql, parameters)));
      },
      release: () => {
        const mine = open.get(client);
        open.delete(client);
        mine?.release();
      },
    } as unknown as PostgresPoolClient;
    open.set(client, real);
    if (mortal.dead) giveBack(client);
    return client;
  };
  return {
    options: {},
    connect: () => mortal.live(schedule.run(connect)),
    end: async () => {},
    away() {
      isAway = true;
      losesAnswer = schedule.chance(0.5);
    },
    back() {
      isAway = false;
      losesAnswer = false;
    },
    abandon() {
      for (const client of open.keys()) giveBack(client);
    },
  };
}
