import type { JournalFact } from "../journal.ts";
import { enterBridge, leaveBridge, openStay } from "./bridge-stay.ts";
import type { CallAsk, CallChannel, CallChannels } from "./call-channel.ts";
import { takeQueue } from "./call-visit.ts";
import { askedByKeys, backByKeys, handedByKeys, putTogether } from "./keys-asked.ts";

/** Facts of the same microsecond are taken in this order: a thing begins before it goes on, and ends last. */
const RANK: Record<JournalFact["kind"], number> = {
  "channel.started": 0,
  "channel.answered": 1,
  routed: 2,
  remote: 2,
  "transfer.blind": 3,
  "transfer.attended": 4,
  pickup: 5,
  "asked.over": 6,
  asked: 6,
  "asked.by-keys": 6,
  forwarded: 6,
  unhold: 7,
  "bridge.left": 8,
  "app.ended": 9,
  "queue.outcome": 10,
  "callback.asked": 10,
  "callback.waits": 10,
  "callback.taken": 10,
  "app.started": 11,
  "bridge.entered": 12,
  hold: 13,
  parked: 14,
  unparked: 15,
  "local.optimised": 16,
  recorded: 17,
  other: 17,
  listened: 18,
  "channel.ended": 19,
  "linked.ended": 20,
  restart: 21,
};

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The order in which facts are folded. It looks at what they say and not at where they stood, so that a copied, split
 * or shuffled journal folds to the same rows.
 */
function compareFacts(a: JournalFact, b: JournalFact): number {
  return (
    a.atUs - b.atUs ||
    RANK[a.kind] - RANK[b.kind] ||
    text(a.channelId, b.channelId) ||
    text(a.bridgeId ?? "", b.bridgeId ?? "") ||
    // The line that knows the cause of a hang-up stands before the one that does not.
    text(b.extra.cause ?? "", a.extra.cause ?? "") ||
    text(a.app, b.app) ||
    text(a.appData, b.appData) ||
    text(a.exten, b.exten)
  );
}

/** The facts of one linked id, in any order and with repetitions, gathered by channel. Pure. */
export function gatherChannels(facts: readonly JournalFact[]): CallChannels {
  const call: CallChannels = {
    channels: new Map(),
    visits: [],
    transfers: [],
    asks: [],
    holds: new Map(),
    met: new Map(),
    calledBack: null,
    prefix: null,
    closedUs: null,
    restartUs: null,
    firstUs: Number.POSITIVE_INFINITY,
    lastUs: Number.NEGATIVE_INFINITY,
  };
  let before: JournalFact | null = null;
  for (const fact of [...facts].sort(compareFacts)) {
    if (before !== null && compareFacts(before, fact) === 0) continue;
    before = fact;
    if (fact.kind === "hold" || fact.kind === "unhold" || fact.kind === "listened") takeHold(call, fact);
    else if (fact.kind === "restart") call.restartUs ??= fact.atUs;
    else take(call, fact);
  }
  backByKeys(call);
  handedByKeys(call);
  return call;
}

function take(call: CallChannels, fact: JournalFact): void {
  call.firstUs = Math.min(call.firstUs, fact.atUs);
  call.lastUs = Math.max(call.lastUs, fact.atUs);
  const channel = channelOf(call, fact);
  if (fact.extra.rungBy !== undefined) channel.rungBy = fact.extra.rungBy;
  if (channel.dialled === "" && fact.exten !== "s" && fact.extra.rungBy === undefined) channel.dialled = fact.exten;
  if (channel.rungToDial && channel.dialled === "" && fact.callerNumber !== channel.callerNumber) {
    channel.dialled = fact.callerNumber;
  }
  if (channel.accountCode === "") channel.accountCode = fact.accountCode;
  if (fact.extra.queue !== undefined) takeQueue(call, fact, Number(fact.extra.queue));
  switch (fact.kind) {
    case "channel.answered":
      channel.answeredUs ??= fact.atUs;
      break;
    case "bridge.entered":
      enterBridge(channel, fact);
      if (fact.extra.peers !== undefined) meet(call, fact, fact.extra.peers);
      break;
    case "bridge.left":
      leaveBridge(channel, fact);
      break;
    case "pickup":
      takePickup(call, fact);
      break;
    case "channel.ended":
      leaveBridge(channel, fact);
      channel.endedUs ??= fact.atUs;
      if (channel.cause === "") channel.cause = fact.extra.cause ?? "";
      if (channel.source === "") channel.source = fact.extra.source ?? "";
      if (channel.dialStatus === "") channel.dialStatus = fact.extra.dialStatus ?? "";
      break;
    case "callback.waits":
      call.calledBack = { takenBy: call.calledBack?.takenBy ?? null, place: fact.channelName };
      break;
    case "callback.taken":
      call.calledBack = { takenBy: fact.channelId, place: call.calledBack?.place ?? "" };
      // It is as if he had dialled it, under his own name.
      Object.assign(channel, { callerNumber: fact.callerNumber, callerName: fact.callerName, dialled: fact.extra.to });
      break;
    case "routed":
      takeRoute(call, fact);
      break;
    case "remote":
      // Who is reached there is the line itself.
      channel.party = { kind: "local", name: channel.name };
      channel.wayOut = true;
      break;
    case "asked":
      call.asks.push({
        ...{ byChannelId: fact.channelId, fromUs: fact.atUs, to: fact.extra.to ?? "", prefix: null, over: null },
        ...{ callerNumber: fact.callerNumber, callerName: fact.callerName, viaChannelId: null },
      });
      break;
    case "asked.by-keys":
      askedByKeys(call, fact);
      break;
    case "asked.over": {
      const ask = openAsk(call, fact.channelId);
      if (ask !== undefined) ask.over = { atUs: fact.atUs, dialStatus: fact.extra.dialStatus ?? "" };
      break;
    }
    case "transfer.blind":
    case "transfer.attended":
      takeTransfer(call, fact);
      break;
    case "linked.ended":
      call.closedUs ??= fact.atUs;
      break;
  }
}

