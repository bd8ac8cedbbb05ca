import {
  LARGEST_PROMPT_BYTES,
  PROMPT_LANGUAGES,
  type Prompt,
  type PromptLanguage,
  type PromptVoice,
} from "../../contract/views.ts";
import { withQuery } from "./api.ts";

/** The languages as they are called, in the order of their columns. */
export const LANGUAGES: readonly { language: PromptLanguage; name: string }[] = PROMPT_LANGUAGES.map((language) => ({
  language,
  name: { en: "English", it: "Italian", es: "Spanish", fr: "French" }[language],
}));

export const voiceIn = (prompt: Prompt, language: PromptLanguage): PromptVoice | null =>
  prompt.voices.find((voice) => voice.language === language) ?? null;

/** Where a voice is heard. The sound is part of it: another sound is another address. */
export const voiceAddress = (promptId: number, { language, sound }: PromptVoice): string =>
  withQuery(`/api/v1/prompts/${promptId}/voices/${language}/audio`, { sound });

/** Where a text is heard before anybody keeps it. */
export const speechAddress = (text: string, language: PromptLanguage): string =>
  withQuery("/api/v1/prompts/speech", { language, text });

/** Where a voice came from, in a few words. */
export function originOf({ source, fileName, text }: PromptVoice): string {
  if (source === "text") return `Spoken: ${text ?? ""}`;
  return source === "file" ? (fileName ?? "A file") : "Said on a telephone";
}

/** Why a file is not even sent; null where it is. */
export function fileProblem({ size }: { size: number }): string | null {
  if (size === 0) return "The file is empty.";
  const most = LARGEST_PROMPT_BYTES / 1024 / 1024;
  return size > LARGEST_PROMPT_BYTES ? `The file is larger than ${most} MB: an MP3 of it is smaller.` : null;
}

/** A name of a file as the server takes it; null: it has none that can be told. */
export const toldName = (name: string): string | null =>
  name
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, "")
    .trim()
    .slice(-200) || null;
