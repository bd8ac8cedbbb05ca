import type { Health } from "../contract/views.ts";
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
      const whole = asterisk === "up" && database === "up";
      const status = !open ? "starting" : whole ? "ok" : "degraded";
      return { status, asterisk, database, journal: deps.journal(), version: deps.version };
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
