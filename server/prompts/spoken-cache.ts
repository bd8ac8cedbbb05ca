import { createHash } from "node:crypto";
import { LONGEST_SPOKEN_TEXT } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import type { VoiceFolder } from "./voice-folder.ts";
import type { VoiceMaker } from "./voice-maker.ts";

/** Texts that were spoken on this node, kept so that each is spoken once. */
export interface SpokenCache {
  /** Learns what earlier starts have left. */
  start(): Promise<void>;
  /** The name of the file that says it. */
  nameOf(text: string, language: VoiceLanguage): Promise<string | Refusal>;
}

/** Told anew when what the engine makes of a text changes with us. */
const MAKING = 1;

/** What is used longest ago goes first when there are more files, or more bytes, than `most`. */
export function createSpokenCache(deps: {
  folder: VoiceFolder;
  maker: VoiceMaker;
  most: { files: number; bytes: number };
}): SpokenCache {
  const { folder, maker, most } = deps;
  /** In the order of their last use. */
  const kept = new Map<string, number>();
  const making = new Map<string, Promise<Refusal | null>>();
  let bytes = 0;

  const forget = (key: string) => {
    bytes -= kept.get(key) ?? 0;
    kept.delete(key);
  };
  const remember = (key: string, size: number) => {
    forget(key);
    kept.set(key, size);
    bytes += size;
  };
  const shrink = async () => {
    for (const key of [...kept.keys()]) {
      // The newest stays: somebody is about to hear it.
      if ((kept.size <= most.files && bytes <= most.bytes) || kept.size <= 1) return;
      forget(key);
      await folder.remove(key);
    }
  };
  const make = async (key: string, text: string, language: VoiceLanguage): Promise<Refusal | null> => {
    const made = await maker.ofText(text, language);
    if (made instanceof Refusal) return made;
    await folder.write(key, made);
    remember(key, made.wide.length + made.narrow.length);
    await shrink();
    return null;
  };

  return {
    async start() {
      await folder.prepare();
      kept.clear();
      bytes = 0;
      for (const { key, bytes: size } of await folder.list()) remember(key, size);
      await shrink();
    },
    async nameOf(text, language) {
      if (text.length > LONGEST_SPOKEN_TEXT) {
        return new Refusal("prompt.too-long", `A text of more than ${LONGEST_SPOKEN_TEXT} signs is not spoken.`);
      }
      const key = createHash("sha256").update(`${MAKING}\n${language}\n${text}`).digest("hex");
      const size = kept.get(key);
      if (size !== undefined) {
        // Used now, before anything is awaited: nobody takes it away meanwhile.
        remember(key, size);
        if (await folder.has(key)) return folder.nameOf(key);
      }
      const going = making.get(key) ?? make(key, text, language).finally(() => making.delete(key));
      making.set(key, going);
      return (await going) ?? folder.nameOf(key);
    },
  };
}
