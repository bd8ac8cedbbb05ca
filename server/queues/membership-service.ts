import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { AgentTurns } from "../sessions/agent-turns.ts";
import { pauseReasonOf } from "../sessions/readiness.ts";
import type { SessionEndingService } from "../sessions/session-ending-service.ts";
import { listOpenSessions } from "../sessions/session-store.ts";
import type { RegistrationService } from "../telephones/registration-service.ts";
import type { Answer, Telephony, TelephonyEvent, TelephonyState } from "../telephony.ts";
import { type Place, type Repair, repairs } from "./membership.ts";
import { readQueueAgents } from "./membership-store.ts";

/**
 * Keeps the telephone system's queue members equal to the open sessions: at start, at each link, after changes of who
 * serves which queue, and every three minutes in case anything was missed.
 */
export interface MembershipService {
  start(): void;
  stop(): Promise<void>;
  heard(event: TelephonyEvent): void;
  /** Compares and repairs now; joins one that waits to run. */
  reconcile(): Promise<void>;
  /** Repairs made since the start, for health and tests. */
  repaired(): number;
}

/** Takes freshly read state; `mark` is its own place in the stream of events, from before the reading. */
export interface StateReader {
  mark(): number;
  refresh(state: TelephonyState, mark: number): void;
}

const EVERY_MS = 180_000;
/** Repairs that were refused, or crossed by an act of the agent's, are looked at again soon, then less often. */
const AGAIN_MS = [1000, 2000, 5000, 15_000, 60_000];

/** Builds the service; `start` begins the three-minute round. */
export function createMembershipService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  registration: RegistrationService;
  turns: AgentTurns;
  endings: Pick<SessionEndingService, "sweep">;
  /** Others who want what is read of the telephone system, so that it is read once for all. */
  readers?: StateReader[];
}): MembershipService {
  const { db, clock, hub, log, telephony, registration, turns, endings } = deps;
  const readers: StateReader[] = [registration, ...(deps.readers ?? [])];
  let unsubscribe = () => {};
  let cancelTimer = () => {};
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let stopped = true;
  let done = 0;
  let retries = 0;

  const places = async (): Promise<Place[]> => {
    const serving = await readQueueAgents(db);
    return (await listOpenSessions(db)).flatMap(({ agentId, agentName, telephone, causes }) =>
      (serving.get(agentId) ?? []).map((queueId) => ({
        agentId,
        agentName,
        queueId,
        endpoint: telephone.endpoint,
        paused: causes.length > 0,
        pauseReason: pauseReasonOf(causes),
      })),
    );
  };

  const perform = (repair: Repair): Promise<Answer> => {
    if (repair.kind === "remove") return telephony.removeMember(repair.queueId, repair.endpoint);
    if (repair.kind === "add") return telephony.addMember(repair.member);
    return telephony.setPaused(repair.endpoint, repair.paused, repair.reason);
  };
  /** In order: a pause is released only after all that should be there is. The first "no" stops. */
  const performAll = async (acts: Repair[]): Promise<boolean> => {
    for (const repair of acts) {
      const answer = await perform(repair);
      if (!answer.ok) {
        log.warn({ repair, why: answer.why }, "a queue member could not be repaired; trying again");
        return false;
      }
      done += 1;
      log.info({ repair }, "a queue member was repaired");
    }
    return true;
  };

  /** True when everything is as it should be now. */
  const round = async (): Promise<boolean> => {
    if (telephony.status !== "up") return true;
    await endings.sweep();
    const marks = readers.map((reader) => reader.mark());
    const total = turns.total();
    const before = new Map<number, number>();
    for (const { agentId } of await listOpenSessions(db)) before.set(agentId, turns.generation(agentId));
    const state = await telephony.readState();
    readers.forEach((reader, index) => {
      reader.refresh(state, marks[index] ?? 0);
    });
    const acts = repairs(await places(), state.members);
    const perAgent = Map.groupBy(acts, ({ agentId }) => agentId);
    const whole = await Promise.all(
      [...perAgent].map(async ([agentId, mine]) => {
        // Where somebody acted between the reading and now, what was read may be wrong already: the next round sees it.
        if (agentId === null) return turns.total() === total && performAll(mine);
        const answer = await turns.run([agentId], async () => {
          if (turns.generation(agentId) !== before.get(agentId)) return false;
          return performAll(mine);
        });
        return answer instanceof Refusal ? false : answer;
      }),
    );
    return whole.every((yes) => yes);
  };

  const plan = (ms: number) => {
    cancelTimer();
    if (!stopped) cancelTimer = clock.after(ms, () => void reconcile());
  };
  const runRound = async () => {
    let whole = false;
    try {
      whole = await round();
    } catch (error) {
      log.warn({ err: error }, "reconciling failed; trying again");
    }
    retries = whole ? 0 : retries + 1;
    plan(whole ? EVERY_MS : (AGAIN_MS[retries - 1] ?? EVERY_MS));
  };
  /** One round at a time; whoever asks during one gets the next, which sees what he has just changed. */
  const reconcile = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    if (running === null) {
      running = runRound().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return reconcile();
    });
    return next;
  };

  return {
    start() {
      stopped = false;
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "membership.changed" || news.type === "configuration.changed") void reconcile();
      });
      void reconcile();
    },
    async stop() {
      stopped = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
    heard(event) {
      if (event.type === "link.up") void reconcile();
    },
    reconcile,
    repaired: () => done,
  };
}
