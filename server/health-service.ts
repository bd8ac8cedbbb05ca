import type { Alarm, Health } from "../contract/views.ts";
import type { Clock } from "./clock.ts";
import type { LinkStatus } from "./telephony.ts";

export interface HealthService {
  read(): Health;
  /** Everything is built and the schema is in place: from now on what is missing is a degradation. */
  opened(): void;
  isOpen(): boolean;
  start(): void;
  stop(): void;
}

/** How often the database is asked whether it is there. */
const ASK_EVERY_MS = 2000;

/** Says how Perch is, without waiting for anybody: the database is asked beforehand, again and again. */
export function createHealthService(deps: {
  clock: Clock;
  version: string;
  telephony: { readonly status: LinkStatus };
  /** Rejects when the database does not answer. */
  askDatabase: () => Promise<void>;
  journal: () => { lagMs: number | null; damagedLines: number };
  reconcile: () => { repaired: number; refused: number; lastAt: Date | null; lastMs: number | null };
  /** Alarms that nobody took note of yet. */
  alarms: () => Alarm[];
}): HealthService {
  let open = false;
  let database: "up" | "down" = "down";
  let stopped = true;
  let cancel = () => {};

  const ask = async () => {
    database = await deps.askDatabase().then(
      () => "up",
      () => "down",
    );
    if (!stopped) cancel = deps.clock.after(ASK_EVERY_MS, () => void ask());
  };

  return {
    read() {
      const asterisk = deps.telephony.status;
      const alarms = deps.alarms().map(({ kind, times, raisedAt }) => ({ kind, times, since: raisedAt }));
      const { lastAt, ...counts } = deps.reconcile();
      const up = asterisk === "up" && database === "up";
      // Until it has been read once, nobody knows which telephones are there.
      const starting = !open || (up && lastAt === null);
      const status = starting ? "starting" : up && alarms.length === 0 ? "ok" : "degraded";
      const reconcile = { ...counts, lastAt: lastAt?.toISOString() ?? null };
      return { status, asterisk, database, journal: deps.journal(), reconcile, alarms, version: deps.version };
    },
    opened() {
      open = true;
      database = "up";
    },
    isOpen: () => open,
    start() {
      stopped = false;
      void ask();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
