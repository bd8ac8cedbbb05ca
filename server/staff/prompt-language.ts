import type { Settings } from "../../contract/settings.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";

/** Countries (ISO 3166-1) in which one of the voices is everybody's language; elsewhere English speaks. */
const SPOKEN_IN: readonly [VoiceLanguage, string][] = [
  ["it", "IT SM VA"],
  ["es", "ES AR BO CL CO CR CU DO EC GQ GT HN MX NI PA PE PR PY SV UY VE"],
  ["fr", "FR BF BJ CD CG CI GA GF GN GP MC ML MQ NC NE PF RE SN TG YT"],
];

/** The language of the house on the telephone: what was chosen, else its country's. */
export function promptLanguage({
  promptLanguage: chosen,
  country,
}: Pick<Settings, "promptLanguage" | "country">): VoiceLanguage {
  return chosen ?? SPOKEN_IN.find(([, countries]) => countries.split(" ").includes(country))?.[0] ?? "en";
}