function channelOf(call: CallChannels, fact: JournalFact): CallChannel {
  const known = call.channels.get(fact.channelId);
  if (known !== undefined) return known;
  const started = fact.kind === "channel.started";
  const rungToDial =
    started && fact.exten === "s" && fact.channelId === fact.linkedId && fact.party.kind === "telephone";
  const channel: CallChannel = {
    id: fact.channelId,
    name: fact.channelName,
    party: fact.party,
    callerNumber: fact.callerNumber,
    callerName: fact.callerName,
    wayOut: false,
    dialled: "",
    rungToDial,
    startedUs: started ? fact.atUs : null,
    firstUs: fact.atUs,
    // A channel that is made to ring starts at "s"; one that dials starts at what it dials. One that we make for a
    // telephone starts at "s" too, but then the call is named after it.
    originates: fact.channelId === fact.linkedId || (started && fact.exten !== "s"),
    answeredUs: null,
    endedUs: null,
    cause: "",
    source: "",
    dialStatus: "",
    rungBy: "",
    accountCode: "",
    stays: [],
    leftBridgeUs: null,
    transferredUs: null,
    pickedUp: null,
  };
  const met = started ? undefined : call.met.get(fact.channelName);
  if (met !== undefined) {
    channel.firstUs = met.atUs;
    channel.stays.push({ bridgeId: met.bridgeId, fromUs: met.atUs, toUs: null, parked: false });
  }
  call.channels.set(fact.channelId, channel);
  return channel;
}

/**
 * Asterisk gives a channel that comes from another call its new linked id when it joins a bridge, but writes that it
 * joined under the old one (seen: pickups, transfers to a telephone that still rings or that is in a queue's call).
 * Who was there already tells of it: their lines stand in both.
 */
function meet(call: CallChannels, fact: JournalFact, peers: string): void {
  for (const name of peers.split(",")) {
    let known: CallChannel | undefined;
    for (const channel of call.channels.values()) if (channel.name === name) known = channel;
    if (known === undefined) {
      if (!call.met.has(name)) call.met.set(name, { bridgeId: fact.bridgeId ?? "", atUs: fact.atUs });
    } else if (known.startedUs === null && known.endedUs === null && openStay(known) === undefined) {
      enterBridge(known, fact);
    }
  }
}

/** Who takes over is in this call from now on, although his own lines speak of it only later. */
function takePickup(call: CallChannels, fact: JournalFact): void {
  const { picker, pickerName, pickerEndpoint } = fact.extra;
  if (picker === undefined || pickerName === undefined || pickerEndpoint === undefined) return;
  const party = { kind: "telephone", endpoint: pickerEndpoint } as const;
  const channel = channelOf(call, { ...fact, channelId: picker, channelName: pickerName, party });
  channel.answeredUs ??= fact.atUs;
  channel.pickedUp = fact.channelId;
}

function takeTransfer(call: CallChannels, fact: JournalFact): void {
  if (putTogether(call, fact)) {
    // Who was held talks with both; nobody says so.
    takeHold(call, { ...fact, kind: "unhold" });
    return;
  }
  const blind = fact.kind === "transfer.blind";
  call.transfers.push({
    kind: blind ? "blind" : "attended",
    atUs: fact.atUs,
    byChannelId: fact.channelId,
    transfereeId: fact.extra.transferee ?? "",
    to: (blind ? fact.extra.to : fact.extra.target) ?? "",
  });
  for (const id of [fact.channelId, fact.extra.second]) {
    const by = id === undefined ? undefined : call.channels.get(id);
    if (by !== undefined) by.transferredUs ??= fact.atUs;
  }
}

/** What the channel asks somebody just now. */
const openAsk = (call: CallChannels, channelId: string): CallAsk | undefined =>
  call.asks.findLast((ask) => (ask.viaChannelId ?? ask.byChannelId) === channelId && ask.over === null);

function takeRoute(call: CallChannels, fact: JournalFact): void {
  const prefix = fact.extra.prefix || null;
  const ask = openAsk(call, fact.channelId);
  if (ask !== undefined) ask.prefix ??= prefix;
  else if (call.transfers.length === 0) call.prefix ??= prefix;
}

function takeHold(call: CallChannels, fact: JournalFact): void {
  const hold = call.holds.get(fact.channelId) ?? { spans: [], heldSinceUs: null, listenedFromUs: null };
  call.holds.set(fact.channelId, hold);
  if (fact.kind === "hold") hold.heldSinceUs ??= fact.atUs;
  else if (fact.kind === "listened") hold.listenedFromUs ??= Number(fact.extra.from);
  else if (hold.heldSinceUs !== null) {
    hold.spans.push({ fromUs: hold.heldSinceUs, toUs: fact.atUs });
    hold.heldSinceUs = null;
  }
}
