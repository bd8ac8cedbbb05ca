import { isOpen, type OpeningTimes } from "../../contract/calendar-time.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import { insertAttempt } from "../items/item-store.ts";
import type { Log } from "../log.ts";
import { createWaitingCallers } from "../queues/waiting-callers.ts";
import { readWays } from "../sessions/remote-callback-store.ts";
import { dialledFrom, lineOf } from "../sessions/remote-number.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { SettingService } from "../staff/setting-service.ts";
import type { Telephony, TelephonyEvent, TelephonyState, Waiting } from "../telephony.ts";
import {
  claimCall,
  type EndedCall,
  findCalledIn,
  findSeated,
  hasCall,
  type KeptRequest,
  lockCalled,
  lockOpen,
  putByHouse,
  putCalled,
  readEnded,
  readRequests,
  releaseCall,
  takeByCall,
} from "./callback-call-store.ts";
import { type CallbackRequest, callIdOf, decideStandIns, placeOf } from "./stand-ins.ts";

/**
 * Calls back by itself who asked for it, where the queue says so: his place in the queue is kept by a call that nobody
 * is on, and whoever takes it is joined with him. What became of it is read from the journal's rows, so that it is the
 * same whether we were there or not.
 */
export interface CallbackCallService {
  start(): void;
  stop(): Promise<void>;
  heard(event: TelephonyEvent): void;
  /** A point in the stream of events, to be taken before state is read. */
  mark(): number;
  /** Who waits now, as it is read at every link and every few minutes; what was heard since `mark` knew better. */
  refresh(state: Pick<TelephonyState, "waiting">, mark: number): void;
}

const EVERY_MS = 15_000;
/** News come in bursts. */
const SOON_MS = 100;
/** A call of ours that the telephone system does not have, and of which the journal says nothing, was never made. */
const LOST_MS = 30_000;
const JOURNAL_SLACK_MS = 5_000;
/** One that we gave up, or that was before the telephone system began anew, is gone for sure. */
const GONE_MS = 1_500;
const REFUSED_AGAIN_MS = 60_000;
/** Where a queue has no calendar: nobody is called at night. */
const DAY: OpeningTimes["week"] = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "08:00", to: "20:00" }));
/** Whoever has just left a queue may talk with somebody, of which the rows say nothing yet. */
const JUST_LEFT_MS = 3_000;
const MOST_LEFT = 20_000;

