import { STAR_CODE_PATTERNS } from "../../star-code.ts";
import { STAR_CODES_DIALOGUE, VOICE_DONE_VARIABLE } from "../names.ts";
import { goIf, isNotText, isText, type Step } from "./dial-plan.ts";
import type { AsteriskInstance } from "./instance.ts";
import { ledByVoice, voiceSecret } from "./voice-plan.ts";

/** No dialogue of ours lasts longer; one that hangs must not keep a telephone busy. */
const LONGEST_SECONDS = 300;

/**
 * Star codes are handed to us. Where we are not there, or fail, the caller hears an apology. Nobody is sent to one by
 * a transfer: it would act on somebody else's telephone. 21 is "call rejected" (Q.850).
 */
export function starCodeExtensions({ voice }: AsteriskInstance): Map<string, Step[]> {
  const steps: Step[] = [
    goIf(isNotText("BLINDTRANSFER", ""), "refused"),
    `Set(TIMEOUT(absolute)=${LONGEST_SECONDS})`,
    voiceSecret(voice),
    ledByVoice(voice, STAR_CODES_DIALOGUE),
    goIf(isText(VOICE_DONE_VARIABLE, "yes"), "done"),
    "Answer()",
    "Playback(im-sorry&please-try-call-later)",
    { label: "done", step: "Hangup(16)" },
    { label: "refused", step: "Hangup(21)" },
  ];
  return new Map(STAR_CODE_PATTERNS.map((pattern) => [pattern, steps]));
}
