import type { Seat } from "../telephony.ts";
import { plainWords } from "./render/conf.ts";

/**
 * A seat as Asterisk's database keeps it: `id|internal|callerId|language|name`, and `|number` where one is rung instead
 * of the account's; each of which the dial plan reads by
 * its place. The name is what stays of it where its special characters could mean something in a dial plan.
 */
export function writeSeat({ agentId, internal, callerId, language, agentName, number }: Seat): string {
  const fields = [agentId, internal ?? "", callerId ?? "", language ?? "", plainWords(agentName)];
  return [...fields, ...(number == null ? [] : [number])].join("|");
}

/** Reads it back; null for what we did not write. */
export function readSeat(endpoint: string, value: string): Seat | null {
  const match = /^([1-9][0-9]{0,14})\|([0-9]*)\|(\+?[0-9]*)\|(|en|it|es|fr)\|([^|]*)(?:\|(\+?[0-9]+))?$/.exec(value);
  if (match === null || endpoint === "") return null;
  const [, agentId, internal, callerId, language, agentName = "", number] = match;
  return {
    endpoint,
    agentId: Number(agentId),
    agentName,
    internal: internal || null,
    callerId: callerId || null,
    language: (language as Seat["language"]) || null,
    ...(number === undefined ? {} : { number }),
  };
}
