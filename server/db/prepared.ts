import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";

/** A text that has come so often is worth being kept by the server; many lists are asked for once in their length. */
const WORTH_IT = 3;
/** Every connection keeps a plan of each, tens of kilobytes at most. */
const MOST_NAMES = 300;
/** Texts that were seen and not (yet) worth it; then counting begins anew. */
const MOST_COUNTED = 2000;
/** Long lists of values come in every length. */
const MOST_PARAMETERS = 40;

/**
 * Names for the statements of one pool. One that has a name is parsed and planned once a connection and not each time:
 * a join of eight tables takes half a millisecond then instead of three (PostgreSQL 18.4, "PREPARE": from the sixth
 * time on a plan for all values, where that is no worse than one for each).
 */
export function createStatementNames(): (text: string, parameters: number) => string | null {
  const names = new Map<string, string>();
  const counted = new Map<string, number>();
  return (text, parameters) => {
    // Without values it may be several statements at once, or one of a transaction's own.
    if (parameters === 0 || parameters > MOST_PARAMETERS) return null;
    const name = names.get(text);
    if (name !== undefined) return name;
    if (names.size >= MOST_NAMES) return null;
    const times = (counted.get(text) ?? 0) + 1;
    if (times < WORTH_IT) {
      if (counted.size >= MOST_COUNTED) counted.clear();
      counted.set(text, times);
      return null;
    }
    counted.delete(text);
    // Out of the text alone: others may speak over the same connections, and count otherwise.
    const made = `perch_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
    names.set(text, made);
    return made;
  };
}

/** The same pool, which asks by name what is asked again and again. */
export function withStatementNames(pool: PostgresPool): PostgresPool {
  const nameOf = createStatementNames();
  const known = new WeakMap<PostgresPoolClient, PostgresPoolClient>();
  const named = (client: PostgresPoolClient): PostgresPoolClient => {
    const query = (asked: unknown, values?: readonly unknown[]) => {
      const name = typeof asked === "string" ? nameOf(asked, values?.length ?? 0) : null;
      return name === null
        ? Reflect.apply(client.query, client, [asked, values])
        : Reflect.apply(client.query, client, [{ name, text: asked, values }]);
    };
    return Object.create(client, { query: { value: query } });
  };
  return {
    ...(pool.Client === undefined ? {} : { Client: pool.Client }),
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const before = known.get(client);
      if (before !== undefined) return before;
      const made = named(client);
      known.set(client, made);
      return made;
    },
  };
}
