import type { Leg } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import type { ChoiceService } from "../telephones/choice-service.ts";
import type { LiveLegFound, TelephonyEvent } from "../telephony.ts";
import { readQueueNames } from "./call-name-store.ts";
import { handAfter, isDone, type LiveLeg, viewOfLeg } from "./live-leg.ts";

/** The legs on telephones now, kept in memory so that a ring is on the screen without waiting for any query. */
export interface LiveLegService {
  start(): Promise<void>;
  stop(): void;
  heard(event: TelephonyEvent): void;
  /** A point in the stream of events, to be taken before state is read. */
  mark(): number;
  /** Puts freshly read legs in place of what was known, except where an event since `mark` knew better. */
  refresh(legs: readonly LiveLegFound[], mark: number): void;
  /** An agent's legs, the oldest first, with the last one that has ended and waits to be disposed. */
  legsOf(agentId: number): Leg[];
  find(legId: string): LiveLeg | null;
  /** The leg has its disposition: once it has ended it leaves the screen. */
  disposed(legId: string): void;
}

/** Ended legs leave the screen after this long, disposed or not; To dispose has them. */
const SHOWN_MS = 15 * 60_000;
const CONCERNING: ReadonlySet<TelephonyEvent["type"]> = new Set([
  "leg.answered",
  "leg.held",
  "leg.asks",
  "leg.joined",
  "leg.ended",
]);
const SWEEP_MS = 60_000;
/** Lost hang-ups must not grow this for ever. */
const MOST_LEGS = 20_000;
const ENDS_REMEMBERED = 10_000;

