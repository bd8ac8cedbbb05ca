import type { RecordedPart } from "../db/recording-tables.ts";
import type { JournalFact } from "../journal.ts";

/**
 * Which stretches of a call stand in a recording: those in which its channel was connected with somebody while it was
 * recorded under that name. The recording's own length is right: what the journal tells beyond it is cut off, and the
 * last stretch reaches its end. `otherwise` is where it began if the journal tells nothing of it. Pure.
 */
export function recordedParts(
  facts: readonly JournalFact[],
  recording: { source: string; channelId: string; lengthMs: number },
  otherwise: Date,
): RecordedPart[] {
  const { source, channelId, lengthMs } = recording;
  const own = facts.filter((fact) => fact.channelId === channelId).sort((a, b) => a.atUs - b.atUs);
  const stretches: { fromUs: number; toUs: number }[] = [];
  let recorded = false;
  const bridges = new Set<string | null>();
  let sinceUs: number | null = null;
  for (const fact of own) {
    if (fact.kind === "recorded") recorded = fact.extra.recording === source;
    // Who goes from one bridge to the next may be written to enter before they leave.
    else if (fact.kind === "bridge.entered") bridges.add(fact.bridgeId);
    else if (fact.kind === "bridge.left") bridges.delete(fact.bridgeId);
    else if (fact.kind === "channel.ended") bridges.clear();
    else continue;
    if (recorded && bridges.size > 0) sinceUs ??= goneOnSince(stretches, fact.atUs);
    else if (sinceUs !== null) {
      stretches.push({ fromUs: sinceUs, toUs: fact.atUs });
      sinceUs = null;
    }
  }
  if (sinceUs !== null) stretches.push({ fromUs: sinceUs, toUs: sinceUs + lengthMs * 1000 });
  if (stretches.length === 0) {
    const fromUs = otherwise.getTime() * 1000;
    stretches.push({ fromUs, toUs: fromUs + lengthMs * 1000 });
  }
  return fitted(stretches, lengthMs);
}

/** Whether the journal has told all of a channel: with its own end, or with that of everything. Pure. */
export const isToldToItsEnd = (facts: readonly JournalFact[], channelId: string): boolean =>
  facts.some(({ kind, channelId: of }) => kind === "restart" || (kind === "channel.ended" && of === channelId));

/** Since when it is connected: where it left a bridge in the same instant, since it entered that one. */
function goneOnSince(stretches: { fromUs: number; toUs: number }[], atUs: number): number {
  const last = stretches.at(-1);
  if (last === undefined || last.toUs !== atUs) return atUs;
  stretches.pop();
  return last.fromUs;
}

function fitted(stretches: readonly { fromUs: number; toUs: number }[], lengthMs: number): RecordedPart[] {
  const parts: RecordedPart[] = [];
  let placeMs = 0;
  for (const { fromUs, toUs } of stretches) {
    const long = Math.min(Math.round((toUs - fromUs) / 1000), lengthMs - placeMs);
    if (long <= 0 && parts.length > 0) break;
    parts.push({ startedAt: new Date(Math.floor(fromUs / 1000)).toISOString(), placeMs, lengthMs: long });
    placeMs += long;
  }
  const last = parts.at(-1);
  if (last !== undefined) last.lengthMs += lengthMs - placeMs;
  return parts;
}

/** Where an instant of the call stands in its recording; one between two parts stands where the second begins. Pure. */
export function placeOf(parts: readonly RecordedPart[], at: Date): number {
  let place = 0;
  for (const part of parts) {
    const since = at.getTime() - Date.parse(part.startedAt);
    if (since < 0) return place;
    place = part.placeMs + Math.min(since, part.lengthMs);
  }
  return place;
}

/** When the last part ended. */
export function endOfParts(parts: readonly RecordedPart[]): Date {
  const last = parts.at(-1);
  return new Date(last === undefined ? 0 : Date.parse(last.startedAt) + last.lengthMs);
}
