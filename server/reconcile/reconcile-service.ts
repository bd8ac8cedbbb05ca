import type { Repair } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Listed } from "../listing.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { AgentTurns } from "../sessions/agent-turns.ts";
import type { Telephony, TelephonyState } from "../telephony.ts";
import type { AlarmService } from "./alarm-service.ts";
import { ALARM_WINDOW_MS, alarming } from "./alarming.ts";
import type { Comparison, Difference, Found, TelephoneName } from "./comparer.ts";
import { insertRepairs, listRepairs, type RepairEntry, type Round } from "./repair-store.ts";

/**
 * Keeps what the telephone system does equal to what the database says, and both in order: at start, at each link,
 * after changes of who serves which queue, and every three minutes in case anything was missed.
 */
export interface ReconcileService {
  start(): void;
  stop(): Promise<void>;
  /** Compares and repairs now; joins a round that waits to run. */
  reconcile(): Promise<void>;
  /** The link is new: a round finds what happened without us. */
  linked(): void;
  /** Runs a round because something was changed that has to be carried out: that difference is no repair. */
  changed(): void;
  /** Repairs made since the start. */
  repaired(): number;
  /** For health: counts since the start, and the last round. */
  counts(): { repaired: number; refused: number; lastAt: Date | null; lastMs: number | null };
  /** What was found and repaired, the newest first. */
  list(query: { limit: number; before: number | null }): Promise<Listed<Repair>>;
}

/** Takes freshly read state; `mark` is its own place in the stream of events, from before the reading. */
export interface StateReader {
  mark(): number;
  refresh(state: TelephonyState, mark: number): void;
  /** What it had wrong although it listened all the time; asked before `refresh`, which puts it right. */
  missed?(state: TelephonyState, mark: number, nameOf: TelephoneName): Difference[];
}

const EVERY_MS = 180_000;
/** Repairs that were refused, or crossed by an act of the agent's, are looked at again soon, then less often. */
const AGAIN_MS = [1000, 1000, 1000, 2000, 5000, 15_000, 60_000];
/** Agents repaired at a time: a pause that somebody asks for meanwhile must not stand behind a thousand of them. */
const LANES = 16;
/** Of a round that finds more, the rest is counted and not written down one by one. */
const MOST_WRITTEN = 500;

/** Why a round runs. A change is no repair: what it asks for has never been otherwise. */
type Cause = Round | "change";