export function createCallbackCallService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Pick<Telephony, "status" | "standIn" | "hangUp" | "readState">;
  settings: Pick<SettingService, "current">;
  readCalendars: () => Promise<(OpeningTimes & { calendarId: number })[]>;
  nameOf: (number: string) => Promise<string | null>;
  journalLagMs: () => number | null;
  node: string;
}): CallbackCallService {
  const { db, clock, hub, log, telephony, settings, node } = deps;
  /** Who waits in queues now, ours and others. */
  const callers = createWaitingCallers();
  /** Who left one just now, and when. */
  const left = new Map<string, { waiting: Waiting; atMs: number }>();
  /** Calls in which somebody asked, and on whose end he may be called. */
  let asking: ReadonlySet<string> = new Set();
  /** Telephones that ring for a place, until they answer: their channels. */
  const ringing = new Map<string, { callId: string; endpoint: string }>();
  const missingSince = new Map<string, number>();
  const givenUp = new Set<string>();
  /** When the telephone system began, where it says so. */
  let systemSince = new Date(0);
  let ours: ReadonlySet<string> = new Set();
  let stops: (() => void)[] = [];
  let cancel = () => {};
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;

  const soon = (ms = SOON_MS) => {
    if (stopped) return;
    cancel();
    cancel = clock.after(ms, () => void look());
  };

  const look = async () => {
    if (running !== null) {
      again = true;
      return;
    }
    running = round().catch((err: unknown) => log.warn({ err }, "calls back could not be looked at; soon again"));
    await running;
    running = null;
    const nextMs = missingSince.size > 0 ? GONE_MS : left.size > 0 ? JUST_LEFT_MS : EVERY_MS;
    soon(again ? SOON_MS : nextMs);
    again = false;
  };

  const waitingNow = (): ReadonlySet<string> => new Set(callers.all().map(({ channelId }) => channelId));
  const changed = (itemId: number, queueId: number | null, agentIds: readonly number[] = []) =>
    hub.publish({ type: "item.changed", itemId, queueId, agentIds });

  const round = async () => {
    for (const ended of await readEnded(db, [...ours])) await settle(ended);
    for (const one of await findCalledIn(db)) await endCalledIn(one);
    const kept = await readRequests(db);
    ours = new Set(kept.flatMap(({ callId }) => callId ?? []));
    asking = new Set(kept.flatMap(({ linkedId, onCall }) => (onCall ? [linkedId] : [])));
    for (const ended of await readEnded(db, [...ours])) await settle(ended);
    if (telephony.status !== "up") return;
    await findLost(kept);
    const requests = await judged(kept);
    const { keep, giveUp } = decideStandIns(requests, waitingNow());
    for (const callId of giveUp) {
      if ((await telephony.hangUp(callId)).ok) givenUp.add(callId);
    }
    for (const one of keep) {
      const request = kept.find(({ itemId }) => itemId === one.itemId);
      if (request !== undefined) await place(request, requests);
    }
  };

  const judged = async (kept: readonly KeptRequest[]): Promise<CallbackRequest[]> => {
    const now = clock.now();
    const { timeZone } = settings.current();
    const calendars = new Map((await deps.readCalendars()).map((one) => [one.calendarId, one]));
    const day = { timeZone, week: DAY, exceptions: [] };
    for (const [channelId, { atMs }] of left) if (now.getTime() - atMs >= JUST_LEFT_MS) left.delete(channelId);
    const others = [...callers.all(), ...[...left.values()].map((one) => one.waiting)].filter(
      ({ channelId, caller }) => !ours.has(channelId) && caller.number !== "",
    );
    return kept.map((one) => {
      const hours = (one.calendarId === null ? undefined : calendars.get(one.calendarId)) ?? day;
      const later = [one.dueAt, one.wantedAt].some((at) => at !== null && at > now);
      const lines = new Set([lineOf(one.number), lineOf(one.caller)]);
      const there =
        one.onCall || others.some(({ queueId, caller }) => queueId === one.queueId && lines.has(lineOf(caller.number)));
      return {
        ...{ itemId: one.itemId, queueId: one.queueId, since: one.since, callId: one.callId, there },
        open: one.state === "open",
        byItself: one.byItself && one.tries < one.attempts,
        due: one.callId === null ? !later && isOpen(hours, now) : isOpen(hours, now),
      };
    });
  };

  /** Committed, then placed; where it is refused it is nobody's call. */
  const place = async (one: KeptRequest, requests: readonly CallbackRequest[]) => {
    const number = dialledFrom(one.number, await readWays(db));
    const at = clock.now();
    if (number === null) return;
    const callId = callIdOf(node, at, one.itemId);
    if (!(await inTransaction(db, (tx) => claimCall(tx, one.itemId, callId, at)))) return;
    ours = new Set([...ours, callId]);
    const sinceOf = new Map(requests.map((each) => [each.callId, each.since]));
    const inQueue = callers
      .all()
      .filter(({ queueId }) => queueId === one.queueId)
      .map(({ channelId, joinedAt }) => ({ since: sinceOf.get(channelId) ?? joinedAt }));
    const shown = { number: one.number, name: (await deps.nameOf(one.number)) ?? "" };
    const answer = await telephony.standIn({
      ...{ channelId: callId, queueId: one.queueId, number, shown, place: placeOf(one.since, inQueue) },
    });
    if (answer.ok) return;
    log.warn({ itemId: one.itemId, why: answer.why }, "a place in a queue could not be kept");
    // A lost link: it may have been placed all the same, and is looked for.
    if (answer.gone !== true) await releaseCall(db, callId, new Date(at.getTime() + REFUSED_AGAIN_MS));
  };

  /** Calls of ours that the telephone system does not have any more, and of which nothing will be written. */
  const findLost = async (kept: readonly KeptRequest[]) => {
    const unseen: { callId: string; itemId: number; placedAt: Date }[] = [];
    const waiting = waitingNow();
    for (const { callId, itemId, placedAt } of kept) {
      // What was taken stands in the journal, and ends there.
      if (callId === null || placedAt === null || waiting.has(callId) || (await hasCall(db, callId))) continue;
      unseen.push({ callId, itemId, placedAt });
    }
    const names = new Set(unseen.map(({ callId }) => callId));
    for (const callId of missingSince.keys()) if (!names.has(callId)) missingSince.delete(callId);
    for (const callId of givenUp) if (!ours.has(callId)) givenUp.delete(callId);
    if (unseen.length === 0) return;
    const lag = deps.journalLagMs();
    const there = new Set((await telephony.readState()).linkedIds);
    const now = clock.now().getTime();
    for (const { callId, itemId, placedAt } of unseen) {
      if (there.has(callId)) continue;
      const since = missingSince.get(callId) ?? now;
      missingSince.set(callId, since);
      const sure = givenUp.has(callId) || placedAt < systemSince;
      const [longMs, slackMs] = sure ? [GONE_MS, 0] : [LOST_MS, JOURNAL_SLACK_MS];
      // Seen twice, with the journal read to its end between.
      if (now - since < longMs || lag === null || lag > slackMs || (await hasCall(db, callId))) continue;
      missingSince.delete(callId);
      await releaseCall(db, callId, clock.now());
      log.info({ itemId }, "a place in a queue is gone, and is kept anew");
    }
  };

  const settle = async ({ callId, agentId, startedAt, reached }: EndedCall) => {
    const done = await inTransaction(db, async (tx) => {
      const item = await lockCalled(tx, callId);
      if (item === null) return null;
      const { itemId, number, state } = item;
      const at = clock.now();
      const dueAt = new Date(at.getTime() + item.minutes * 60_000);
      await putCalled(tx, callId, { tries: item.tries + 1, dueAt });
      await insertAttempt(tx, { itemId, at: startedAt, byId: agentId, number });
      const write = (action: string, actorId: number | null, words: string) =>
        writeAudit(tx, { actorId, action, subject: `item ${itemId}`, facts: { words }, at });
      await write("item.call", agentId, number);
      if (reached && state !== "done") {
        // Whoever talked with a mailbox alone can take it back.
        await putByHouse(tx, itemId, { state: "done", by: agentId }, at);
        await write("item.dispose", null, "called back");
      } else if (state === "taken" && item.takenBy === item.takerId) {
        await putByHouse(tx, itemId, { state: "open" }, at);
        await write("item.give-back", null, "not reached");
      }
      return item;
    });
    if (done === null) return;
    changed(
      done.itemId,
      done.queueId,
      [agentId, done.takenBy].flatMap((id) => id ?? []),
    );
  };

  const endCalledIn = async ({ itemId, queueId }: { itemId: number; queueId: number }) => {
    const ended = await inTransaction(db, async (tx) => {
      if (!(await lockOpen(tx, itemId))) return false;
      const at = clock.now();
      await putByHouse(tx, itemId, { state: "done", by: null }, at);
      const facts = { words: "called in, and was answered" };
      await writeAudit(tx, { actorId: null, action: "item.dispose", subject: `item ${itemId}`, facts, at });
      return true;
    });
    if (ended) changed(itemId, queueId);
  };

  const taken = async ({ callId, endpoint }: { callId: string; endpoint: string }) => {
    const agentId = await findSeated(db, endpoint);
    if (agentId === null) return;
    const won = await inTransaction(db, async (tx) => {
      const at = clock.now();
      const item = await takeByCall(tx, callId, agentId, at);
      if (item === null) return null;
      const facts = { words: "by the call back" };
      await writeAudit(tx, { actorId: agentId, action: "item.take", subject: `item ${item.itemId}`, facts, at });
      return item;
    });
    if (won !== null) changed(won.itemId, won.queueId, [agentId]);
  };

  return {
    start() {
      stopped = false;
      stops = [
        hub.subscribe((news) => {
          if (news.type === "item.changed" || news.type === "configuration.changed") soon();
          else if (news.type === "call.folded" && (ours.has(news.linkedId) || asking.has(news.linkedId))) soon();
        }),
      ];
      soon();
    },
    async stop() {
      stopped = true;
      cancel();
      for (const stop of stops) stop();
      await running;
    },
    heard(event) {
      const moved = callers.heard(event);
      switch (event.type) {
        case "queue.joined":
          soon();
          break;
        case "queue.left":
          if (moved !== null && left.size < MOST_LEFT) {
            left.set(event.channelId, { waiting: moved, atMs: clock.now().getTime() });
          }
          soon();
          break;
        case "leg.started":
          if (ours.has(event.leg.linkedId))
            ringing.set(event.leg.channelId, { callId: event.leg.linkedId, endpoint: event.leg.endpoint });
          break;
        case "leg.answered": {
          const rung = ringing.get(event.channelId);
          if (rung === undefined) break;
          ringing.delete(event.channelId);
          taken(rung).catch((err: unknown) => log.warn({ err }, "who calls back could not be written down"));
          break;
        }
        case "leg.ended":
          ringing.delete(event.channelId);
          break;
        case "link.up":
          if (event.startedAt !== undefined) systemSince = event.startedAt;
          soon();
          break;
        case "link.down":
          callers.forget();
          ringing.clear();
          break;
      }
    },
    mark: callers.mark,
    refresh(state, mark) {
      callers.refresh(state, mark);
      soon();
    },
  };
}
