import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import type { LimitReason, TelephonyEvent } from "../telephony.ts";
import { nameOfTelephone } from "./caller-store.ts";
import { RefusalCount } from "./refusal-count.ts";

const WORDS: Readonly<Record<LimitReason, string>> = {
  destination: "a kind of number that may not be called from there",
  hours: "telephones are locked at this hour",
  route: "the route is for others",
  calls: "too many calls at once",
  minutes: "the minutes of the day are spent",
};

/** Tells supervisors of a telephone whose calls outside are refused again and again: somebody may be trying doors. */
export function createLimitWatch(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  alarm(alarm: { subject: string; kind: string; words: string; times: number }): Promise<void>;
}): { heard(event: TelephonyEvent): void } {
  const { db, clock, log, alarm } = deps;
  const counted = new RefusalCount();

  const tell = async (endpoint: string, why: LimitReason, times: number) => {
    const name = (await nameOfTelephone(db, endpoint)) ?? endpoint;
    await alarm({
      subject: `limits ${endpoint}`,
      kind: "calls refused by limits",
      words: `${times} calls outside from ${name} were refused within ten minutes: ${WORDS[why]}.`,
      times,
    });
  };
  return {
    heard(event) {
      if (event.type !== "call.limited" || event.endpoint === null) return;
      const { endpoint, why, agentId, destination } = event;
      log.info({ endpoint, agentId, why, destination }, "a call outside was refused by its limits");
      const times = counted.take(endpoint, clock.now().getTime());
      if (times === null) return;
      tell(endpoint, why, times).catch((err: unknown) => log.warn({ err }, "an alarm could not be raised"));
    },
  };
}
