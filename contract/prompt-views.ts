import Type, { type Static } from "typebox";
import { Id, Instant, Name, Nullable, oneOf, Text } from "./common-views.ts";

/** Prompts: what callers hear. A prompt has a name and, for each language, a voice. */

/** The languages the house speaks on the telephone. */
export const PROMPT_LANGUAGES = ["en", "it", "es", "fr"] as const;
export const PromptLanguage = oneOf("en", "it", "es", "fr");
export type PromptLanguage = Static<typeof PromptLanguage>;

/** A file longer than this is not taken. */
export const LONGEST_PROMPT_S = 300;
export const LARGEST_PROMPT_BYTES = 16 * 1024 * 1024;
export const LONGEST_SPOKEN_TEXT = 1000;

export const PromptVoice = Type.Object({
  language: PromptLanguage,
  /** A file that was brought, a text that the house speaks, or what somebody said on a telephone. */
  source: oneOf("file", "text", "telephone"),
  /** What is spoken; null where nobody wrote it down. */
  text: Nullable(Type.String()),
  /** As the file was called. */
  fileName: Nullable(Type.String()),
  lengthMs: Type.Integer(),
  /** Changes with the sound: part of its address, so that no browser plays the old one. */
  sound: Type.String(),
  madeAt: Instant,
  madeBy: Nullable(Type.Object({ id: Id, name: Type.String() })),
});
export type PromptVoice = Static<typeof PromptVoice>;

/** What plays a prompt. */
export const PromptUse = Type.Object({ kind: oneOf("project", "queue"), id: Id, name: Type.String() });
export type PromptUse = Static<typeof PromptUse>;

export const PromptBody = Type.Object({ name: Name("Name", 80) }, { additionalProperties: false });
export type PromptBody = Static<typeof PromptBody>;

export const Prompt = Type.Object({
  id: Id,
  name: Type.String(),
  /** In the order of the languages. */
  voices: Type.Array(PromptVoice),
  usedBy: Type.Array(PromptUse),
});
export type Prompt = Static<typeof Prompt>;

/** Something to say, with at least one sign in it. */
export const SpokenText = Type.Intersect([
  Text("Text", LONGEST_SPOKEN_TEXT),
  Type.String({ minLength: 1, pattern: "\\S" }),
]);
export const PromptTextBody = Type.Object({ text: SpokenText }, { additionalProperties: false });

/** A voice that is being said on a telephone: it is rung, somebody speaks, and keeps it or not. */
export const PromptCall = Type.Object({
  id: Id,
  promptId: Id,
  language: PromptLanguage,
  telephone: Type.String(),
  state: oneOf("ringing", "talking", "kept", "over"),
  /** Why it is over without having been kept; null while it is not. */
  why: Nullable(Type.String()),
});
export type PromptCall = Static<typeof PromptCall>;
export const PromptCallBody = Type.Object({ telephoneId: Id }, { additionalProperties: false });
