import { Textarea } from "@mantine/core";
import { DataQueryBody } from "../../../../contract/views.ts";
import { namesOf } from "../house.ts";
import type { Kind } from "../kind.ts";
import { QueryTry } from "../query-try.tsx";

/** What projects may ask of databases. */
export const dataQueryKind: Kind<"data-queries"> = {
  collection: "data-queries",
  title: "Database queries",
  one: "query",
  many: "queries",
  purpose: "What IVR projects may ask of a PostgreSQL database: one SELECT each, with named parameters.",
  schema: DataQueryBody,
  words: {
    name: { hint: "As projects call it: Customer by number" },
    secretId: { hint: "A secret that leads to a database; the settings say where databases may be" },
    sql: {
      hint: "select name from customers where number = :caller. A parameter takes the variable of its name; an empty one is null. The first row counts",
    },
    timeoutSeconds: { hint: "Then the caller goes on by “No answer”" },
  },
  columns: (house) => [
    { id: "name", title: "Name", width: 200, value: (row) => row.name },
    { id: "database", title: "Database", width: 180, value: (row) => namesOf(house.secrets, [row.secretId]) },
    { id: "parameters", title: "Parameters", width: 180, value: (row) => row.parameters.join(", ") },
    { id: "sql", title: "SQL", width: 360, value: (row) => row.sql.replace(/\s+/g, " ") },
  ],
  nameOf: (row) => row.name,
  fresh: { timeoutSeconds: 5 },
  valuesOf: ({ name, secretId, sql, timeoutSeconds }) => ({ name, secretId, sql, timeoutSeconds }),
  options: (house) => ({
    secretId: house.secrets
      .filter(({ purpose }) => purpose === "database")
      .map(({ id, name, leadsTo }) => ({ value: String(id), label: `${name} · ${leadsTo}` })),
  }),
  draw: {
    sql: (drawing) => (
      <Textarea
        className="query-sql"
        label={drawing.label}
        description={drawing.hint}
        error={drawing.problem}
        withAsterisk
        autosize
        minRows={4}
        maxRows={16}
        spellCheck={false}
        value={typeof drawing.value === "string" ? drawing.value : ""}
        onChange={(event) => drawing.set(event.currentTarget.value)}
      />
    ),
  },
  about: (row) => <QueryTry query={row} />,
  removal: () => <p>While a project asks it, it stays.</p>,
};
