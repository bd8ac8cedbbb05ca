import { addDays, dayOf, isDay, startOfDay } from "../../contract/house-days.ts";
import type { Balance, BalanceDay, BalanceOfDay } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { JournalLanguage } from "../journal.ts";
import type { Log } from "../log.ts";
import type { AlarmService } from "../reconcile/alarm-service.ts";
import { Refusal } from "../refusal.ts";
import { createBalanceChecks } from "./balance-checks.ts";
import { isArchived, listBalanceRuns, readBalance, saveBalance } from "./balance-store.ts";

/**
 * Holds the books of a day against each other: the journal, the calls, Report Call, queues, leases, dispositions,
 * wrap-ups, recordings and the sums of reports. Each night those of the day before; what does not balance is an alarm.
 */
export interface BalanceService {
  start(): void;
  stop(): Promise<void>;
  /** Begins to compare a day of the house, unless that is under way. */
  compare(day: string): Promise<BalanceOfDay | Refusal>;
  ofDay(day: string): Promise<BalanceOfDay | Refusal>;
  /** The days that were looked at, the newest first. */
  days(): Promise<BalanceDay[]>;
}

/** The calls of yesterday are over by then, but for a few. */
const NIGHT_MS = 2 * 3_600_000;
const LOOK_MS = 15 * 60_000;
const DAYS_SHOWN = 62;
/** So many days at most are being compared or wait for it. */
const MOST_RUNNING = 4;

/** The house stops: what was not looked at yet is looked at again. */
class BrokenOff extends Error {}

/** Builds the service; `start` begins the nightly look. */
export function createBalanceService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  language: JournalLanguage;
  settings: { current(): { timeZone: string } };
  alarms: Pick<AlarmService, "raise">;
}): BalanceService {
  const { db, clock, log, language, settings, alarms } = deps;
  const checks = createBalanceChecks(language);
  const running = new Map<string, { done: number; end: Promise<Balance> }>();
  const failed = new Set<string>();
  /** Days are looked at one after the other. */
  let last: Promise<unknown> = Promise.resolve();
  let cancel = () => {};
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  const zone = () => settings.current().timeZone;
  const look = async (day: string, tellDone: (done: number) => void): Promise<Balance> => {
    const span = { from: new Date(startOfDay(day, zone())), to: new Date(startOfDay(addDays(day, 1), zone())) };
    const found: Balance["checks"] = [];
    // One after the other: reports that somebody reads meanwhile are worth more.
    for (const { name, title, find } of checks) {
      if (stopped) throw new BrokenOff();
      const { first, ...counts } = await find(db, span);
      found.push({ name, title, ...counts, first: first.map((one) => ({ ...one, at: one.at.toISOString() })) });
      tellDone(found.length);
    }
    const balance = { day, checkedAt: clock.now().toISOString(), checks: found };
    await saveBalance(db, balance);
    return balance;
  };
  const lookOnce = (day: string): Promise<Balance> => {
    const begun = running.get(day);
    if (begun !== undefined) return begun.end;
    failed.delete(day);
    const tellDone = (done: number) => Object.assign(run, { done });
    const end = last
      .then(() => look(day, tellDone))
      .catch((error: unknown) => {
        failed.add(day);
        throw error;
      })
      .finally(() => running.delete(day));
    const run = { done: 0, end };
    running.set(day, run);
    last = end.catch(() => {});
    return end;
  };
  const warn = (error: unknown) => {
    if (!(error instanceof BrokenOff)) log.warn({ err: error }, "the books could not be compared");
  };
  const dayAsked = (day: string): Refusal | null => {
    if (!isDay(day)) return new Refusal("request.invalid", `"${day}" is no day such as 2026-03-01.`);
    if (day > dayOf(clock.now().toISOString(), zone())) {
      return new Refusal("request.invalid", "That day has not begun yet.");
    }
    return null;
  };
  const tell = async (day: string): Promise<BalanceOfDay> => {
    const now = running.get(day);
    const progress = now === undefined ? null : { done: now.done, of: checks.length };
    return { day, last: await readBalance(db, day), running: progress, failed: failed.has(day) };
  };
  const isComparedAfter = async (day: string, next: string): Promise<boolean> => {
    const before = await readBalance(db, day);
    return before !== null && before.checkedAt >= startOfDay(next, zone());
  };
  const nightly = async () => {
    const now = clock.now();
    const today = dayOf(now.toISOString(), zone());
    const yesterday = addDays(today, -1);
    if (now.getTime() < Date.parse(startOfDay(today, zone())) + NIGHT_MS) return;
    // A day that somebody compared while it went on was not over.
    if (await isComparedAfter(yesterday, today)) return;
    if (await isArchived(db, yesterday)) return;
    const { checks: found } = await lookOnce(yesterday);
    const off = found.filter((one) => one.off > 0);
    if (off.length === 0) return;
    await alarms.raise({
      subject: `balance ${yesterday}`,
      kind: "The books of a day do not balance.",
      words: `On ${inWords(yesterday)} this does not balance: ${off.map(({ title, off: n }) => `${title} (${n})`).join("; ")}.`,
      times: off.reduce((all, one) => all + one.off, 0),
    });
  };
  const plan = () => {
    if (stopped) return;
    cancel = clock.after(LOOK_MS, () => {
      looking = nightly().catch(warn);
      void looking.then(plan);
    });
  };

  return {
    start() {
      stopped = false;
      plan();
    },
    async stop() {
      stopped = true;
      cancel();
      await looking;
      await last;
    },
    async ofDay(day) {
      return dayAsked(day) ?? tell(day);
    },
    async compare(day) {
      const refused = dayAsked(day);
      if (refused !== null) return refused;
      if (await isArchived(db, day)) {
        return new Refusal(
          "request.invalid",
          "The calls of that month stand in an archive; there is nothing to compare.",
        );
      }
      if (!running.has(day) && running.size >= MOST_RUNNING) {
        return new Refusal("request.too-many", "Several days are being compared; wait until one of them is done.", {
          retryAfterS: 10,
        });
      }
      lookOnce(day).catch(warn);
      return tell(day);
    },
    async days() {
      const runs = await listBalanceRuns(db, DAYS_SHOWN);
      return runs.map(({ checkedAt, ...run }) => ({ ...run, checkedAt: checkedAt.toISOString() }));
    },
  };
}

/** A day of the calendar as people say it: 1 March 2026. */
const inWords = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
