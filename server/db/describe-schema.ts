import { sql } from "kysely";
import type { Db } from "./pool.ts";

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  identity: string;
  initial: string | null;
}
interface Definition {
  table: string;
  name: string;
  definition: string;
}

/**
 * The schema as SQL, read from the catalogue: the same text for the same schema on every PostgreSQL. It is committed
 * as `schema.sql`, so that a change of the data model is seen whole in one diff. The parts of a table that is kept by
 * months come and go; the whole stands for them.
 */
export async function describeSchema(db: Db): Promise<string> {
  const extensions = await sql<{ name: string }>`
    select extname as name from pg_extension where extname <> 'plpgsql' order by 1`.execute(db);
  const columns = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           not a.attnotnull as nullable, a.attidentity as identity, pg_get_expr(d.adbin, d.adrelid) as initial
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname, a.attnum`.execute(db);
  // Since PostgreSQL 18 a column's "not null" is a constraint as well (contype n); the columns say it already.
  const constraints = await sql<Definition>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'c', 'f', 'x')
      and not c.relispartition and k.conparentid = 0
    order by c.relname, position(k.contype::text in 'puxcf'), k.conname`.execute(db);
  const indexes = await sql<Definition>`
    select c.relname as table, i.relname as name, pg_get_indexdef(i.oid) as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    where c.relnamespace = 'public'::regnamespace and not c.relispartition
      and not exists (select 1 from pg_constraint k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
    order by c.relname, i.relname`.execute(db);

  const functions = await sql<{ definition: string }>`
    select pg_get_functiondef(p.oid) as definition from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname, p.oid`.execute(db);
  const triggers = await sql<{ definition: string }>`
    select pg_get_triggerdef(t.oid) as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and not c.relispartition
    order by c.relname, t.tgname`.execute(db);

  const parted = new Map(
    (
      await sql<{ table: string; by: string }>`
        select c.relname as table, pg_get_partkeydef(c.oid) as by
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'p'`.execute(db)
    ).rows.map(({ table, by }) => [table, ` partition by ${by}`]),
  );

  const tables = [...new Set(columns.rows.map((column) => column.table))].map((table) => {
    const of = <T extends { table: string }>(rows: T[]) => rows.filter((row) => row.table === table);
    const lines = [
      ...of(columns.rows).map(columnLine),
      ...of(constraints.rows).map(({ name, definition }) => `constraint ${name} ${definition}`),
    ];
    const after = of(indexes.rows).map(({ definition }) => `${definition};\n`);
    return `create table ${table} (\n  ${lines.join(",\n  ")}\n)${parted.get(table) ?? ""};\n${after.join("")}`;
  });
  return [
    "-- What the migrations make, read from the catalogue. Written by the tests: npx vitest run --project store -u schema\n",
    extensions.rows.map(({ name }) => `create extension ${name};\n`).join(""),
    ...tables,
    functions.rows.map(({ definition }) => `${definition.trimEnd()};\n`).join("\n"),
    triggers.rows.map(({ definition }) => `${definition};\n`).join(""),
  ].join("\n");
}

function columnLine({ name, type, nullable, identity, initial }: Column): string {
  const parts = [name, type];
  if (identity !== "") parts.push(`generated ${identity === "a" ? "always" : "by default"} as identity`);
  if (initial !== null) parts.push(`default ${initial}`);
  if (!nullable) parts.push("not null");
  return parts.join(" ");
}
