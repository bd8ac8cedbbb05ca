import { type RawBuilder, sql } from "kysely";

/** The condition "after the cursor" for a list ordered by `name`, then `id`. No cursor: everything. */
export function afterCursor(
  name: RawBuilder<string>,
  id: RawBuilder<number>,
  after: { name: string; id: number } | null,
): RawBuilder<boolean> {
  return after === null ? sql<boolean>`true` : sql<boolean>`(${name}, ${id}) > (${after.name}, ${after.id})`;
}

/**
 * The condition that `text` stands anywhere in one of the columns, in capitals or not: % and _ in it mean themselves.
 * Where it has no letters it is compared as it stands, which is quicker.
 */
export function contains(columns: RawBuilder<string | null>[], text: string | null): RawBuilder<boolean> {
  if (text === null) return sql<boolean>`true`;
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const like = sql.raw(text.toLowerCase() === text.toUpperCase() ? "like" : "ilike");
  return sql<boolean>`(${sql.join(
    columns.map((column) => sql`${column} ${like} ${pattern}`),
    sql` or `,
  )})`;
}
