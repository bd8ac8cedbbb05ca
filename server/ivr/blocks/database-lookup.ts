import Type from "typebox";
import { defineBlock } from "../block.ts";
import { dataQueryOption, row, rows, template, variableName } from "../option.ts";

/** Asks a named query and keeps what its first row says. Values are parameters: they are never part of the statement. */
export const databaseLookup = defineBlock({
  type: "database-lookup",
  title: "Database lookup",
  summary: "Asks a named query of a database, and keeps values of the first row it finds.",
  group: "data",
  options: Type.Object(
    {
      query: dataQueryOption("Query"),
      give: rows(
        "Parameters",
        row({
          parameter: Type.String({ title: "Parameter", pattern: "^[a-z][A-Za-z0-9_]{0,30}$" }),
          value: template("Value", 500),
        }),
        [0, 20],
      ),
      read: rows(
        "Kept columns",
        row({
          variable: variableName("In", "answer"),
          column: Type.String({ title: "Column", minLength: 1, maxLength: 63 }),
        }),
        [0, 20],
      ),
    },
    { additionalProperties: false },
  ),
  exits: [
    { name: "found", title: "Found" },
    { name: "nothing", title: "Nothing found" },
    { name: "failed", title: "No answer" },
  ],
  waits: false,
  afterCall: true,
  sets: ["database.error"],
  async run({ house, options, variables, note, until }) {
    const given = new Map(options.give.map(({ parameter, value }) => [parameter, variables.fill(value)]));
    const valueFor = (name: string) => given.get(name) ?? variables.get(name);
    const found = await house.lookUp(options.query, valueFor, until);
    const failed = "failed" in found ? found.failed : null;
    const row = "failed" in found ? null : found.row;
    variables.set("database.error", failed ?? "");
    const values = new Map(row?.map(({ column, value }) => [column, value]));
    for (const { variable, column } of options.read) variables.set(variable, values.get(column) ?? "");
    if (failed !== null) note(failed);
    if (failed !== null) return "failed";
    return row === null ? "nothing" : "found";
  },
});
