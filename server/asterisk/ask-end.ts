import type { AskEnd } from "../telephony.ts";

/** Why asking somebody ended, by what Dial says of it, and whether he had answered. */
export function askEnd(dialStatus: string, talked: boolean): AskEnd {
  if (dialStatus === "CANCEL") return "called-off";
  if (talked || dialStatus === "ANSWER") return "hung-up";
  if (dialStatus === "BUSY") return "busy";
  return dialStatus === "NOANSWER" ? "unanswered" : "unreachable";
}
