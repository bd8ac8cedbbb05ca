import type { Leg } from "../contract/views.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import type { Hub } from "./hub.ts";
import { wordsOf } from "./ivr/agent-act.ts";
import type { AgentDesk } from "./ivr/agent-desk.ts";
import { type Caller, own } from "./ivr/caller.ts";
import { type AskingHow, askOutcome } from "./ivr/outcome-dialogue.ts";
import type { Log } from "./log.ts";
import { askedByPhone, phoneWork, ringsFor } from "./sessions/asked-by-phone.ts";
import type { Desktops } from "./sessions/desktops.ts";
import type { OpenSession } from "./sessions/open-session-store.ts";
import type { PauseService } from "./sessions/pause-service.ts";
import { findWrapUpRule, isDisposed } from "./sessions/pause-store.ts";
import { findListener } from "./sessions/phone-code-store.ts";
import type { SessionService } from "./sessions/session-service.ts";
import { DISPOSE_CODE } from "./star-code.ts";
import type { ChoiceService } from "./telephones/choice-service.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import type { Telephony } from "./telephony.ts";
import { CallerGone, type VoiceDialogue, type VoiceHandler } from "./voice-dialogue.ts";

/**
 * Agents without a desktop say by keypad how a queue's call ended. A number outside stays on the line when the caller
 * goes (render/remote-plan.ts); whoever is not there any more, or sits at a telephone, is rung.
 */
export interface DisposingByPhone {
  start(): void;
  stop(): void;
  /** For calls to its code: of whoever was rung to it, or wants to dispose his newest call. */
  readonly atTelephone: VoiceHandler;
}

/** So long after a call it may still show that its number stayed on the line. */
const STAYS_MS = 2_000;
/** A ring, and a moment more. */
const NEXT_RING_MS = 40_000;
const HOW: Readonly<Record<"ask" | "offer", AskingHow>> = {
  ask: { rounds: 5, silenceEnds: false, mayLeave: false },
  offer: { rounds: 3, silenceEnds: true, mayLeave: true },
};

/** A call that its agent is asked about. */
interface Asked {
  agentId: number;
  leg: Leg;
  how: "ask" | "offer";
  telephone: OpenSession["telephone"];
  ringsLeft: number;
  /** He is on the line. */
  led: boolean;
  cancel: () => void;
}

