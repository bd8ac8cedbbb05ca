import type { Log } from "../log.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";

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
