import type { JournalFact } from "../journal.ts";
import type { BridgeStay, CallChannel } from "./call-channel.ts";

/** It joins a bridge; one that it is in by then, without a word of leaving it, it has left. */
export function enterBridge(channel: CallChannel, fact: JournalFact): void {
  const open = openStay(channel);
  const bridgeId = fact.bridgeId ?? "";
  if (open?.bridgeId === bridgeId) return;
  if (open !== undefined) open.toUs = fact.atUs;
  channel.stays.push({ bridgeId, fromUs: fact.atUs, toUs: null, parked: fact.extra.parking !== undefined });
}

export function leaveBridge(channel: CallChannel, fact: JournalFact): void {
  const open = openStay(channel);
  if (open === undefined) return;
  open.toUs = fact.atUs;
  channel.leftBridgeUs = fact.atUs;
}

/** The bridge that it is in. */
export function openStay(channel: CallChannel): BridgeStay | undefined {
  const last = channel.stays.at(-1);
  return last?.toUs === null ? last : undefined;
}
