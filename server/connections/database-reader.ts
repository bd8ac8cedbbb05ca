import { Socket } from "node:net";
import pg from "pg";
import type { Clock } from "../clock.ts";
import { lookupWithin, type Resolve, systemNames } from "../ivr/name-lookup.ts";
import { isNamedAddress } from "../web-address.ts";
import type { DatabaseAddress } from "./database-address.ts";
import type { NumberedStatement } from "./named-parameters.ts";

/** The first row as text, its columns in their order; null: there is none. Or why not, in words. */
export type FirstRow = { row: { column: string; value: string }[] | null } | { failed: string };

/** Reads from databases that are not ours. */
export interface DatabaseReader {
  /**
   * The first row of a query, in a transaction that cannot write. Values are sent beside the statement; an empty one is
   * null. Never rejects.
   */
  first(wish: {
    address: DatabaseAddress;
    statement: NumberedStatement;
    values: readonly string[];
    timeoutMs: number;
    gone: AbortSignal;
  }): Promise<FirstRow>;
}

/** More at once are refused: a database that does not answer must not gather all of our calls. */
const MOST_AT_ONCE = 50;
/** Longer answers break off. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

class NotAllowed extends Error {}
class TooLong extends Error {}

// Each value as PostgreSQL writes it.
const AS_TEXT = { getTypeParser: () => (value: unknown) => value };

/** Builds what reads them. `allowed`: where they may be (see `isNamedAddress`); nothing else is connected to. */
export function createDatabaseReader(deps: {
  clock: Clock;
  allowed(): readonly string[];
  /** The system's resolver where nothing is said. */
  resolve?: Resolve;
}): DatabaseReader {
  const { clock, allowed, resolve = systemNames } = deps;
  let underWay = 0;

  /** Connects to an address that is allowed, judged when it is connected to; a name may change its mind. */
  const guardedSocket = (address: DatabaseAddress): Socket => {
    const { host, port } = address;
    const may = (one: string) => isNamedAddress(one, { host, port }, allowed());
    const socket = new Socket();
    const connect = socket.connect.bind(socket);
    const guarded = () =>
      connect({
        ...{ host, port },
        lookup: lookupWithin(resolve, may, () => new NotAllowed()),
      });
    Object.assign(socket, { connect: guarded });
    socket.once("connect", () => {
      // An address that is written as one is asked of no resolver.
      if (!may(socket.remoteAddress ?? "")) socket.destroy(new NotAllowed());
    });
    return socket;
  };

  /** Breaks off what is too long. An encrypted answer goes past its socket: it is heard where it is unlocked. */
  const bounded = (client: pg.Client, socketOf: () => Socket | null) => {
    const connection: unknown = Reflect.get(client, "connection");
    if (!(connection instanceof pg.Connection)) throw new Error("a connection whose answers cannot be counted");
    let bytes = 0;
    const count = () =>
      connection.stream.on("data", (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > LONGEST_ANSWER) socketOf()?.destroy(new TooLong());
      });
    count();
    connection.once("sslconnect", count);
  };

  const read = async (client: pg.Client, { statement, values, timeoutMs }: Parameters<DatabaseReader["first"]>[0]) => {
    await client.connect();
    await client.query(`begin read only; set local statement_timeout = ${Math.trunc(timeoutMs)}`);
    // A cursor takes one query that reads and nothing else, whatever stands in it.
    const declare = { text: `declare perch_first no scroll cursor for ${statement.text}`, queryMode: "extended" };
    await client.query({ ...declare, values: values.map((value) => (value === "" ? null : value)) });
    const { fields, rows } = await client.query<(string | null)[]>({
      ...{ text: "fetch 1 from perch_first", rowMode: "array", types: AS_TEXT },
    });
    const [row] = rows;
    if (row === undefined) return { row: null };
    return { row: fields.map(({ name }, at) => ({ column: name, value: row[at] ?? "" })) };
  };

  return {
    async first(wish) {
      const { address, timeoutMs, gone } = wish;
      const { host, port, database, user, password, encryption } = address;
      if (gone.aborted) return { failed: "Nobody waits for it any more." };
      if (underWay >= MOST_AT_ONCE) return { failed: "Too many lookups at once." };
      underWay += 1;
      let socket: Socket | null = null;
      const client = new pg.Client({
        ...{ host, port, database, user, password, application_name: "perch" },
        ssl: encryption === "none" ? false : { rejectUnauthorized: encryption === "checked" },
        stream: () => {
          socket = guardedSocket(address);
          return socket;
        },
      });
      // What breaks while nothing is asked is told to the query that follows.
      client.on("error", () => {});
      const end = () => {
        client.end().catch(() => {});
        socket?.destroy();
      };
      let leave = () => {};
      const left = new Promise<FirstRow>((settle) => {
        const tooLate = clock.after(timeoutMs, () => settle({ failed: "No answer in time." }));
        const away = () => settle({ failed: "Nobody waits for it any more." });
        gone.addEventListener("abort", away);
        leave = () => {
          tooLate();
          gone.removeEventListener("abort", away);
        };
      });
      try {
        bounded(client, () => socket);
        const found = read(client, wish).catch((error: unknown): FirstRow => ({ failed: failureOf(error, host) }));
        return await Promise.race([found, left]);
      } finally {
        leave();
        end();
        underWay -= 1;
      }
    },
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nobody takes the connection.",
  ECONNRESET: "The connection broke off.",
  ENOTFOUND: "Nobody is known by that name.",
  EAI_AGAIN: "The name cannot be looked up now.",
  ETIMEDOUT: "No answer in time.",
  EHOSTUNREACH: "It cannot be reached.",
  ENETUNREACH: "It cannot be reached.",
  "57014": "The query took too long.",
  "25006": "The query wants to change something; it may only read.",
  "28P01": "The database does not take the user and password.",
  "28000": "The database does not take the user and password.",
  "3D000": "There is no database of that name.",
  "42501": "The user of the database may not read this.",
};

/** What kept it from being answered, in words without the values that were sent. */
function failureOf(error: unknown, host: string): string {
  if (error instanceof NotAllowed)
    return `Projects may not ask the database at ${host}: the house's list does not name it.`;
  if (error instanceof TooLong) return "The answer is too long.";
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const known = typeof code === "string" ? WORDS[code] : undefined;
  if (known !== undefined) return known;
  if (error instanceof pg.DatabaseError) {
    // Class 42 speaks of the statement alone, class 22 of what was given to it (PostgreSQL, appendix A).
    if (code?.toString().startsWith("42")) return `The query is not possible: ${error.message.slice(0, 200)}.`;
    if (code?.toString().startsWith("22")) return "A value is not what the query takes.";
    return "The database refused the query.";
  }
  if (typeof code === "string" && /CERT|TLS|SSL|SIGNATURE/.test(code)) return "Its certificate is not trusted.";
  if (error instanceof Error && error.message.includes("SSL")) {
    return "It offers no encryption; sslmode=disable asks for none.";
  }
  return "It could not be asked.";
}
