import type { Settings } from "../../contract/settings.ts";
import { Refusal } from "../refusal.ts";
import type { Desktop } from "./desktops.ts";
import { spoken } from "./lease.ts";

/** What a second desktop of the same agent does: both go on, the new one is turned away, or the others leave. */
export type SecondDesktop = { goes: "in"; leaving: Desktop[]; words: string } | Refusal;

/**
 * Decides by the setting `secondLogin`. `signIn` is what the new one came with, null where it has none yet; windows of
 * one browser are one desktop. One that is gone stands in nobody's way.
 */
export function decideSecondDesktop(facts: {
  policy: Settings["secondLogin"];
  there: Desktop[];
  signIn: string | null;
  now: Date;
  timeZone: string;
}): SecondDesktop {
  const { policy, there, signIn, now, timeZone } = facts;
  const others = there.filter((desktop) => desktop.signIn !== signIn);
  const [first] = others;
  if (policy === "refuse" && first !== undefined) {
    const since = spoken(first.since, now, timeZone);
    return new Refusal(
      "sign-in.elsewhere",
      `You are signed in at ${first.address} since ${since}. Sign out there first.`,
      { address: first.address, since: first.since.toISOString() },
    );
  }
  const leaving = policy === "end-other" && signIn !== null ? others : [];
  return { goes: "in", leaving, words: `You signed in at another desktop at ${spoken(now, now, timeZone)}.` };
}
