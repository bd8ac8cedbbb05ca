import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { PinService } from "../staff/pin-service.ts";
import { readStarCode } from "../star-code.ts";
import type { ChoiceService } from "../telephones/choice-service.ts";
import type { VoiceDialogue, VoiceHandler, VoiceLanguage } from "../voice-dialogue.ts";
import type { PauseService } from "./pause-service.ts";
import {
  beginCode,
  type CodeState,
  type CodeStep,
  hearKeys,
  hearOutcome,
  MOST_KEYS,
  type Outcome,
  outcomeOf,
} from "./phone-code.ts";
import { findListener, findReasonOfKey } from "./phone-code-store.ts";
import type { SessionEndingService } from "./session-ending-service.ts";
import type { SessionService } from "./session-service.ts";

/** So long is waited for the next key. */
const KEY_MS = 8_000;

interface Line {
  telephoneId: number;
  endpoint: string;
  speak(language: VoiceLanguage | null): Promise<void>;
}

/**
 * Agents say by telephone what they else say in the desktop: the same acts of the same services, refused by the same
 * rules, each answer by voice.
 */
export function createPhoneCodeHandler(deps: {
  db: Database;
  choices: Pick<ChoiceService, "findByEndpoint">;
  pins: Pick<PinService, "identify">;
  sessions: Pick<SessionService, "login">;
  endings: Pick<SessionEndingService, "logOut">;
  pauses: Pick<PauseService, "pause" | "resume">;
}): VoiceHandler {
  const { db, choices, pins, sessions, endings, pauses } = deps;

  const outcome = async (answer: unknown, line: Line): Promise<Outcome> => {
    if (!(answer instanceof Refusal)) return "done";
    const holder = answer.code === "telephone.held" ? await findListener(db, line.telephoneId) : null;
    return outcomeOf(answer, holder?.internal ?? null);
  };

  const logIn = async (line: Line, number: string, pin: string): Promise<Outcome> => {
    const who = await pins.identify(number, pin, line.endpoint);
    // Whether there is such an agent is not to be heard.
    if (who === "wrong" || who === "unknown") return "wrong-pin";
    if (who === "locked") return "locked";
    const answer = await sessions.login(who.agentId, { telephoneId: line.telephoneId, byTelephone: true });
    // After it: who hangs up behind his PIN is logged in all the same.
    await line.speak(who.language);
    return outcome(answer, line);
  };

  /** Of whoever sits at the telephone: no PIN is asked of him. */
  const ofHolder = async (line: Line, act: (agentId: number) => Promise<unknown>): Promise<Outcome> => {
    const holder = await findListener(db, line.telephoneId);
    return holder === null ? "nobody-here" : outcome(await act(holder.agentId), line);
  };

  const pause = async (line: Line, digit: number): Promise<Outcome> => {
    const reason = await findReasonOfKey(db, digit);
    if (reason === null) return "no-such-reason";
    return ofHolder(line, (agentId) => pauses.pause(agentId, reason));
  };

  /** Null: nothing is to be done here, keys are awaited. */
  const perform = async (state: CodeState, line: Line): Promise<Outcome | null> => {
    switch (state.at) {
      case "logging-in":
        return logIn(line, state.number, state.pin);
      case "logging-out":
        return ofHolder(line, endings.logOut);
      case "pausing":
        return pause(line, state.digit);
      case "resuming":
        return ofHolder(line, pauses.resume);
      default:
        return null;
    }
  };

  const next = async ({ say, state }: CodeStep, dialogue: VoiceDialogue, line: Line): Promise<CodeStep> => {
    if (state.at === "number" || state.at === "pin" || state.at === "reason") {
      const keys = await dialogue.digits({ say, most: MOST_KEYS[state.at], timeoutMs: KEY_MS });
      return hearKeys(state, keys);
    }
    const done = await perform(state, line);
    return done === null ? { say, state } : hearOutcome(state, done);
  };

  return async (dialogue) => {
    const { endpoint, dialled } = dialogue.call;
    const telephone = endpoint === null ? null : choices.findByEndpoint(endpoint);
    await dialogue.answer();
    const listener = telephone === null ? null : await findListener(db, telephone.id);
    const speak = async (language: VoiceLanguage | null) => {
      if (language !== null) await dialogue.speak(language);
    };
    await speak(listener?.language ?? null);
    let step = beginCode(telephone === null ? null : readStarCode(dialled));
    const line = { telephoneId: telephone?.id ?? 0, endpoint: endpoint ?? "", speak };
    while (step.state.at !== "over") step = await next(step, dialogue, line);
    await dialogue.say(step.say);
    await dialogue.hangUp();
  };
}
