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

/** A piece of what is said: a file, or a command of Asterisk's that reads something out (`SAY …`). */
export type Piece = string | { command: "SAY NUMBER" | "SAY DATETIME"; args: readonly (string | number)[] };

/** Of a day: weekday, month, day, year; of an instant: hours and minutes. (Asterisk's say.conf, ast_say_date_with_format.) */
const DATE_FORMAT = "ABdY";
const TIME_FORMAT = "IMp";
const TIME_FORMAT_24 = "HM";

/** The pieces of one saying after the other. Asterisk says numbers up to nine digits. */
export function piecesOf(sayings: readonly Saying[], language: VoiceLanguage): Piece[] {
  return sayings.flatMap((saying): Piece[] => {
    if (typeof saying === "string") return [...((language === "es" ? SPANISH[saying] : undefined) ?? SOUNDS[saying])];
    if ("file" in saying) return [saying.file];
    if ("digits" in saying) return digitsOf(saying.digits);
    if ("number" in saying) {
      const whole = Math.trunc(saying.number);
      if (!Number.isSafeInteger(whole) || Math.abs(whole) > 999_999_999) return digitsOf(String(saying.number));
      return [{ command: "SAY NUMBER", args: [whole] }];
    }
    const [at, format] =
      "date" in saying ? [saying.date, DATE_FORMAT] : [saying.time, language === "en" ? TIME_FORMAT : TIME_FORMAT_24];
    return [{ command: "SAY DATETIME", args: [Math.trunc(at.getTime() / 1000), format, saying.timeZone] }];
  });
}

const digitsOf = (digits: string): string[] =>
  [...digits].flatMap((one) => (/[0-9]/.test(one) ? [`digits/${one}`] : one === "*" ? ["digits/star"] : []));

/** The language itself where its voice is installed, else English. `dataDir` is where Asterisk's sounds lie. */
export function spokenLanguage(language: VoiceLanguage, dataDir: string): VoiceLanguage {
  return existsSync(join(dataDir, "sounds", language)) ? language : "en";
}
