import { isOpen } from "../contract/calendar-time.ts";
import { readCalendars } from "./calendars/calendar-store.ts";
import { createCallbackRequestService } from "./callbacks/callback-request-service.ts";
import type { Clock } from "./clock.ts";
import { createConnections } from "./connections.ts";
import type { ContactService } from "./contacts/contact-service.ts";
import type { Database } from "./db/pool.ts";
import type { Hub } from "./hub.ts";
import { createItemMaker } from "./items/item-maker.ts";
import type { AgentDesk } from "./ivr/agent-desk.ts";
import { kindOf } from "./ivr/block.ts";
import type { BlockHouse } from "./ivr/block-house.ts";
import { BLOCKS } from "./ivr/blocks/index.ts";
import { createCalledTrialService } from "./ivr/called-trial-service.ts";
import type { Caller } from "./ivr/caller.ts";
import { createContactBlocks } from "./ivr/contact-blocks.ts";
import { textsOf } from "./ivr/flow-check.ts";
import { createMailBlock } from "./ivr/mail-block.ts";
import { createProjectService } from "./ivr/project-service.ts";
import { findInternal } from "./ivr/project-store.ts";
import { createRunRetention } from "./ivr/run-retention.ts";
import { createRunService, type RunService } from "./ivr/run-service.ts";
import { createSurveyBook } from "./ivr/survey-book.ts";
import { openTakenVoices } from "./ivr/taken-voices.ts";
import { createTrialHouse } from "./ivr/trial-house.ts";
import { createTrialService } from "./ivr/trial-service.ts";
import { createVoiceCaller } from "./ivr/voice-caller.ts";
import { warmVoices } from "./ivr/warm-voices.ts";
import type { Log } from "./log.ts";
import type { MailService } from "./mail/mail-service.ts";
import { type Part, part } from "./part.ts";
import type { TelephoneToRing } from "./prompts/prompt-call-service.ts";
import type { Services } from "./services.ts";
import type { ChangeService } from "./staff/change-service.ts";
import { promptLanguage } from "./staff/prompt-language.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import type { SettingService } from "./staff/setting-service.ts";
import type { Telephony } from "./telephony.ts";
import type { VoiceDialogue } from "./voice-dialogue.ts";
import type { VoiceFiles } from "./voice-files.ts";

export interface Answering {
  services: Pick<
    Services,
    "projects" | "blockKinds" | "projectRuns" | "trials" | "calledTrials" | "houseSecrets" | "dataQueries" | "sms"
  >;
  runs: Pick<RunService, "sweep">;
  /** Somebody on the telephone, as blocks and others speak with him. */
  callerOf(dialogue: VoiceDialogue): Caller;
  parts: Part[];
}

/** All that leads callers by voice through IVR projects. */
export function createAnswering(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Pick<Telephony, "onVoice" | "dialFrom" | "hangUp">;
  telephone: TelephoneToRing;
  changes: ChangeService;
  secrets: SecretBox;
  settings: Pick<SettingService, "current">;
  contacts: Pick<ContactService, "hint" | "get" | "search" | "create">;
  mail: Pick<MailService, "send">;
  voiceFiles: VoiceFiles;
  agents: AgentDesk;
  /** Where the telephone system writes voices that are taken, and what becomes of those that are messages. */
  takenFolder: string;
  messages: BlockHouse["messages"];
}): Answering {
  const { db, clock, log, telephony, changes, settings, contacts, voiceFiles } = deps;
  const blockKinds = BLOCKS.map(kindOf);
  const kinds = new Map(blockKinds.map((kind) => [kind.type, kind]));
  const blocks = new Map(BLOCKS.map((block) => [block.type, block]));
  const survey = createSurveyBook({ db, clock, log });
  const taken = openTakenVoices({ folder: deps.takenFolder, clock, log });
  const { services: connections, web } = createConnections(deps);
  const items = createItemMaker({ db, clock, hub: deps.hub, settings });
  const callbacks = createCallbackRequestService({ db, clock, settings, items });
  const houseAt = (now: () => Date): BlockHouse => ({
    ...{ now, web, agents: deps.agents, random: Math.random },
    ...createContactBlocks({ db, contacts }),
    askCallback: callbacks.ask,
    lookUp: connections.dataQueries.ask,
    sendSms: connections.sms.send,
    messages: deps.messages,
    sendMail: createMailBlock({ clock, log, mail: deps.mail }),
    keepAnswer: async (answer) => survey.add(answer),
    async isOpen(calendarId, at) {
      const found = (await readCalendars(db)).find((one) => one.calendarId === calendarId);
      return found === undefined ? null : isOpen(found, at);
    },
  });
  const language = () => promptLanguage(settings.current());
  const callerOf: Answering["callerOf"] = (dialogue) =>
    createVoiceCaller({
      ...{ dialogue, files: voiceFiles, log, language: language(), timeZone: settings.current().timeZone },
      numberOf: async (to) =>
        "number" in to ? to.number : findInternal(db, "agentId" in to ? to.agentId : to.telephoneId),
      taken,
    });
  const projectRuns = createRunService({
    ...{ db, clock, log, blocks, language, house: houseAt(() => clock.now()) },
    async removeVoices(variables) {
      for (const [name, value] of Object.entries(variables.all())) {
        if (!taken.isOne(value)) continue;
        await taken.remove(value);
        variables.set(name, "");
      }
    },
    callerOf,
  });
  telephony.onVoice("project", projectRuns.handler);
  const calledTrials = createCalledTrialService({ ...deps, runs: projectRuns });
  telephony.onVoice("trial", calledTrials.handler);
  const projects = createProjectService({
    ...{ db, clock, changes, kinds },
    published: (flow) => void warmVoices(textsOf(flow, kinds), { files: voiceFiles, language: language(), log }),
  });
  const trials = createTrialService({
    db,
    clock,
    log,
    blocks,
    houseFor: (at, caller) =>
      createTrialHouse(
        houseAt(() => at),
        caller,
      ),
  });
  return {
    services: { ...connections, blockKinds, projects, projectRuns, trials, calledTrials },
    runs: projectRuns,
    callerOf,
    parts: [
      part("answers to questions", survey),
      part("voices of callers", taken),
      part("runs of projects", projectRuns),
      part("old runs of projects", createRunRetention({ db, clock, log, settings })),
      { name: "trials of projects", start: () => {}, stop: trials.stop },
      { name: "trials by telephone", start: () => {}, stop: calledTrials.stop },
    ],
  };
}
