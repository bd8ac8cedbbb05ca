import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkout } from "./checkout.ts";

/** What a new process finds in each of the packages. */
const exportsOf = (before: string): string =>
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `${before}
       for (const name of ["kysely", "typebox", "typebox/compile", "typebox/format", "typebox/value"])
         console.log(name, Object.keys(await import(name)).sort().join());
       const { Type } = await import("typebox");
       const { Compile } = await import("typebox/compile");
       const schema = Compile(Type.Object({ at: Type.String({ format: "date-time" }) }));
       console.log(schema.Check({ at: "2026-03-01T08:00:00Z" }), schema.Check({ at: "noon" }));
       console.log(import.meta.resolve("kysely"), import.meta.resolve("typebox"));`,
    ],
    { cwd: checkout, encoding: "utf8" },
  );

it("joined packages offer and do what they do loose", () => {
  const loose = exportsOf("").split("\n");
  const joining = `await (await import(${JSON.stringify(join(checkout, "cli", "joined-packages.ts"))})).loadPackagesJoined();`;
  const joined = exportsOf(joining).split("\n");
  expect(joined.slice(0, -2)).toEqual(loose.slice(0, -2));
  expect(loose.at(-2)).toMatch(/node_modules/);
  expect(joined.at(-2)).not.toMatch(/node_modules/);
});
