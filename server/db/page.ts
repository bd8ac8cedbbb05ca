import { type RawBuilder, sql } from "kysely";

/** The condition "after the cursor" for a list ordered by `name`, then `id`. No cursor: everything. */
export function afterCursor(
  name: RawBuilder<string>,
  id: RawBuilder<number>,
  after: { name: string; id: number } | null,
): RawBuilder<boolean> {
  return after === null ? sql<boolean>`true` : sql<boolean>`(${name}, ${id}) > (${after.name}, ${after.id})`;
}

/** The condition that `text` stands anywhere in one of the columns, as it is: % and _ in it mean themselves. */
export function contains(columns: RawBuilder<string | null>[], text: string | null): RawBuilder<boolean> {
  if (text === null) return sql<boolean>`true`;
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`(${sql.join(
    columns.map((column) => sql`${column} ilike ${pattern}`),
    sql` or `,
  )})`;
}
