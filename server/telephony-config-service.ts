import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import type { Hub } from "./hub.ts";
import type { Log } from "./log.ts";
import type { WaitingSounds } from "./prompts/waiting-sounds.ts";
import { soundingQueues } from "./sounding-queues.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import type { Answer, Telephony } from "./telephony.ts";
import { readTelephonyConfig, type SealedTrunk } from "./telephony-config-store.ts";

export interface TelephonyConfigService {
  start(): void;
  stop(): Promise<void>;
  /** Brings the telephone system up to what the database says now. Calls asked for meanwhile share one more round. */
  apply(): Promise<Answer>;
  /**
   * Settles when what was committed before this call is in force, so that a telephone just made can register; at the
   * latest after IN_FORCE_MS, and at once while the link is down.
   */
  inForce(): Promise<void>;
  /** Settles when nothing is being applied, however that ended. */
  settled(): Promise<void>;
  /** Told each time the telephone system has taken something new. The answer ends it. */
  onApplied(listener: () => void): () => void;
}

/** Changes that come while a round is under way share the next one; this gathers those of one instant. */
const BURST_MS = 20;
/** Reading 10,000 telephones takes Asterisk two seconds: who makes one of them need not wait for that. */
const IN_FORCE_MS = 1000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Keeps the telephone system's configuration equal to the database. */
export function createTelephonyConfigService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  secrets: SecretBox;
  sounds: Pick<WaitingSounds, "prompts" | "words">;
}): TelephonyConfigService {
  const { db, clock, hub, log, telephony, secrets, sounds } = deps;
  const listeners = new Set<() => void>();
  let stopped = true;
  let unsubscribe = () => {};
  let cancel = () => {};
  let running: Promise<Answer> | null = null;
  let next: Promise<Answer> | null = null;
  let retryMs = FIRST_RETRY_MS;

  const opened = ({ passwordSealed, ...trunk }: SealedTrunk) => {
    try {
      return { ...trunk, password: passwordSealed === null ? null : secrets.open(passwordSealed) };
    } catch (error) {
      // The home was copied without its key, say: this trunk needs its password again, the others go on.
      log.error({ err: error, trunkId: trunk.trunkId }, "the password of a trunk cannot be opened; set it anew");
      return { ...trunk, password: null };
    }
  };

  const later = (ms: number) => {
    cancel();
    if (!stopped) cancel = clock.after(ms, () => void apply());
  };

  const once = async (): Promise<Answer> => {
    try {
      const sealed = await readTelephonyConfig(db);
      const { queues: _queues, musicPromptIds: _music, trunks, ...rest } = sealed;
      const sounding = await soundingQueues(sealed, sounds);
      const answer = await telephony.configure({ ...rest, ...sounding, trunks: trunks.map(opened) });
      if (answer.ok) {
        retryMs = FIRST_RETRY_MS;
        if (answer.nothingNew === undefined) for (const listener of listeners) listener();
        return answer;
      }
      // With the link down its return brings us here again.
      if (answer.gone !== true) log.warn({ why: answer.why }, "the telephone system refuses its configuration");
      return answer;
    } catch (error) {
      log.warn({ err: error }, "the telephone system could not be configured");
      return { ok: false, why: "the configuration could not be read or written" };
    }
  };

  const apply = (): Promise<Answer> => {
    if (running !== null) {
      next ??= running.then(() => {
        next = null;
        return apply();
      });
      return next;
    }
    cancel();
    running = once().then((answer) => {
      running = null;
      if (!answer.ok) {
        later(retryMs);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
      return answer;
    });
    return running;
  };

  return {
    start() {
      stopped = false;
      unsubscribe = hub.subscribe((news) => {
        if (news.type === "configuration.changed") later(BURST_MS);
      });
    },
    async stop() {
      stopped = true;
      unsubscribe();
      cancel();
      await running;
    },
    apply,
    async inForce() {
      if (stopped || telephony.status === "down") return;
      let giveUp = () => {};
      const late = new Promise<void>((resolve) => {
        giveUp = clock.after(IN_FORCE_MS, resolve);
      });
      await Promise.race([apply(), late]);
      giveUp();
    },
    async settled() {
      while (running !== null) await running;
    },
    onApplied(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
