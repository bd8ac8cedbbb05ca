import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { describeSchema } from "./describe-schema.ts";
import type { Database } from "./pool.ts";

let place: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  place = await migratedDatabase();
  db = place.db;
});
afterAll(() => place.close());

it("schema.sql is what the migrations make", async () => {
  await expect(await describeSchema(db)).toMatchFileSnapshot("./schema.sql");
});

it("tables.ts has the tables and columns of the database, with null where null may be", async () => {
  const found = await sql<{ line: string }>`
    select table_name || '.' || column_name || case is_nullable when 'YES' then ' or null' else '' end as line
    from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migrations'
      and table_name not in (select relname from pg_class where relispartition)`.execute(db);
  expect(declaredColumns().sort()).toEqual(found.rows.map(({ line }) => line).sort());
});

/** The lines `table.column` or `table.column or null` of the interface Tables and of what it extends. */
function declaredColumns(): string[] {
  const tables = [
    ...interfaceOf("tables.ts", "Tables"),
    ...interfaceOf("call-tables.ts", "CallTables"),
    ...interfaceOf("calling-tables.ts", "CallingTables"),
    ...interfaceOf("connection-tables.ts", "ConnectionTables"),
    ...interfaceOf("item-tables.ts", "ItemTables"),
    ...interfaceOf("project-tables.ts", "ProjectTables"),
    ...interfaceOf("prompt-tables.ts", "PromptTables"),
    ...interfaceOf("queue-tables.ts", "QueueTables"),
    ...interfaceOf("recording-tables.ts", "RecordingTables"),
  ];
  return tables.flatMap((table) => {
    if (table.type === undefined || !ts.isTypeLiteralNode(table.type)) throw new Error(`what is ${table.getText()}?`);
    return table.type.members
      .filter(ts.isPropertySignature)
      .map((one) => `${table.name.getText()}.${one.name.getText()}${mayBeNull(one.type) ? " or null" : ""}`);
  });
}

function interfaceOf(name: string, wanted: string): ts.PropertySignature[] {
  const file = join(import.meta.dirname, name);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext, true);
  const found = source.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === wanted);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`${name} has no interface ${wanted}`);
  return found.members.filter(ts.isPropertySignature);
}

function mayBeNull(type: ts.TypeNode | undefined): boolean {
  const text = type?.getText() ?? "";
  return text.startsWith("Maybe<") || /\|\s*null\b/.test(text);
}
