import type { Asks, LegStarted, LiveLegFound, TelephonyEvent, Waiting } from "../telephony.ts";
import type { AmiMessage } from "./ami-parser.ts";
import { askEnd } from "./ask-end.ts";
import { callerOf, instantOf, isCode, known, legFound, STATE_UP } from "./leg-found.ts";
import { outcomeOf, type RungLeg } from "./leg-outcome.ts";
import { ASK_USER_EVENT, HELD_USER_EVENT, isStandIn, partyOfChannel, queueIdOf, TELEPHONES_CONTEXT } from "./names.ts";

/** More telephones on calls at once than any node carries: further legs go unseen rather than unbounded. */
const MOST_LEGS = 20_000;
const MOST_WAITING = 20_000;

const STATE_RINGING = "5";

interface TrackedLeg extends LiveLegFound, RungLeg {
  /** The telephone itself has put the other party on hold. */
  phoneHolds: boolean;
  asks: Asks | null;
}

const UNTOLD = { told: false, rang: false, dialStatus: null, phoneHolds: false, asks: null };

/**
 * What goes on at the telephones, from the manager's events: event in, events of ours out. Holds only the legs and the
 * waiting callers there are now. No clock: instants are Asterisk's own.
 */
export class LegTracker {
  #legs = new Map<string, TrackedLeg>();
  #waiting = new Map<string, number>();
  /** What was known when the link broke: a leg that is still there afterwards keeps its past. */
  #remembered = new Map<string, LiveLegFound>();
  /** Channels that ended, or left a queue, since lists were asked for: the lists may still show them. */
  #goneWhileReading: Set<string> | null = null;

  take(event: AmiMessage): TelephonyEvent[] {
    switch (event.Event) {
      case "Newchannel":
        return this.#newChannel(event);
      case "DialBegin":
      case "AgentCalled":
        return this.#ringing(event);
      case "Newstate":
        return event.ChannelState === STATE_UP ? this.#up(event) : this.#rings(event);
      case "DialEnd":
        return this.#dialEnded(event);
      case "Hold":
      case "Unhold":
        return this.#held(event, { phoneHolds: event.Event === "Hold" });
      case "UserEvent":
        return this.#hand(event);
      case "Hangup":
        return this.#hungUp(event);
      case "QueueCallerJoin":
        return this.#joined(event);
      case "QueueCallerLeave":
        return this.#left(event);
      default:
        return [];
    }
  }

  /** The link broke: ends that happen now are not heard, so nothing is held for running. */
  linkLost(): void {
    this.#remembered = this.#legs;
    this.#legs = new Map();
    this.#waiting = new Map();
  }

  /** Lists are being asked for: what ends from now on has ended, whatever they show. */
  beginRead(): void {
    this.#goneWhileReading = new Set();
  }

  /** They have been read, or will not be. */
  endRead(): void {
    this.#goneWhileReading = null;
  }

