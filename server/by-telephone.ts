import { createAgentByPhone } from "./agent-by-phone.ts";
import { type Answering, createAnswering } from "./answering.ts";
import { createCallerNameService } from "./calls/caller-name-service.ts";
import type { DispositionService } from "./calls/disposition-service.ts";
import type { LiveLegService } from "./calls/live-leg-service.ts";
import { createDisposingByPhone } from "./disposing-by-phone.ts";
import type { Hub } from "./hub.ts";
import { part } from "./part.ts";
import type { PromptCallService } from "./prompts/prompt-call-service.ts";
import type { QueueLiveService } from "./queues/queue-live-service.ts";
import type { Desktops } from "./sessions/desktops.ts";
import type { PauseService } from "./sessions/pause-service.ts";
import { createPhoneCodeHandler } from "./sessions/phone-code-service.ts";
import { createRemoteCallbackService } from "./sessions/remote-callback-service.ts";
import type { SessionEndingService } from "./sessions/session-ending-service.ts";
import type { SessionService } from "./sessions/session-service.ts";
import type { PinService } from "./staff/pin-service.ts";
import { promptLanguage } from "./staff/prompt-language.ts";
import { DISPOSE_CODE, readSayPrompt } from "./star-code.ts";
import type { ChoiceService } from "./telephones/choice-service.ts";
import type { RegistrationService } from "./telephones/registration-service.ts";
import type { Telephony } from "./telephony.ts";

/** Everything that is said and heard by telephone: star codes, prompts that are said, agents who are rung back, projects. */
export function createByTelephone(
  deps: Omit<Parameters<typeof createAnswering>[0], "agents" | "telephony"> & {
    hub: Hub;
    telephony: Telephony;
    pins: PinService;
    choices: ChoiceService;
    sessions: SessionService;
    endings: SessionEndingService;
    pauses: PauseService;
    queueLive: QueueLiveService;
    liveLegs: LiveLegService;
    registration: RegistrationService;
    desktops: Desktops;
    dispositions: DispositionService;
    promptCalls: PromptCallService;
  },
): Answering {
  const { telephony, promptCalls } = deps;
  const agentCodes = createPhoneCodeHandler(deps);
  telephony.onVoice("star-codes", (dialogue) => {
    if (dialogue.call.dialled === DISPOSE_CODE) return disposing.atTelephone(dialogue);
    return readSayPrompt(dialogue.call.dialled) === null ? agentCodes(dialogue) : promptCalls.handler(dialogue);
  });
  const callbacks = createRemoteCallbackService(deps);
  telephony.onVoice("remote-callback", callbacks.handler);
  const agents = createAgentByPhone({ ...deps, callbacks });
  const answering = createAnswering({ ...deps, agents });
  const disposing = createDisposingByPhone({ ...deps, agents, callerOf: answering.callerOf });
  const rungBack = { name: "agents who are rung back", start: () => {}, stop: () => callbacks.stop() };
  const callerNames = createCallerNameService({
    ...{ ...deps, files: deps.voiceFiles, houseLanguage: () => promptLanguage(deps.settings.current()) },
  });
  const own = [rungBack, part("outcomes by keypad", disposing), part("names of callers", callerNames)];
  return { ...answering, parts: [...own, ...answering.parts] };
}