export function createDisposingByPhone(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Pick<Telephony, "onVoice" | "ringBack" | "dialFrom">;
  registration: Pick<RegistrationService, "onCall">;
  choices: Pick<ChoiceService, "findByEndpoint">;
  desktops: Pick<Desktops, "connected">;
  sessions: Pick<SessionService, "current">;
  pauses: Pick<PauseService, "askedEnough">;
  agents: Pick<AgentDesk, "outcomes" | "dispose" | "undisposed">;
  callerOf: (dialogue: VoiceDialogue) => Caller;
}): DisposingByPhone {
  const { db, clock, hub, log, telephony, desktops, sessions, agents } = deps;
  /** One an agent: his last. */
  const asked = new Map<number, Asked>();
  /** Legs are announced more than once: of each agent the last one that was begun with. */
  const begun = new Map<number, string>();
  /** Numbers that stayed on the line, before it is known what their agents are asked. */
  const staying = new Map<number, (one: Asked | null) => void>();
  let stopListening = () => {};

  const inBackground = (agentId: number, work: Promise<unknown>) => {
    work.catch((err: unknown) => log.warn({ err, agentId }, "an agent could not be asked for an outcome by keypad"));
  };
  const tell = (agentId: number, one: Asked | null) => {
    staying.get(agentId)?.(one);
    staying.delete(agentId);
  };
  /** What he did not say waits in his list; his wrap-up is the queue's again. */
  const finish = async (one: Asked) => {
    one.cancel();
    if (asked.get(one.agentId) === one) asked.delete(one.agentId);
    await deps.pauses.askedEnough(one.agentId, one.leg);
  };

  const findAsked = async (agentId: number, leg: Leg): Promise<Asked | null> => {
    if (leg.queue === null || leg.answeredAt === null) return null;
    const [open, rule] = [await sessions.current(agentId), await findWrapUpRule(db, leg.queue.id)];
    if (open === null || rule === null || open.telephone.id !== leg.telephoneId) return null;
    const work = phoneWork(open, rule, desktops.connected(agentId));
    const how = askedByPhone(work);
    if (how === null) return null;
    const { telephone } = open;
    return { agentId, leg, how, telephone, ringsLeft: ringsFor(how, work.line), led: false, cancel: () => {} };
  };
  const begin = async (agentId: number, leg: Leg) => {
    const one = await findAsked(agentId, leg);
    if (one === null) return tell(agentId, asked.get(agentId) ?? null);
    if ((await isDisposed(db, leg.legId)) || (await agents.outcomes([])).length === 0) {
      tell(agentId, null);
      return finish(one);
    }
    asked.get(agentId)?.cancel();
    asked.set(agentId, one);
    // Where he stayed on the line he is asked now.
    if (!staying.has(agentId)) one.cancel = clock.after(STAYS_MS, () => inBackground(agentId, ring(one)));
    tell(agentId, one);
  };

  const ring = async (one: Asked): Promise<void> => {
    const { agentId, telephone } = one;
    if (asked.get(agentId) !== one || one.led) return;
    const open = await sessions.current(agentId);
    const away = open?.telephone.id !== telephone.id || desktops.connected(agentId);
    const talks = deps.registration.onCall(telephone.endpoint);
    if (one.ringsLeft === 0 || away || talks || (await isDisposed(db, one.leg.legId))) return finish(one);
    one.ringsLeft -= 1;
    one.cancel = clock.after(NEXT_RING_MS, () => inBackground(agentId, ring(one)));
    const answer =
      telephone.number === null
        ? await telephony.dialFrom(telephone.endpoint, DISPOSE_CODE)
        : await telephony.ringBack(telephone.number, agentId, "dispose");
    if (!answer.ok) log.warn({ agentId, why: answer.why }, "an agent could not be rung to dispose a call");
  };

  const askHim = async (caller: Caller, agentId: number, legId: string, how: AskingHow) => {
    const path = await askOutcome(caller, agents, how);
    if (typeof path === "string") return;
    const outcome = await agents.dispose(agentId, legId, path);
    await caller.say([wordsOf(outcome, own("dispose-done", {}))]);
  };
  const callerIn = async (dialogue: VoiceDialogue, telephoneId: number): Promise<Caller> => {
    const caller = deps.callerOf(dialogue);
    const listener = await findListener(db, telephoneId);
    if (listener?.language != null) await caller.speak(listener.language);
    return caller;
  };
  const lead = async (one: Asked, dialogue: VoiceDialogue) => {
    if (one.led) return;
    one.cancel();
    one.led = true;
    try {
      const caller = await callerIn(dialogue, one.telephone.id);
      await askHim(caller, one.agentId, one.leg.legId, HOW[one.how]);
    } catch (error) {
      if (!(error instanceof CallerGone)) throw error;
    } finally {
      await finish(one);
    }
  };
  /** The end of his call is heard in the same moment, a little earlier or later. */
  const comes = (agentId: number): Promise<Asked | null> =>
    new Promise((resolve) => {
      tell(agentId, null);
      const cancel = clock.after(STAYS_MS, () => tell(agentId, null));
      staying.set(agentId, (one) => {
        cancel();
        resolve(one);
      });
    });

  telephony.onVoice("dispose", async (dialogue) => {
    const agentId = Number(dialogue.call.subject);
    const one = asked.get(agentId) ?? (await comes(agentId));
    if (one !== null) await lead(one, dialogue);
    if (!dialogue.gone.aborted) await dialogue.hangUp();
    return undefined;
  });

  return {
    start() {
      stopListening = hub.subscribe((news) => {
        if (news.type !== "leg.changed" || news.agentId === null || news.leg.state !== "ended") return;
        const { agentId, leg } = news;
        if (begun.get(agentId) === leg.legId) return;
        begun.set(agentId, leg.legId);
        inBackground(agentId, begin(agentId, leg));
      });
    },
    stop() {
      stopListening();
      for (const one of asked.values()) one.cancel();
      asked.clear();
      for (const agentId of [...staying.keys()]) tell(agentId, null);
    },
    async atTelephone(dialogue) {
      const { endpoint } = dialogue.call;
      const telephone = endpoint === null ? null : deps.choices.findByEndpoint(endpoint);
      const agentId = telephone === null ? null : ((await findListener(db, telephone.id))?.agentId ?? null);
      await dialogue.answer();
      if (telephone === null || agentId === null) await dialogue.say(["not-possible"]);
      else {
        const one = asked.get(agentId);
        if (one?.telephone.id === telephone.id) await lead(one, dialogue);
        else {
          const caller = await callerIn(dialogue, telephone.id);
          const call = await agents.undisposed(agentId);
          if (call === null) await caller.say([own("dispose-nothing", {})]);
          else await askHim(caller, agentId, call.legId, HOW.offer);
        }
      }
      if (!dialogue.gone.aborted) await dialogue.hangUp();
      return undefined;
    },
  };
}
