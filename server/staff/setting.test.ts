import { Value } from "typebox/value";
import { expect, it } from "vitest";
import { DEFAULT_SETTINGS, Settings } from "../../contract/settings.ts";
import { checkSettings, settingsFrom } from "./setting.ts";

it("the defaults are what the schema says, and fit it", () => {
  const said = Object.fromEntries(
    Object.entries(Settings.properties).map(([key, schema]) => [key, (schema as { default?: unknown }).default]),
  );
  expect(DEFAULT_SETTINGS).toEqual(said);
  expect(Value.Check(Settings, DEFAULT_SETTINGS)).toBe(true);
});

it("what is stored and not understood any more is the default", () => {
  const stored = {
    country: "CH",
    disposeDeadlineHours: -1,
    undisposedUser: "nobody",
    gone: 1,
    disconnectionTimeoutMinutes: null,
  };
  expect(settingsFrom(stored)).toEqual({ ...DEFAULT_SETTINGS, country: "CH", disconnectionTimeoutMinutes: null });
});

it("a country and a time zone have to exist", () => {
  const known = (code: string) => code === "IT";
  expect(checkSettings({ country: "IT", timeZone: "Asia/Tokyo" }, known)).toBeNull();
  expect(checkSettings({ country: "XX" }, known)?.facts).toEqual({ field: "country" });
  expect(checkSettings({ timeZone: "Mars/Base" }, known)?.facts).toEqual({ field: "timeZone" });
});
