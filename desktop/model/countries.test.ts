import { expect, test } from "vitest";
import { countries } from "./countries.ts";

test("every country stands once, under the name people look for", () => {
  const all = countries();
  expect(all.find((one) => one.code === "IT")?.name).toBe("Italy");
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all.map((one) => one.code)).size).toBe(all.length);
  expect(all.map((one) => one.code)).not.toContain("ZZ");
});
