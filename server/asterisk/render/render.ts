import type { TelephonyConfig } from "../../telephony-config.ts";
import { renderBoot } from "./boot.ts";
import { renderCel } from "./cel.ts";
import { renderCodes } from "./codes.ts";
import type { ConfigFile } from "./conf.ts";
import { renderExtensions } from "./extensions.ts";
import { renderFeatures } from "./feature-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { renderManager } from "./manager.ts";
import { renderMusic } from "./music.ts";
import { renderPjsip } from "./pjsip.ts";
import { renderQueues } from "./queues.ts";

/** A house with nothing in it, for a start before the database was read. */
export const EMPTY_CONFIG: TelephonyConfig = {
  telephones: [],
  agentNumbers: [],
  remoteLines: [],
  calling: {
    language: "en",
    emergencyNumbers: [],
    idleTelephonesMayCall: "internal",
    transferCodes: "off",
    askedRingSeconds: 20,
  },
  queues: [],
  trunks: [],
  inboundRoutes: [],
  outboundRoutes: [],
};

/** Files that follow the house, with the module that reads each anew. */
export const RELOADED: Readonly<Record<string, string>> = {
  "features.conf": "features",
  "pjsip.conf": "res_pjsip.so",
  "musiconhold.conf": "res_musiconhold.so",
  "queues.conf": "app_queue.so",
  "extensions.conf": "pbx_config.so",
};

/** Files that are read at the start of Asterisk alone. */
export function renderBootFiles(instance: AsteriskInstance): ConfigFile[] {
  return [...renderBoot(instance), ...renderCel(), ...renderFeatures(), renderManager(instance)];
}

/** Files that follow the house. Throws Unrenderable, and then nothing of it may be used. */
export function renderHouseFiles(instance: AsteriskInstance, config: TelephonyConfig): ConfigFile[] {
  return [
    renderCodes(config.calling),
    renderPjsip(instance, config),
    renderMusic(instance, config),
    renderQueues(config),
    renderExtensions(instance, config),
  ];
}
