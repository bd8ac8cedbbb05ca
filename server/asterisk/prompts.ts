import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Prompt, Saying, VoiceLanguage } from "../voice-dialogue.ts";

/**
 * What is said, as sounds of Asterisk's core set, in every language that set is spoken in. The comments are the words
 * of the English voice. The Spanish set is smaller: where it lacks one, another stands in its row below.
 */
const SOUNDS: Readonly<Record<Prompt, readonly string[]>> = {
  // Agent login. Please enter your agent number followed by the pound key.
  "ask-agent": ["agent-user"],
  // Please enter your password followed by the pound key.
  "ask-pin": ["agent-pass"],
  // A tone: the digit follows.
  "ask-reason": ["beep"],
  // Agent logged in.
  "logged-in": ["agent-loginok"],
  // Agent logged off.
  "logged-out": ["agent-loggedoff"],
  // That agent is already logged on. Please enter your agent number …
  "already-logged-in": ["agent-alreadyon"],
  // Login incorrect. Please enter your agent number …
  "wrong-login": ["agent-incorrect"],
  // Login incorrect. Please try your call again later.
  locked: ["vm-incorrect", "please-try-call-later"],
  // Do not disturb. Activated.
  paused: ["do-not-disturb", "activated"],
  // Do not disturb. De-activated.
  resumed: ["do-not-disturb", "de-activated"],
  // That option is invalid. Please try again.
  "no-such-reason": ["pm-invalid-option"],
  // That feature is not available on this line.
  "not-possible": ["feature-not-avail-line"],
  // The person at extension …
  "held-by": ["vm-theperson"],
  // … is on the phone.
  "is-there": ["vm-isonphone"],
  // I'm sorry. Please try your call again later.
  "try-later": ["im-sorry", "please-try-call-later"],
  // Goodbye.
  goodbye: ["vm-goodbye"],
};

const SPANISH: Partial<Record<Prompt, readonly string[]>> = {
  locked: ["vm-incorrect", "vm-goodbye"],
  paused: ["auth-thankyou", "beep"],
  resumed: ["auth-thankyou", "ascending-2tone"],
  "no-such-reason": ["vm-sorry"],
  "not-possible": ["tt-somethingwrong"],
  "try-later": ["tt-somethingwrong", "vm-goodbye"],
};

/** The sounds of one saying after the other. */
export function soundsOf(sayings: readonly Saying[], language: VoiceLanguage): string[] {
  return sayings.flatMap((saying) =>
    typeof saying === "string"
      ? ((language === "es" ? SPANISH[saying] : undefined) ?? SOUNDS[saying])
      : [...saying.digits].filter((digit) => /[0-9]/.test(digit)).map((digit) => `digits/${digit}`),
  );
}

/** The language itself where its voice is installed, else English. `dataDir` is where Asterisk's sounds lie. */
export function spokenLanguage(language: VoiceLanguage, dataDir: string): VoiceLanguage {
  return existsSync(join(dataDir, "sounds", language)) ? language : "en";
}
