import { Value } from "typebox/value";
import { type BlockKind, type Flow, type OptionSchema, SayingOption } from "../../contract/flow.ts";
import type { Log } from "../log.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";

/** The texts that a flow says and that hold no variable, each once. */
export function textsOf(flow: Flow, kinds: ReadonlyMap<string, BlockKind>): string[] {
  const found = new Set<string>();
  const look = (value: unknown, schema: OptionSchema | undefined) => {
    if (schema === undefined || value === null || value === undefined) return;
    if (schema.draw === "sayings" && Array.isArray(value)) {
      for (const saying of value) {
        if (Value.Check(SayingOption, saying) && "text" in saying && !saying.text.includes("{")) found.add(saying.text);
      }
    } else if (Array.isArray(value)) {
      for (const each of value) look(each, schema.items);
    } else if (typeof value === "object") {
      for (const [name, each] of Object.entries(value)) look(each, schema.properties?.[name]);
    }
  };
  for (const { type, options } of flow.blocks) {
    for (const [name, value] of Object.entries(options)) look(value, kinds.get(type)?.options.properties[name]);
  }
  return [...found].filter((text) => text.trim() !== "");
}

/**
 * Has a flow's texts spoken before its first caller comes: speaking takes a moment, and what he presses meanwhile is not
 * heard. One after the other; where nothing speaks, nothing is done.
 */
export async function warmVoices(
  texts: readonly string[],
  { files, language, log }: { files: Pick<VoiceFiles, "spoken">; language: VoiceLanguage; log: Log },
): Promise<void> {
  for (const text of texts) {
    try {
      await files.spoken(text, language);
    } catch (err) {
      if (!(err instanceof CannotSpeak)) log.warn({ err }, "a text of a project could not be spoken ahead");
      return;
    }
  }
}