export function createLiveLegService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  choices: Pick<ChoiceService, "findByEndpoint">;
  contactOf: (number: string) => Promise<Leg["contact"]>;
  /** How the call is recorded now; null: not. */
  recordingOf?: (linkedId: string) => "on" | "paused" | null;
  /** Whose number that is, inside or outside; null where nobody knows. */
  nameOf: (number: string) => Promise<string | null>;
}): LiveLegService {
  const { db, clock, hub, log, choices } = deps;
  const legs = new Map<string, LiveLeg & { heardAt: number }>();
  const ends = new Map<string, number>();
  let queueNames = new Map<number, string>();
  let place = 0;
  let stops: (() => void)[] = [];
  let cancelSweep = () => {};

  const publish = (leg: LiveLeg) => hub.publish({ type: "leg.changed", agentId: leg.agentId, leg: leg.view });
  const remove = (leg: LiveLeg) => {
    if (!legs.delete(leg.view.legId)) return;
    hub.publish({ type: "leg.removed", agentId: leg.agentId, legId: leg.view.legId });
  };
  const change = (leg: LiveLeg & { heardAt: number }, now: Partial<Leg>) => {
    leg.view = { ...leg.view, ...now };
    leg.heardAt = place;
    // The end is told even of one that leaves at once: wrap-up and wallboards go by it.
    publish(leg);
    if (isDone(leg)) remove(leg);
  };
  /** Who is calling follows when it is known; the ring is on the screen by then. */
  const findContact = (leg: LiveLeg & { heardAt: number }) => {
    deps.contactOf(leg.view.number).then(
      (contact: Leg["contact"]) => {
        if (contact === null || legs.get(leg.view.legId) !== leg) return;
        leg.view = { ...leg.view, contact };
        publish(leg);
      },
      (error: unknown) => log.warn({ err: error, legId: leg.view.legId }, "a caller's contact could not be looked up"),
    );
  };
  /** Who is asked, by name. */
  const findAsked = (leg: LiveLeg & { heardAt: number }, to: string) => {
    deps.nameOf(to).then(
      (name: string | null) => {
        const { hand, legId } = leg.view;
        if (name === null || hand?.asks?.to !== to || legs.get(legId) !== leg) return;
        leg.view = { ...leg.view, hand: { ...hand, asks: { ...hand.asks, name } } };
        publish(leg);
      },
      (error: unknown) => log.warn({ err: error, legId: leg.view.legId }, "who is asked could not be looked up"),
    );
  };
  const add = (found: Parameters<typeof viewOfLeg>[0]) => {
    const telephone = choices.findByEndpoint(found.endpoint);
    if (telephone === null) {
      log.warn({ endpoint: found.endpoint }, "a call is on a telephone that is not in the list");
      return;
    }
    const agentId = telephone.holding?.agentId ?? telephone.ownerAgentId;
    const oldest = legs.values().next().value;
    if (legs.size >= MOST_LEGS && oldest !== undefined) remove(oldest);
    // What he has not disposed by now waits in his list; the screen belongs to the new call.
    for (const other of legs.values()) {
      if (agentId !== null && other.agentId === agentId && other.view.state === "ended") remove(other);
    }
    const view = withRecording(viewOfLeg(found, telephone.id, (id) => queueNames.get(id) ?? `Queue ${id}`));
    const leg = { view, endpoint: found.endpoint, agentId, disposed: false, folded: false, heardAt: place };
    legs.set(view.legId, leg);
    publish(leg);
    findContact(leg);
  };
  const withRecording = ({ recording: _before, ...view }: Leg): Leg => {
    const recording = deps.recordingOf?.(view.linkedId) ?? null;
    return recording === null ? view : { ...view, recording };
  };
  const end = (leg: LiveLeg & { heardAt: number }, at: Date) => {
    if (leg.view.state !== "ended") change(leg, { state: "ended", endedAt: at.toISOString(), hand: null });
  };
  const rememberEnd = (channelId: string) => {
    ends.set(channelId, place);
    const oldest = ends.keys().next().value;
    if (ends.size > ENDS_REMEMBERED && oldest !== undefined) ends.delete(oldest);
  };
  const sweep = () => {
    const before = clock.now().getTime() - SHOWN_MS;
    for (const leg of legs.values()) {
      if (leg.view.endedAt !== null && Date.parse(leg.view.endedAt) < before) remove(leg);
    }
    cancelSweep = clock.after(SWEEP_MS, sweep);
  };
  const readQueues = () =>
    readQueueNames(db).then(
      (names) => {
        queueNames = names;
      },
      (error: unknown) => log.warn({ err: error }, "the queues' names could not be read"),
    );

  return {
    async start() {
      stops = [
        hub.subscribe((news) => {
          if (news.type === "queue.changed") void readQueues();
          if (news.type === "recording.changed") {
            for (const leg of legs.values()) {
              if (leg.view.linkedId !== news.linkedId || leg.view.state === "ended") continue;
              leg.view = withRecording(leg.view);
              publish(leg);
            }
          }
          if (news.type !== "call.folded") return;
          for (const leg of legs.values()) {
            if (leg.view.linkedId !== news.linkedId) continue;
            leg.folded = true;
            if (isDone(leg)) remove(leg);
          }
        }),
      ];
      cancelSweep = clock.after(SWEEP_MS, sweep);
      await readQueues();
    },
    stop() {
      cancelSweep();
      for (const stop of stops) stop();
    },
    heard(event) {
      place += 1;
      if (event.type === "leg.started") {
        if (!legs.has(event.leg.channelId)) add(event.leg);
        return;
      }
      if (!CONCERNING.has(event.type) || !("channelId" in event)) return;
      if (event.type === "leg.ended") rememberEnd(event.channelId);
      const leg = legs.get(event.channelId);
      if (leg === undefined || leg.view.state === "ended") return;
      if (event.type === "leg.ended") end(leg, event.at);
      else if (event.type === "leg.held") change(leg, handAfter(leg.view, event));
      else if (event.type === "leg.asks") {
        change(leg, handAfter(leg.view, event));
        if (event.asks !== null) findAsked(leg, event.asks.to);
      } else if (event.type === "leg.joined") {
        const { number, name } = event.other;
        change(leg, { number, name, type: event.outside ? "inbound" : "internal", contact: null });
        findContact(leg);
      } else if (event.type === "leg.answered")
        change(leg, { state: "talking", answeredAt: leg.view.answeredAt ?? event.at.toISOString() });
    },
    mark: () => place,
    refresh(found, mark) {
      const up = new Set(found.map((leg) => leg.channelId));
      for (const leg of legs.values()) {
        if (leg.heardAt <= mark && !up.has(leg.view.legId)) end(leg, clock.now());
      }
      for (const one of found) {
        if ((ends.get(one.channelId) ?? 0) > mark) continue;
        const known = legs.get(one.channelId);
        if (known === undefined) add(one);
        else if (known.heardAt <= mark) {
          const { state, answeredAt, hand } = viewOfLeg(one, known.view.telephoneId, String);
          if (state === known.view.state) continue;
          change(known, { state, hand, answeredAt: known.view.answeredAt ?? answeredAt });
        }
      }
    },
    legsOf: (agentId) =>
      [...legs.values()]
        .filter((leg) => leg.agentId === agentId)
        .map((leg) => leg.view)
        .sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt)),
    find: (legId) => legs.get(legId) ?? null,
    disposed(legId) {
      const leg = legs.get(legId);
      if (leg === undefined) return;
      leg.disposed = true;
      if (isDone(leg)) remove(leg);
    },
  };
}
