import type { JournalFact } from "../journal.ts";
import { openStay } from "./bridge-stay.ts";
import type { BridgeStay, CallAsk, CallChannel, CallChannels } from "./call-channel.ts";

/** How the dialling of who was asked ended where all three talk on: in the place of what Dial says. */
export const TOGETHER = "TOGETHER";

/**
 * A telephone pressed the keys to ask somebody first. Asterisk makes a connection with two halves that calls for it:
 * the telephone leaves its caller alone in their bridge and is joined with the one half (`;1`), the other (`;2`) runs
 * the dial plan. The telephone goes back to the first bridge, or the near half goes there in its place.
 *
 * ```text
 *  caller ── A ── telephone          caller ── A   telephone ── B ── ;1 ═ ;2 ── C ── asked
 *  back:         caller ── A ── telephone
 *  handed over:  caller ── A ── ;1 ═ ;2 ── C ── asked, and a little later: caller ── A ── asked
 * ```
 */
export function askedByKeys(call: CallChannels, fact: JournalFact): void {
  const via = call.channels.get(fact.channelId);
  const by = namedChannel(call, fact.extra.asker ?? "");
  // The number of an agent may lead on to another number, and then is said again.
  if (via === undefined || by === undefined || call.asks.some(({ viaChannelId }) => viaChannelId === via.id)) return;
  call.asks.push({
    ...{ byChannelId: by.id, viaChannelId: via.id, fromUs: via.startedUs ?? fact.atUs, to: via.dialled },
    ...{ callerNumber: fact.callerNumber, callerName: fact.callerName, prefix: null, over: null },
  });
}

/**
 * Whether a telephone that asked by keys puts all three together: Asterisk tells of it as of a transfer, but the
 * telephone is in the bridge of its caller again. Nobody is sent on.
 */
export function putTogether(call: CallChannels, { kind, channelId, atUs }: JournalFact): boolean {
  const ask = call.asks.findLast((one) => one.viaChannelId !== null && one.byChannelId === channelId);
  const by = call.channels.get(channelId);
  if (kind !== "transfer.attended" || ask === undefined || by === undefined) return false;
  if (homeOf(ask, by)?.bridgeId !== openStay(by)?.bridgeId) return false;
  ask.over = { atUs, dialStatus: TOGETHER };
  return true;
}

/** A telephone that asked by keys has gone back where it finds itself in the bridge in which it was before. */
export function backByKeys(call: CallChannels): void {
  for (const ask of call.asks) {
    const by = call.channels.get(ask.byChannelId);
    const via = ask.viaChannelId === null ? undefined : call.channels.get(ask.viaChannelId);
    if (by === undefined || via === undefined || ask.over !== null) continue;
    const home = homeOf(ask, by);
    const back = by.stays.find((stay) => stay.bridgeId === home?.bridgeId && stay.fromUs > ask.fromUs);
    if (back !== undefined) ask.over = { atUs: back.fromUs, dialStatus: statusOf(call, via) };
  }
}

/** Where a telephone that asks has left its caller. */
const homeOf = (ask: CallAsk, by: CallChannel): BridgeStay | undefined =>
  by.stays.findLast((stay) => stay.fromUs <= ask.fromUs);

/** As the dial plan has it of a consultation from the desktop: who asked and does not go on talking called it off. */
function statusOf(call: CallChannels, via: CallChannel): string {
  if (via.dialStatus !== "ANSWER") return via.dialStatus;
  const other = namedChannel(call, via.source);
  return other?.party.kind === "telephone" || other?.party.kind === "trunk" ? "ANSWER" : "CANCEL";
}

/**
 * A caller is joined with the near half of such a connection; he got whoever is behind it. The telephone that asked is
 * gone, although Asterisk keeps its channel until somebody answers: it may have to ring it.
 */
