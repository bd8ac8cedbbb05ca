import { REFUSALS } from "../../contract/refusal.ts";
import type { Refusal } from "../../server/refusal.ts";

/** What a refusal of each of these must say besides its words. */
const FACTS: Record<string, string[]> = {
  "telephone.held": ["telephone", "heldBy", "needsConfirmation"],
  "telephone.not-registered": ["telephone"],
  "telephone.disabled": ["telephone"],
  "session.already-open": ["telephone", "since"],
  "telephony.refused": ["why"],
};

/** What a refusal leaves unexplained; nothing when it says who and why. */
export function refusalWrongs({ code, title, facts }: Refusal): string[] {
  const wrongs: string[] = [];
  if (!(code in REFUSALS)) wrongs.push(`${code} is no known refusal`);
  if (code === "fault") wrongs.push("a fault was returned as a refusal");
  if (!/^["\p{Lu}].*[.?]$/su.test(title)) wrongs.push(`${code} does not say why in a sentence: "${title}"`);
  if (/undefined|null|NaN|\[object/.test(title)) wrongs.push(`${code} is not for a person: "${title}"`);
  for (const fact of FACTS[code] ?? []) {
    if (facts[fact] === undefined) wrongs.push(`${code} ("${title}") does not say ${fact}`);
  }
  const holder = facts.heldBy;
  if (holder !== undefined && !isHolder(holder))
    wrongs.push(`${code} does not name the holder: ${JSON.stringify(holder)}`);
  return wrongs;
}

function isHolder(holder: unknown): boolean {
  return (
    typeof holder === "object" &&
    holder !== null &&
    "id" in holder &&
    "name" in holder &&
    "since" in holder &&
    Number.isFinite(Date.parse(String(holder.since)))
  );
}
