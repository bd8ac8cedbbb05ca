import { expect, test } from "vitest";
import { Settings } from "../../contract/settings.ts";
import { fieldsOf } from "./form-fields.ts";
import { SETTING_CHOICES, SETTING_GROUPS } from "./setting-groups.ts";

const fields = fieldsOf(Settings);

test("Every setting of the house stands under exactly one heading", () => {
  const grouped = SETTING_GROUPS.flatMap(({ names }) => names);
  expect([...grouped].sort()).toEqual(fields.map(({ name }) => name).sort());
});

test("Whatever is chosen from a few is said in words", () => {
  const chosen = fields.filter(({ kind }) => kind === "choice");
  expect(chosen.map(({ name }) => name).sort()).toEqual(Object.keys(SETTING_CHOICES).sort());
  for (const { name, choices } of chosen) {
    expect(Object.keys(Reflect.get(SETTING_CHOICES, name)).sort()).toEqual([...(choices ?? [])].sort());
  }
});
