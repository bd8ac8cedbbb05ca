import type { QueueConfig, TelephonyConfig } from "../../telephony-config.ts";
import { QUEUE_KEYS_CONTEXT, queueName } from "../names.ts";
import { type ConfigFile, confFile, confMatching, section, sortedBy } from "./conf.ts";
import { queueSoundLines } from "./queue-sounds.ts";

/** Asterisk's own pause after a call is only a guard against the next ring in the same moment; wrap-up is ours. */
const WRAP_UP_GUARD_SECONDS = 2;
/** 0 would become the default of 5. */
const RETRY_SECONDS = 1;

/** Voice queues. Their members come by the manager interface and are kept by Asterisk across its restarts. */
export function renderQueues(config: TelephonyConfig): ConfigFile {
  const music = new Set(config.music?.map(({ promptId }) => promptId));
  return confFile("queues.conf", [
    section("general", [
      ["persistentmembers", "yes"],
      ["autofill", "yes"],
      ["shared_lastcall", "no"],
    ]),
    ...sortedBy(config.queues, (each) => queueName(each.queueId)).map((each) => queue(each, music)),
  ]);
}

function queue(config: QueueConfig, music: ReadonlySet<number>): string {
  return section(queueName(config.queueId), [
    ["strategy", confMatching(config.strategy, /^[a-z]{3,20}$/, "strategy")],
    ["timeout", config.ringSeconds],
    ["retry", RETRY_SECONDS],
    ["wrapuptime", WRAP_UP_GUARD_SECONDS],
    // An agent in several queues gets one call at a time. (Do not set device_state_busy_at: ringing would be busy.)
    ["ringinuse", "no"],
    ["autofill", "yes"],
    // A caller waits even where nobody is there: the reports have to show him.
    ["joinempty", "yes"],
    ["leavewhenempty", "no"],
    ["autopause", "no"],
    ["context", QUEUE_KEYS_CONTEXT],
    ...queueSoundLines(config, music),
  ]);
}
