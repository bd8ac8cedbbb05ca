import type { BlockDefinition } from "../block.ts";
import { agentDispose } from "./agent-dispose.ts";
import { agentPause } from "./agent-pause.ts";
import { agentLogin, agentLogout, agentUnpause } from "./agent-session.ts";
import { agentStatus } from "./agent-status.ts";
import { answer } from "./answer.ts";
import { callback } from "./callback.ts";
import { condition } from "./condition.ts";
import { conference } from "./conference.ts";
import { contactCreate } from "./contact-create.ts";
import { contactLookup } from "./contact-lookup.ts";
import { databaseLookup } from "./database-lookup.ts";
import { dialAgent, dialNumber, dialTelephone } from "./dial.ts";
import { end } from "./end.ts";
import { finallyBlock } from "./finally.ts";
import { getDigits } from "./get-digits.ts";
import { goToProject } from "./go-to-project.ts";
import { hangUp } from "./hang-up.ts";
import { httpRequest } from "./http-request.ts";
import { language } from "./language.ts";
import { menu } from "./menu.ts";
import { play } from "./play.ts";
import { queue } from "./queue.ts";
import { randomSplit } from "./random-split.ts";
import { record } from "./record.ts";
import { sendMail } from "./send-mail.ts";
import { sendSms } from "./send-sms.ts";
import { setVariable } from "./set-variable.ts";
import { start } from "./start.ts";
import { surveyQuestion } from "./survey-question.ts";
import { timeCondition } from "./time-condition.ts";
import { voicemail, voicemailAgent } from "./voicemail.ts";

/** Every kind of block there is, in the order of the palette. One line a kind. */
export const BLOCKS: readonly BlockDefinition[] = [
  start,
  end,
  finallyBlock,
  goToProject,
  answer,
  hangUp,
  language,
  play,
  menu,
  getDigits,
  record,
  queue,
  callback,
  dialAgent,
  dialTelephone,
  dialNumber,
  conference,
  voicemail,
  voicemailAgent,
  timeCondition,
  condition,
  randomSplit,
  setVariable,
  contactLookup,
  contactCreate,
  databaseLookup,
  httpRequest,
  sendMail,
  sendSms,
  surveyQuestion,
  agentLogin,
  agentLogout,
  agentPause,
  agentUnpause,
  agentStatus,
  agentDispose,
];