export function handedByKeys(call: CallChannels): void {
  for (const ask of call.asks) {
    const via = ask.viaChannelId === null ? undefined : call.channels.get(ask.viaChannelId);
    const by = call.channels.get(ask.byChannelId);
    // Where the telephone is gone too soon, Asterisk does not say to whom.
    const transfer = call.transfers.find(
      ({ kind, byChannelId, atUs }) => kind === "attended" && byChannelId === by?.id && atUs >= ask.fromUs,
    );
    if (via === undefined || by === undefined || transfer === undefined || ask.over !== null) continue;
    const talks = ({ fromUs, toUs }: BridgeStay) => fromUs <= transfer.atUs && (toUs === null || toUs > transfer.atUs);
    const bridge = via.stays.find(talks)?.bridgeId;
    const behind = [...call.channels.values()].find(
      (one) => one !== via && one.stays.some((stay) => stay.bridgeId === bridge && talks(stay)),
    );
    transfer.to = behind?.id ?? ask.to;
    by.endedUs = Math.min(by.endedUs ?? transfer.atUs, transfer.atUs);
  }
}

/** Since when the near half is where the telephone that asks had left its caller. */
export function joinedByKeys(call: CallChannels, ask: CallAsk): number | null {
  const by = call.channels.get(ask.byChannelId);
  const via = ask.viaChannelId === null ? undefined : call.channels.get(ask.viaChannelId);
  const near = via === undefined ? undefined : namedChannel(call, `${via.name.slice(0, -1)}1`);
  const home = by === undefined ? undefined : homeOf(ask, by)?.bridgeId;
  return near?.stays.find(({ bridgeId }) => bridgeId === home)?.fromUs ?? null;
}

/**
 * Who is in a bridge with nobody while a telephone asks by keys: it holds its caller and waits for an answer; the
 * caller hears music until it goes, and then how it rings.
 */
export function aloneByKeys(
  call: CallChannels,
  channel: CallChannel,
  stay: BridgeStay,
  { fromUs }: { fromUs: number },
): { kind: "held" | "alone"; with: string[] } | null {
  for (const ask of call.asks) {
    const by = ask.viaChannelId === null ? undefined : call.channels.get(ask.byChannelId);
    if (by === undefined || fromUs >= (ask.over?.atUs ?? Number.POSITIVE_INFINITY)) continue;
    const home = homeOf(ask, by);
    const inHome = home?.bridgeId === stay.bridgeId;
    if (by === channel && !inHome && stay.fromUs >= ask.fromUs)
      return { kind: "held", with: leftIn(call, home, fromUs) };
    if (by === channel || !inHome || home.toUs === null || home.toUs > fromUs) continue;
    const gone = by.endedUs !== null && by.endedUs <= fromUs;
    return gone ? { kind: "alone", with: [] } : { kind: "held", with: [by.id] };
  }
  return null;
}

/** Whether it is then with whom it asks: its hold is its caller's and not theirs. */
export const asksByKeys = (call: CallChannels, by: CallChannel, { fromUs }: { fromUs: number }): boolean =>
  call.asks.some(
    (ask) =>
      ask.viaChannelId !== null &&
      ask.byChannelId === by.id &&
      fromUs >= (homeOf(ask, by)?.toUs ?? Number.POSITIVE_INFINITY) &&
      (ask.over === null || fromUs < ask.over.atUs),
  );

function leftIn(call: CallChannels, home: BridgeStay | undefined, us: number): string[] {
  const there = (stay: BridgeStay) =>
    stay.bridgeId === home?.bridgeId && stay.fromUs <= us && (stay.toUs === null || stay.toUs > us);
  const left = [...call.channels.values()].filter(({ party, stays }) => party.kind !== "local" && stays.some(there));
  return left.map(({ id }) => id).sort();
}

function namedChannel(call: CallChannels, name: string): CallChannel | undefined {
  for (const channel of call.channels.values()) if (channel.name === name) return channel;
  return undefined;
}
