import type { TelephonyConfig } from "../../telephony-config.ts";
import { musicClass } from "../names.ts";
import { type ConfigFile, confFile, section, sortedBy } from "./conf.ts";
import type { AsteriskInstance } from "./instance.ts";
import { soundFile } from "./queue-sounds.ts";

/** What is heard by who waits or is held: the house's own music, and prompts as music, each over and over. */
export function renderMusic({ directories }: AsteriskInstance, { music = [] }: TelephonyConfig): ConfigFile {
  return confFile("musiconhold.conf", [
    section("default", [
      ["mode", "files"],
      ["directory", `${directories.var}/hold-music`],
    ]),
    ...sortedBy(music, ({ promptId }) => musicClass(promptId)).map(({ promptId, sound }) =>
      section(musicClass(promptId), [
        ["mode", "playlist"],
        ["entry", soundFile(sound)],
      ]),
    ),
  ]);
}
