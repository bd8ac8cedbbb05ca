import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "./audit-store.ts";
import type { ChangeService } from "./change-service.ts";
import type { PasswordService } from "./password-service.ts";
import type { Actor } from "./permission.ts";
import { clearPinAttempts, countPinAttempt, findPin, forgetPinAttempts } from "./pin-store.ts";
import type { SettingService } from "./setting-service.ts";
import { lockStaff } from "./staff-store.ts";

/** Who it is; or not, and whether there is such an agent at all; or that the number takes no PIN for a while. */
export type PinAnswer =
  | { agentId: number; language: "en" | "it" | "es" | "fr" | null }
  | "unknown"
  | "wrong"
  | "locked";

/** Who somebody on a telephone is, by agent number and PIN. */
export interface PinService {
  /** Takes as long for nobody as for somebody, and for a wrong PIN as for the right one. `from`: who asks, for the log. */
  identify(number: string, pin: string, from: string): Promise<PinAnswer>;
  /** Ends the lock of an agent's number. */
  unlock(actor: Actor, agentId: number): Promise<Refusal | undefined>;
}

export function createPinService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  passwords: PasswordService;
  changes: ChangeService;
  settings: Pick<SettingService, "current">;
  /** Tells supervisors. */
  alarm(alarm: { subject: string; kind: string; words: string; times: number }): Promise<void>;
}): PinService {
  const { db, clock, log, passwords, changes, settings } = deps;

  const locked = async (agent: { agentId: number; name: string } | null, number: string, from: string) => {
    const agentId = agent?.agentId ?? null;
    log.warn({ agentId, number, from }, "a number is locked after too many wrong PINs");
    await writeAudit(db, {
      actorId: null,
      action: "pin.lock",
      subject: agentId === null ? `number ${number}` : `agent ${agentId}`,
      facts: { number, from, minutes: settings.current().pinLockMinutes },
      at: clock.now(),
    });
    // Of a number that nobody has there is nobody to be told of.
    if (agent === null) return;
    const minutes = settings.current().pinLockMinutes;
    await deps.alarm({
      subject: `pin ${agentId}`,
      kind: "wrong PINs",
      words: `Too many wrong PINs for ${agent.name} on the telephone ${from}: the number ${number} is locked for ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
      times: settings.current().pinAttempts,
    });
  };

  return {
    async identify(number, pin, from) {
      const { pinAttempts, pinLockMinutes } = settings.current();
      const rule = { attempts: pinAttempts, lockMs: pinLockMinutes * 60_000 };
      const now = clock.now();
      const attempt = await countPinAttempt(db, number, now, rule);
      // The table grows by nothing else: it holds no more numbers than were tried within the time of a lock.
      if (attempt.first) await forgetPinAttempts(db, now, rule);
      const agent = await findPin(db, number);
      // Locked or nobody: as much work as for anybody, and always in vain.
      const right = await passwords.verify(pin, attempt.lockedBefore ? null : (agent?.pinHash ?? null));
      if (attempt.lockedBefore) return "locked";
      if (right && agent !== null) {
        await clearPinAttempts(db, number);
        return { agentId: agent.agentId, language: agent.language };
      }
      if (!attempt.lockedNow) return agent === null ? "unknown" : "wrong";
      await locked(agent, number, from);
      return "locked";
    },
    async unlock(actor, agentId) {
      const answer = await changes.run<undefined>(actor, async (tx) => {
        const agent = await lockStaff(tx, agentId, ["agent"]);
        if (agent === null) return new Refusal("not-found", `There is no agent ${agentId}.`);
        if (agent.internal !== null) await clearPinAttempts(tx, agent.internal);
        return { result: undefined, action: "pin.unlock", subject: `agent ${agentId}` };
      });
      return answer instanceof Refusal ? answer : undefined;
    },
  };
}
