import { expect, it } from "vitest";
import { numberedStatement, statementProblem } from "./named-parameters.ts";

it("names become numbers, the same name the same one", () => {
  expect(numberedStatement("select * from a where x = :caller and y = :digits or z = :caller;\n")).toEqual({
    text: "select * from a where x = $1 and y = $2 or z = $1",
    names: ["caller", "digits"],
  });
});

it("what is no parameter stays as it is", () => {
  for (const sql of [
    "select now()::date, a[1:2]",
    "select ':no', 'it''s :no', e'\\':no', \":no\"",
    "select 1 -- :no\n + 2 /* :no */",
    "select $$ :no $$, $body$ :no $$ :no $body$",
    "select f(a := 1)",
  ]) {
    expect(numberedStatement(sql)).toEqual({ text: sql, names: [] });
  }
  expect(numberedStatement("select :id::int").text).toBe("select $1::int");
});

it("only what reads is taken", () => {
  for (const sql of ["select 1", " -- why\n WITH x as (select 1) select * from x", "(select 1)", "values (1)"]) {
    expect(statementProblem(sql)).toBeNull();
  }
  for (const sql of ["delete from a", "", "begin", "/* select */ update a set b = 1", "select $1", "selection"]) {
    expect(statementProblem(sql)).not.toBeNull();
  }
  const many = Array.from({ length: 21 }, (_, at) => `:p${at}`).join(", ");
  expect(statementProblem(`select ${many}`)).toContain("20 parameters");
});
