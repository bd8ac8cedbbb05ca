import { sql } from "kysely";
import type { Db } from "../db/pool.ts";
import { insertTelephones, type NewTelephone } from "./telephone-admin-store.ts";
import type { PlannedLine, TakenNames } from "./telephone-plan.ts";

/** Who of the house has the names and numbers that these lines want, and which agents are to own some. */
export async function readTaken(db: Db, rows: readonly PlannedLine[]): Promise<TakenNames> {
  const lower = (texts: readonly (string | null)[]) => [
    ...new Set(texts.flatMap((text) => (text === null ? [] : [text.toLowerCase()]))),
  ];
  const names = lower([...rows.map(({ username }) => username), ...rows.map(({ owner }) => owner)]);
  const numbers = lower(rows.map(({ internal }) => internal));
  const found = await db
    .selectFrom("staff")
    .select(["id", "kind", "full_name", "internal"])
    .select(sql<string>`lower(username)`.as("username"))
    .where("deleted_at", "is", null)
    .where((is) =>
      is.or([is(sql`lower(username)`, "=", sql`any(${names})`), is(sql`internal`, "=", sql`any(${numbers})`)]),
    )
    .execute();
  const words = (one: { kind: string; full_name: string }) =>
    `the ${one.kind === "admin" ? "administrator" : one.kind} ${one.full_name}`;
  return {
    usernames: new Map(found.map((one) => [one.username, words(one)])),
    internals: new Map(found.flatMap((one) => (one.internal === null ? [] : [[one.internal, words(one)]]))),
    owners: new Map(found.flatMap((one) => (one.kind === "agent" ? [[one.username, one.id]] : []))),
  };
}

/** Makes all of them; answers their ids in the order of the lines. Broken constraints are thrown. */
export async function insertAll<Row extends PlannedLine>(
  tx: Db,
  rows: readonly Row[],
  telephoneOf: (row: Row) => Omit<NewTelephone, "staffId">,
): Promise<number[]> {
  const made = await tx
    .insertInto("staff")
    .values(
      rows.map(({ fullName, username, internal }) => ({
        kind: "telephone" as const,
        full_name: fullName,
        username,
        internal,
        enabled: true,
      })),
    )
    .returning(["id", "username"])
    .execute();
  const ids = new Map(made.map(({ id, username }) => [username, id]));
  const telephones = rows.flatMap((row): NewTelephone[] => {
    const staffId = ids.get(row.username);
    return staffId === undefined ? [] : [{ staffId, ...telephoneOf(row) }];
  });
  await insertTelephones(tx, telephones);
  return telephones.map(({ staffId }) => staffId);
}
