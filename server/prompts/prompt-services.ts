import { join } from "node:path";
import type { Settings } from "../../contract/settings.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Log } from "../log.ts";
import { type Part, part } from "../part.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { promptLanguage } from "../staff/prompt-language.ts";
import type { Telephony } from "../telephony.ts";
import type { VoiceFiles } from "../voice-files.ts";
import { createPromptCallService, type PromptCallService, type TelephoneToRing } from "./prompt-call-service.ts";
import { createPromptService, type PromptService, type UsesOf } from "./prompt-service.ts";
import type { SoundPrograms } from "./sound-program.ts";
import { createVoiceFileService } from "./voice-file-service.ts";
import { openVoiceFolder } from "./voice-folder.ts";
import { createVoiceMaker } from "./voice-maker.ts";

/** All about what callers hear, joined. */
export interface PromptServices {
  prompts: PromptService;
  promptCalls: PromptCallService;
  voiceFiles: VoiceFiles;
  parts: Part[];
}

export function createPromptServices(deps: {
  db: Database;
  clock: Clock;
  log: Log;
  changes: ChangeService;
  settings: { current(): Pick<Settings, "promptLanguage" | "country"> };
  programs: SoundPrograms;
  /** Where the telephone system plays files. */
  folder: string;
  usesOf: UsesOf;
  telephony: Pick<Telephony, "dialFrom">;
  telephone: TelephoneToRing;
}): PromptServices {
  const maker = createVoiceMaker(deps.programs);
  const folders = {
    prompts: openVoiceFolder(join(deps.folder, "prompts")),
    spoken: openVoiceFolder(join(deps.folder, "spoken")),
  };
  const houseLanguage = () => promptLanguage(deps.settings.current());
  const voiceFiles = createVoiceFileService({ ...deps, maker, folders, houseLanguage });
  const prompts = createPromptService({ ...deps, maker, changed: voiceFiles.changed });
  const said = join(deps.folder, "said");
  const promptCalls = createPromptCallService({ ...deps, prompts, maker, files: voiceFiles, folder: said });
  const parts = [part("voices of prompts", voiceFiles), part("prompts that are said", promptCalls)];
  return { prompts, promptCalls, voiceFiles, parts };
}
