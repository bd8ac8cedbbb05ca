import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { PinService } from "../staff/pin-service.ts";
import type { SettingService } from "../staff/setting-service.ts";
import type { Telephony } from "../telephony.ts";
import type { VoiceDialogue, VoiceHandler, VoiceLanguage } from "../voice-dialogue.ts";
import { findRemoteAgent, readWays } from "./remote-callback-store.ts";
import { dialledFrom, lineOf } from "./remote-number.ts";
import type { SessionService } from "./session-service.ts";

/**
 * A number that only a call showed may be anybody's: callers show what they like. So it is rung back, once whoever
 * asked has hung up, and whoever picks up says the PIN; then the agent works there for one session.
 */
export interface RemoteCallbackService {
  /**
   * Whether the number is going to be rung: where house and account allow it, an outbound route leads there, and it is
   * not the one of the account, which needs no proof. `shown` is what the call showed.
   */
  request(agentId: number, shown: string): Promise<boolean>;
  /** Leads the calls that were made so. */
  readonly handler: VoiceHandler;
  stop(): void;
}

/** Whoever asked is still on the line, and is to hang up. */
const FIRST_RING_MS = 5_000;
const NEXT_RING_MS = 45_000;
const MOST_RINGS = 2;
/** While so many are being rung nobody else is. */
const MOST_AT_ONCE = 100;
const PIN_ROUNDS = 3;
const MOST_PIN_KEYS = 12;
const KEY_MS = 8_000;

interface Asked {
  agentId: number;
  number: string;
  internal: string;
  language: VoiceLanguage | null;
  rings: number;
  cancel: () => void;
}

export function createRemoteCallbackService(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  telephony: Pick<Telephony, "ringBack">;
  pins: Pick<PinService, "identify">;
  sessions: Pick<SessionService, "login">;
  settings: Pick<SettingService, "current">;
}): RemoteCallbackService {
  const { db, clock, log, telephony, pins, sessions, settings } = deps;
  const asked = new Map<number, Asked>();

  const forget = (one: Asked) => {
    one.cancel();
    if (asked.get(one.agentId) === one) asked.delete(one.agentId);
  };
  const ring = async (one: Asked) => {
    if (asked.get(one.agentId) !== one) return;
    if (one.rings >= MOST_RINGS) return forget(one);
    one.rings += 1;
    one.cancel = clock.after(NEXT_RING_MS, () => void ring(one));
    const answer = await telephony.ringBack(one.number, one.agentId, "remote-callback");
    if (!answer.ok) log.warn({ agentId: one.agentId, why: answer.why }, "an agent could not be rung back");
  };

  const logIn = async (one: Asked, dialogue: VoiceDialogue) => {
    for (let round = 1; round <= PIN_ROUNDS; round += 1) {
      const say = round === 1 ? (["ask-pin"] as const) : (["wrong-login", "ask-pin"] as const);
      const pin = await dialogue.digits({ say, most: MOST_PIN_KEYS, timeoutMs: KEY_MS });
      // Nobody there: a mailbox has picked up, say.
      if (pin === null || pin === "") continue;
      const who = await pins.identify(one.internal, pin, one.number);
      if (who === "locked") return dialogue.say(["locked"]);
      if (typeof who === "string" || who.agentId !== one.agentId) continue;
      const answer = await sessions.login(one.agentId, { number: one.number, byTelephone: true });
      return dialogue.say([answer instanceof Refusal ? saidOf(answer) : "logged-in"]);
    }
    return dialogue.say(["goodbye"]);
  };

  return {
    async request(agentId, shown) {
      const agent = await findRemoteAgent(db, agentId);
      if (agent === null || !agent.allowed || !settings.current().remoteCallingNumber) return false;
      const number = dialledFrom(shown, await readWays(db));
      if (number === null || lineOf(shown) === lineOf(agent.remoteNumber ?? "")) return false;
      // Without them nobody can say there who he is.
      if (agent.internal === null || !agent.hasPin) return false;
      const before = asked.get(agentId);
      if (before === undefined && asked.size >= MOST_AT_ONCE) return false;
      if (before !== undefined) forget(before);
      const { internal, language } = agent;
      const one: Asked = { agentId, number, internal, language, rings: 0, cancel: () => {} };
      asked.set(agentId, one);
      one.cancel = clock.after(FIRST_RING_MS, () => void ring(one));
      return true;
    },
    async handler(dialogue) {
      const one = asked.get(Number(dialogue.call.subject));
      if (one !== undefined) {
        forget(one);
        await dialogue.answer();
        if (one.language !== null) await dialogue.speak(one.language);
        await logIn(one, dialogue);
      }
      await dialogue.hangUp();
      return undefined;
    },
    stop() {
      for (const one of [...asked.values()]) forget(one);
    },
  };
}

function saidOf(refusal: Refusal): "already-logged-in" | "try-later" | "not-possible" {
  if (refusal.code === "session.already-open") return "already-logged-in";
  return refusal.code.startsWith("telephony.") ? "try-later" : "not-possible";
}
