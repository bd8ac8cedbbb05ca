import type { LegOutcome, LiveLegFound } from "../telephony.ts";

/** What was seen of a telephone that was rung. */
export interface RungLeg extends Pick<LiveLegFound, "direction" | "answeredAt" | "queueId"> {
  /** Its beginning was told as an event. One that was only read is told when its event comes late. */
  told: boolean;
  /** The telephone said that it rings. */
  rang: boolean;
  /** How the attempt to reach it ended, in Asterisk's word; null while that goes on. */
  dialStatus: string | null;
}

/** Hang-up causes (Q.850): busy, rejected. A queue tells such an end as NOANSWER. */
const SAID_NO = new Set(["17", "21"]);
/** None, normal, no user responding, no answer, normal unspecified: whoever it rang for did not come. */
const NOBODY_CAME = new Set(["0", "16", "18", "19", "31"]);

/** What became of a telephone that was rung; null where its beginning was not seen. */
export function outcomeOf(leg: RungLeg, cause: string): LegOutcome | null {
  if (!leg.told || leg.direction !== "to-telephone") return null;
  if (leg.answeredAt !== null) return "answered";
  // 23 is "redirected": the device forwards its calls, and a queue does not follow it.
  if (cause === "23" && leg.queueId !== null) return "failed";
  switch (leg.dialStatus) {
    case "CHANUNAVAIL":
    case "CONGESTION":
      return "failed";
    case "BUSY":
      return "refused";
    case "NOANSWER":
      if (SAID_NO.has(cause)) return "refused";
      // A device without a cable does not even say that it rings.
      return leg.rang && NOBODY_CAME.has(cause) ? "unanswered" : "failed";
    default:
      return "withdrawn";
  }
}
