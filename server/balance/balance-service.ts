import { addDays, dayOf, isDay, startOfDay } from "../../contract/house-days.ts";
import type { Balance, BalanceDay } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { JournalLanguage } from "../journal.ts";
import type { Log } from "../log.ts";
import type { AlarmService } from "../reconcile/alarm-service.ts";
import { Refusal } from "../refusal.ts";
import { createBalanceChecks } from "./balance-checks.ts";
import { hasBalanceRun, isArchived, listBalanceRuns, saveBalanceRun } from "./balance-store.ts";

/**
 * Holds the books of a day against each other: the journal, the calls, Report Call, queues, leases, dispositions and the
 * sums of reports. Each night those of the day before; what does not balance is an alarm.
 */
export interface BalanceService {
  start(): void;
  stop(): Promise<void>;
  /** Now, of a day of the house. Who asks while that day is being looked at gets the same. */
  check(day: string): Promise<Balance | Refusal>;
  /** The days that were looked at, the newest first. */
  days(): Promise<BalanceDay[]>;
}

/** The calls of yesterday are over by then, but for a few. */
const NIGHT_MS = 2 * 3_600_000;
const LOOK_MS = 15 * 60_000;
const DAYS_SHOWN = 62;

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
  const running = new Map<string, Promise<Balance>>();
  let cancel = () => {};
  let stopped = true;
  let looking: Promise<void> = Promise.resolve();

  const zone = () => settings.current().timeZone;
  const look = async (day: string): Promise<Balance> => {
    const span = { from: new Date(startOfDay(day, zone())), to: new Date(startOfDay(addDays(day, 1), zone())) };
    const found: Balance["checks"] = [];
    // One after the other: reports that somebody reads meanwhile are worth more.
    for (const { name, title, find } of checks) {
      const { compared, off, first } = await find(db, span);
      found.push({ name, title, compared, off, first: first.map((one) => ({ ...one, at: one.at.toISOString() })) });
    }
    const checkedAt = clock.now();
    const sum = (key: "compared" | "off") => found.reduce((all, one) => all + one[key], 0);
    await saveBalanceRun(db, { day, checkedAt, compared: sum("compared"), off: sum("off") });
    return { day, checkedAt: checkedAt.toISOString(), checks: found };
  };
  const lookOnce = (day: string): Promise<Balance> => {
    const begun = running.get(day);
    if (begun !== undefined) return begun;
    const one = look(day).finally(() => running.delete(day));
    running.set(day, one);
    return one;
  };

  const nightly = async () => {
    const now = clock.now();
    const today = dayOf(now.toISOString(), zone());
    const yesterday = addDays(today, -1);
    if (now.getTime() < Date.parse(startOfDay(today, zone())) + NIGHT_MS) return;
    if ((await hasBalanceRun(db, yesterday)) || (await isArchived(db, yesterday))) return;
    const { checks: found } = await lookOnce(yesterday);
    const off = found.filter((one) => one.off > 0);
    if (off.length === 0) return;
    await alarms.raise({
      subject: `balance ${yesterday}`,
      kind: "The books of a day do not balance.",
      words: `On ${yesterday} this does not balance: ${off.map(({ title, off: n }) => `${title} (${n})`).join("; ")}.`,
      times: off.reduce((all, one) => all + one.off, 0),
    });
  };
  const plan = () => {
    if (stopped) return;
    cancel = clock.after(LOOK_MS, () => {
      looking = nightly().catch((error: unknown) => log.warn({ err: error }, "the books could not be compared"));
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
    },
    async check(day) {
      if (!isDay(day)) return new Refusal("request.invalid", `"${day}" is no day such as 2026-03-01.`);
      if (day > dayOf(clock.now().toISOString(), zone())) {
        return new Refusal("request.invalid", "That day has not begun yet.");
      }
      if (await isArchived(db, day)) {
        return new Refusal(
          "request.invalid",
          "The calls of that month stand in an archive; there is nothing to compare.",
        );
      }
      return lookOnce(day);
    },
    async days() {
      const runs = await listBalanceRuns(db, DAYS_SHOWN);
      return runs.map(({ checkedAt, ...run }) => ({ ...run, checkedAt: checkedAt.toISOString() }));
    },
  };
}
