import type { VoiceLanguage } from "../voice-dialogue.ts";

/** The voice for a caller of that language: in it, else in the house's, else in English, else the first there is. Pure. */
export function voiceFor<V extends { language: VoiceLanguage }>(
  voices: readonly V[],
  language: VoiceLanguage,
  house: VoiceLanguage,
): V | null {
  const order: VoiceLanguage[] = [language, house, "en"];
  const chosen = order.flatMap((one) => voices.filter((voice) => voice.language === one)).at(0);
  return chosen ?? voices[0] ?? null;
}
