import { Value } from "typebox/value";
import { DEFAULT_SETTINGS, Settings, type SettingsPatch } from "../../contract/settings.ts";
import { Refusal } from "../refusal.ts";
import { isWebAllowance } from "../web-address.ts";

/** The settings in force: what was set and is still understood, else the default. */
export function settingsFrom(stored: Record<string, unknown>): Settings {
  const understood = Object.entries(Settings.properties)
    .filter(([key, schema]) => key in stored && Value.Check(schema, stored[key]))
    .map(([key]) => [key, stored[key]]);
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(understood) };
}

/** What the schema cannot say: a zone and a country have to exist, and what is let in has to say something. */
export function checkSettings(patch: SettingsPatch, isCountry: (code: string) => boolean): Refusal | null {
  if (patch.country !== undefined && !isCountry(patch.country)) {
    return new Refusal("request.invalid", `"${patch.country}" is no country with telephone numbers.`, {
      field: "country",
    });
  }
  if (patch.timeZone !== undefined && !isTimeZone(patch.timeZone)) {
    return new Refusal("request.invalid", `"${patch.timeZone}" is no time zone, such as Europe/Rome.`, {
      field: "timeZone",
    });
  }
  for (const field of ["httpBlockAllowed", "databaseBlockAllowed"] as const) {
    const odd = patch[field]?.find((entry) => !isWebAllowance(entry));
    if (odd === undefined) continue;
    const words = `"${odd}" is no name, address or network, such as 10.1.0.0/16.`;
    return new Refusal("request.invalid", words, { field });
  }
  return null;
}

/** Whether a name is one of the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