  /**
   * What `CoreShowChannels` and `QueueStatus` list. What was known of a leg (when it was answered, that it is held)
   * stays; of others it is read off as well as can be.
   */
  read(
    channels: readonly AmiMessage[],
    queueItems: readonly AmiMessage[],
    now: Date,
  ): { legs: LiveLegFound[]; waiting: Waiting[] } {
    const gone = this.#goneWhileReading ?? new Set();
    const legs = channels.flatMap((channel): LiveLegFound[] => {
      const party = partyOfChannel(channel.Channel ?? "");
      const id = channel.Uniqueid ?? "";
      if (party.kind !== "telephone" || gone.has(id)) return [];
      const read = legFound(channel, party.endpoint, channels);
      return isCode(read) ? [] : [this.#found(id, channel, read)];
    });
    this.#remembered = new Map();
    const waiting = queueItems.flatMap((item): Waiting[] => {
      const queueId = item.Event === "QueueEntry" ? queueIdOf(item.Queue ?? "") : null;
      const channelId = item.Uniqueid ?? "";
      if (queueId === null || gone.has(channelId)) return [];
      const joinedAt = new Date(now.getTime() - Number(item.Wait ?? 0) * 1000);
      return [{ queueId, channelId, caller: callerOf(item), joinedAt }];
    });
    for (const { channelId, queueId } of waiting) this.#waiting.set(channelId, queueId);
    return { legs, waiting };
  }

  #found(id: string, channel: AmiMessage, read: LiveLegFound): LiveLegFound {
    const known = this.#legs.get(id);
    const { told, rang, dialStatus, phoneHolds, asks, ...before }: TrackedLeg = known ?? {
      ...UNTOLD,
      ...(this.#remembered.get(id) ?? read),
    };
    const up = channel.ChannelState === STATE_UP;
    const leg = {
      ...before,
      outside: before.outside ?? read.outside,
      answeredAt: up ? (before.answeredAt ?? before.at) : before.answeredAt,
    };
    if (known !== undefined || this.#legs.size < MOST_LEGS)
      this.#legs.set(id, { ...leg, told, rang, dialStatus, phoneHolds, asks });
    return leg;
  }

  /** A telephone that dials. One that is to ring begins as `Down` and is told when it is dialled. */
  #newChannel(event: AmiMessage): TelephonyEvent[] {
    const party = partyOfChannel(event.Channel ?? "");
    const dials = event.Context === TELEPHONES_CONTEXT && event.ChannelState !== "0";
    if (party.kind !== "telephone" || !dials) return [];
    return this.#start({
      channelId: event.Uniqueid ?? "",
      linkedId: event.Linkedid ?? "",
      endpoint: party.endpoint,
      direction: "from-telephone",
      other: { number: known(event.Exten), name: "" },
      queueId: null,
      outside: null,
      at: instantOf(event),
    });
  }

  /**
   * A telephone begins to ring: DialBegin, or AgentCalled for a queue, whichever comes first. Without a calling channel
   * it was asked to dial (`dialFrom`), and its "caller" is the number it is going to dial.
   */
  #ringing(event: AmiMessage): TelephonyEvent[] {
    const party = partyOfChannel(event.DestChannel ?? "");
    if (party.kind !== "telephone") return [];
    const channelId = event.DestUniqueid ?? "";
    const byClick = event.Channel === undefined;
    return this.#start({
      channelId,
      linkedId: event.DestLinkedid ?? "",
      endpoint: party.endpoint,
      direction: byClick ? "from-telephone" : "to-telephone",
      other: byClick ? { number: known(event.DestConnectedLineNum), name: "" } : callerOf(event),
      queueId: event.Queue === undefined ? (this.#waiting.get(event.Uniqueid ?? "") ?? null) : queueIdOf(event.Queue),
      outside: byClick ? null : isCustomer(event.Channel ?? ""),
      at: instantOf(event),
    });
  }

  #start(leg: LegStarted): TelephonyEvent[] {
    const known = this.#legs.get(leg.channelId);
    if (isCode(leg)) return [];
    if (leg.channelId === "" || known?.told || (known === undefined && this.#legs.size >= MOST_LEGS)) return [];
    const past = { answeredAt: known?.answeredAt ?? null, held: known?.held ?? false, putBy: known?.putBy ?? false };
    this.#legs.set(leg.channelId, { ...UNTOLD, ...leg, ...past, told: true });
    return [{ type: "leg.started", leg }];
  }

  #up(event: AmiMessage): TelephonyEvent[] {
    const leg = this.#legs.get(event.Uniqueid ?? "");
    if (leg === undefined || leg.answeredAt !== null) return [];
    leg.answeredAt = instantOf(event);
    return [{ type: "leg.answered", channelId: leg.channelId, at: leg.answeredAt }];
  }

  #rings(event: AmiMessage): TelephonyEvent[] {
    const leg = this.#legs.get(event.Uniqueid ?? "");
    if (leg !== undefined && event.ChannelState === STATE_RINGING) leg.rang = true;
    return [];
  }

  #dialEnded(event: AmiMessage): TelephonyEvent[] {
    const leg = this.#legs.get(event.DestUniqueid ?? "");
    // A queue says it twice: why it stopped ringing, and then that it took the call back.
    if (leg !== undefined) leg.dialStatus ??= event.DialStatus ?? null;
    const asking = this.#legs.get(event.Uniqueid ?? "");
    if (asking?.asks == null || event.DialStatus !== "ANSWER") return [];
    asking.asks = { ...asking.asks, talking: true };
    return [{ type: "leg.asks", channelId: asking.channelId, asks: asking.asks }];
  }

  /** Held by itself, or because who is at its other end was put by: either is hold. */
  #held(event: AmiMessage, now: { phoneHolds: boolean } | { putBy: boolean }): TelephonyEvent[] {
    const leg = this.#legs.get(event.Uniqueid ?? "");
    if (leg === undefined) return [];
    const before = { held: leg.held, putBy: leg.putBy ?? false };
    Object.assign(leg, now);
    leg.held = leg.phoneHolds || leg.putBy === true;
    if (leg.held === before.held && (leg.putBy ?? false) === before.putBy) return [];
    const { channelId, held } = leg;
    return [
      {
        type: "leg.held",
        channelId,
        held,
        at: instantOf(event),
        ...inCall(leg, event),
        ...(leg.putBy === true ? { putBy: true } : {}),
      },
    ];
  }

  /** What our dial plan tells of calls in hand (render/hand-plan.ts). */
  #hand(event: AmiMessage): TelephonyEvent[] {
    if (event.UserEvent === HELD_USER_EVENT) return this.#held(event, { putBy: event.Held === "yes" });
    const leg = this.#legs.get(event.Uniqueid ?? "");
    if (leg === undefined || event.UserEvent !== ASK_USER_EVENT) return [];
    const ended = leg.asks === null ? null : askEnd(event.State ?? "", leg.asks.talking);
    leg.asks = event.State === "begun" ? { to: event.To ?? "", talking: false } : null;
    const { channelId, asks } = leg;
    return [{ type: "leg.asks", channelId, asks, ...(ended === null || asks !== null ? {} : { ended }) }];
  }

  #hungUp(event: AmiMessage): TelephonyEvent[] {
    const channelId = event.Uniqueid ?? "";
    // A caller that went without leaving the queue first cannot be; should it, he must not wait for ever.
    const left = this.#leave(channelId, instantOf(event));
    this.#goneWhileReading?.add(channelId);
    const leg = this.#legs.get(channelId);
    if (leg === undefined) return left;
    this.#legs.delete(channelId);
    const [outcome, at] = [outcomeOf(leg, event.Cause ?? "0"), instantOf(event)];
    const end = {
      type: "leg.ended",
      channelId,
      at,
      ...(outcome === null ? {} : { outcome }),
      ...inCall(leg, event),
    } as const;
    return [...left, end];
  }

  #joined(event: AmiMessage): TelephonyEvent[] {
    const queueId = queueIdOf(event.Queue ?? "");
    const channelId = event.Uniqueid ?? "";
    if (queueId === null || this.#waiting.size >= MOST_WAITING) return [];
    this.#waiting.set(channelId, queueId);
    const waiting = { queueId, channelId, caller: callerOf(event), joinedAt: instantOf(event) };
    return [{ type: "queue.joined", waiting }];
  }

  #left(event: AmiMessage): TelephonyEvent[] {
    this.#goneWhileReading?.add(event.Uniqueid ?? "");
    return this.#leave(event.Uniqueid ?? "", instantOf(event));
  }

  #leave(channelId: string, at: Date): TelephonyEvent[] {
    const queueId = this.#waiting.get(channelId);
    if (queueId === undefined) return [];
    this.#waiting.delete(channelId);
    return [{ type: "queue.left", queueId, channelId, at }];
  }
}

const isCustomer = (channel: string): boolean => partyOfChannel(channel).kind === "trunk" || isStandIn(channel);

/** The call that a leg is in by now, where it is not the one that it began in. */
const inCall = (leg: TrackedLeg, event: AmiMessage): { linkedId?: string } =>
  event.Linkedid === undefined || event.Linkedid === leg.linkedId ? {} : { linkedId: event.Linkedid };