/** Builds the service; `start` begins the three-minute round. */
export function createReconcileService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  turns: AgentTurns;
  alarms: Pick<AlarmService, "raise">;
  /** Who reads of a repair or an alarm knows telephones by their names. */
  nameOf: TelephoneName;
  comparisons: readonly Comparison[];
  /** Others who want what is read of the telephone system, so that it is read once for all. */
  readers: readonly StateReader[];
  /** Settles when the telephone system has read what it was told: a queue it does not know yet takes no member. */
  configured(): Promise<void>;
  /** What is done before anything is compared: ends what should have ended. */
  sweep(): Promise<void>;
}): ReconcileService {
  const { db, clock, hub, log, telephony, turns, alarms, nameOf, comparisons, readers } = deps;
  const causes = new Set<Cause>();
  let unsubscribe = () => {};
  let cancelTimer = () => {};
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let stopped = true;
  let retries = 0;
  let repaired = 0;
  let refused = 0;
  let lastAt: Date | null = null;
  let lastMs: number | null = null;

  /** What the causes make of a round: anything but a change alone looks for what should not be. */
  const roundOf = (all: ReadonlySet<Cause>): Cause =>
    all.has("start") ? "start" : all.has("link") ? "link" : all.has("regular") ? "regular" : "change";

  /** In order, since a pause is released only after all that should be there is. The first "no" stops. */
  const performAll = async (mine: Found[], entries: RepairEntry[]): Promise<boolean> => {
    for (const found of mine) {
      const answer = await found.perform();
      const { comparer, key, words, agentId } = found;
      if (!answer.ok && answer.gone === true) return false;
      entries.push({ comparer, difference: key, words, agentId, refused: answer.ok ? null : answer.why });
      if (!answer.ok) return false;
    }
    return true;
  };

  /** Performs what one agent's turn, or nobody's, takes; false is to be looked at again. */
  const repairAll = async (found: Found[], entries: RepairEntry[], generations: Map<number, number>, total: number) => {
    // Where somebody acted between the reading and now, what was read may be wrong already: the next round sees it.
    const nobodys = async (mine: Found[]): Promise<boolean> => {
      let whole = true;
      for (const found of mine) {
        const quiet = turns.total() === total;
        const done = (quiet || (await found.still())) && (await performAll([found], entries));
        if (!quiet || !done) whole = false;
      }
      return whole;
    };
    const one = async (agentId: number | null, mine: Found[]): Promise<boolean> => {
      if (agentId === null) return nobodys(mine);
      const answer = await turns.run([agentId], async () => {
        if (turns.generation(agentId) !== (generations.get(agentId) ?? 0)) return false;
        return performAll(mine, entries);
      });
      return answer instanceof Refusal ? false : answer;
    };
    // Nobody's come first: every turn that ends here counts as an act of somebody's.
    const left = [...Map.groupBy(found, ({ agentId }) => agentId)].sort(([a], [b]) => (a ?? 0) - (b ?? 0));
    let whole = true;
    const lane = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (!(await one(...next))) whole = false;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return whole;
  };

  const writeDown = async (cause: Cause, entries: RepairEntry[]) => {
    const refusals = entries.filter((entry) => entry.refused !== null);
    // What a change asked for is no repair; that it is refused is worth knowing all the same.
    const counted = cause === "change" ? refusals : entries;
    repaired += counted.length - refusals.length;
    refused += refusals.length;
    for (const { difference, words, refused: why } of counted) {
      if (why === null) log.info({ difference, cause }, `repaired: ${words}`);
      else log.warn({ difference, cause, why }, `could not be repaired, trying again: ${words}`);
    }
    if (counted.length === 0) return;
    const written = [...refusals, ...counted.filter((entry) => entry.refused === null)].slice(0, MOST_WRITTEN);
    const at = clock.now();
    const round = cause === "change" ? "regular" : cause;
    const since = new Date(at.getTime() - ALARM_WINDOW_MS);
    const times = await insertRepairs(db, { at, round, entries: written, since });
    for (const alarm of alarming(written, times)) await alarms.raise(alarm);
  };

  /** True when everything is as it should be now. */
  const round = async (cause: Cause): Promise<boolean> => {
    await deps.sweep();
    const marks = readers.map((reader) => reader.mark());
    const total = turns.total();
    const generations = turns.generations();
    const [state] = await Promise.all([telephony.readState(), deps.configured()]);
    const entries: RepairEntry[] = [];
    readers.forEach((reader, index) => {
      const mark = marks[index] ?? 0;
      if (cause === "regular") {
        for (const { key, words, agentId } of reader.missed?.(state, mark, nameOf) ?? []) {
          entries.push({ comparer: "events", difference: key, words, agentId, refused: null });
        }
      }
      reader.refresh(state, mark);
    });
    const found = (await Promise.all(comparisons.map((one) => one.find(state, nameOf)))).flat();
    const whole = await repairAll(found, entries, generations, total);
    await writeDown(cause, entries);
    return whole;
  };

  const plan = (ms: number, cause: Cause) => {
    cancelTimer();
    if (!stopped) cancelTimer = clock.after(ms, () => void run(cause));
  };
  const runRound = async () => {
    // There is nobody to compare with: the link, when it comes, asks again.
    if (telephony.status !== "up") return plan(EVERY_MS, "regular");
    const cause = roundOf(causes);
    causes.clear();
    const began = clock.now().getTime();
    let whole = false;
    try {
      whole = await round(cause);
    } catch (error) {
      log.warn({ err: error }, "reconciling failed; trying again");
    }
    lastAt = clock.now();
    lastMs = lastAt.getTime() - began;
    retries = whole ? 0 : retries + 1;
    const againMs = AGAIN_MS[retries - 1];
    if (whole || againMs === undefined) plan(EVERY_MS, "regular");
    else plan(againMs, cause);
  };
  /** One round at a time; whoever asks during one gets the next, which sees what he has just changed. */
  const run = (cause: Cause): Promise<void> => {
    causes.add(cause);
    if (stopped) return Promise.resolve();
    if (running === null) {
      running = runRound().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return run(cause);
    });
    return next;
  };

  return {
    start() {
      stopped = false;
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "membership.changed") void run("change");
      });
      // The link, when it comes, asks for the first round; it may have come already.
      const isAsked = causes.size > 0;
      causes.add("start");
      plan(EVERY_MS, "regular");
      if (isAsked) void run("start");
    },
    async stop() {
      stopped = true;
      unsubscribe();
      cancelTimer();
      await running;
    },
    reconcile: () => run("regular"),
    linked: () => void run("link"),
    changed: () => void run("change"),
    repaired: () => repaired,
    counts: () => ({ repaired, refused, lastAt, lastMs }),
    list: (query) => listRepairs(db, query),
  };
}
