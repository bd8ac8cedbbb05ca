import type { Clock } from "../clock.ts";
import { isOutage } from "../db/outage.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { isOpenRequest, nextRequest, type RequestEvent, whyOf } from "./takeover.ts";
import { type Redirection, type TakeoverRequest, writeRequest } from "./takeover-store.ts";

/** The requests that stand, in memory as in the database, each with its time running and one act on it at a time. */
export interface TakeoverBook {
  all(): TakeoverRequest[];
  find(match: (request: TakeoverRequest) => boolean): TakeoverRequest | null;
  /** Takes up a request that stands in the database. */
  put(request: TakeoverRequest): void;
  /** Writes what an event does to a request, and tells both people. */
  advance(request: TakeoverRequest, event: RequestEvent, instead?: Redirection): Promise<void>;
  /** It was closed in the database: it leaves the book, and both people are told. */
  closed(request: TakeoverRequest): void;
  /** Acts on a request as it is when its turn comes; one that was closed meanwhile is refused. */
  inOrder<T>(id: number, work: (request: TakeoverRequest) => Promise<T>): Promise<T | Refusal>;
  /** The same for what nobody waits for. */
  inBackground(id: number, work: (request: TakeoverRequest) => Promise<unknown>): void;
  /** Tells both people that something is different between them. */
  tell(request: TakeoverRequest): void;
  clear(): void;
}

export const requestOver = (why = "This request is over.") => new Refusal("takeover.over", why);

const RETRY_MS = 5000;

/** An empty book. */
export function createTakeoverBook(deps: { db: Database; clock: Clock; hub: Hub; log: Log }): TakeoverBook {
  const { db, clock, hub, log } = deps;
  const open = new Map<number, TakeoverRequest>();
  const timers = new Map<number, () => void>();
  const lines = new Map<number, Promise<unknown>>();

  const stopTimer = (id: number) => {
    timers.get(id)?.();
    timers.delete(id);
  };
  const put = (request: TakeoverRequest) => {
    open.set(request.id, request);
    stopTimer(request.id);
    if (request.answer !== "waiting") return;
    const leftMs = Math.max(request.expiresAt.getTime() - clock.now().getTime(), 0);
    timers.set(
      request.id,
      clock.after(leftMs, () => inBackground(request.id, (one) => advance(one, "late"))),
    );
  };
  const forget = (id: number) => {
    stopTimer(id);
    open.delete(id);
  };
  const tell = ({ asker, holder }: TakeoverRequest) => {
    hub.publish({ type: "takeover.changed", agentId: asker.id });
    hub.publish({ type: "session.changed", agentId: holder.id });
  };
  const closed = (request: TakeoverRequest) => {
    forget(request.id);
    tell(request);
  };
  const advance: TakeoverBook["advance"] = async (request, event, instead) => {
    const answer = nextRequest(request.answer, event);
    if (answer === request.answer) return;
    const next = { answer, why: whyOf(request.answer, event), ...(instead === undefined ? {} : { instead }) };
    const written = await writeRequest(db, request.id, next, clock.now());
    if (written && isOpenRequest(answer)) put({ ...request, answer });
    else forget(request.id);
    tell(request);
  };
  const inOrder = <T>(id: number, work: (request: TakeoverRequest) => Promise<T>): Promise<T | Refusal> => {
    const act = (lines.get(id) ?? Promise.resolve()).then(async (): Promise<T | Refusal> => {
      const request = open.get(id);
      return request === undefined ? requestOver() : work(request);
    });
    const quiet = act.catch(() => undefined);
    lines.set(id, quiet);
    void quiet.then(() => {
      if (lines.get(id) === quiet) lines.delete(id);
    });
    return act;
  };
  /** Without the database nothing can be written; as long as the request stands it is tried again. */
  const inBackground: TakeoverBook["inBackground"] = (id, work) => {
    inOrder(id, work).catch((error: unknown) => {
      log.error({ err: error, requestId: id }, "a telephone could not change hands; trying again where that may help");
      if (isOutage(error)) clock.after(RETRY_MS, () => inBackground(id, work));
    });
  };

  return {
    all: () => [...open.values()],
    find: (match) => [...open.values()].find(match) ?? null,
    ...{ put, advance, closed, inOrder, inBackground, tell },
    clear() {
      for (const id of [...open.keys()]) forget(id);
    },
  };
}
