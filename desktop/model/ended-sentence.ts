import type { EndReason, SessionEnd } from "../../contract/views.ts";
import type { HouseTime } from "./house-time.ts";

/** A session that its agent did not end here. */
export interface EndedSeat {
  end: SessionEnd;
  /** The telephone's name, where this page saw the session. */
  telephone: string | null;
}

type Words = (by: string | null, telephone: string) => string;

/** Whose act it was and what it was; the time stands before. */
const ENDS: Record<EndReason, Words> = {
  "logged-out": () => "you logged out elsewhere, on the telephone or in another browser.",
  disconnected: () => "your desktop was away too long.",
  "taken-over": (by, telephone) => `${by ?? "a colleague"} took over ${telephone}.`,
  released: (by, telephone) => `${by ?? "a supervisor"} released ${telephone}.`,
  "logged-out-by-supervisor": (by) => `${by ?? "a supervisor"} logged you out.`,
  "staff-removed": (by, telephone) => `${by ?? "an administrator"} removed your account or ${telephone}.`,
  "staff-changed": (by, telephone) => `${by ?? "an administrator"} changed your account or ${telephone}.`,
  repaired: (_, telephone) => `it had lost ${telephone}.`,
  "telephony-refused": (_, telephone) => `the telephone system did not accept ${telephone}.`,
};

/** That a session ends when its call does, by whose wish and why. */
export function endsWithCallSentence(end: Pick<SessionEnd, "reason" | "by">, telephone: string): string {
  const words =
    end.reason === "taken-over" ? `${end.by ?? "a colleague"} gets ${telephone}.` : ENDS[end.reason](end.by, telephone);
  return `Your session ends with this call: ${words}`;
}

/** By whom, why and when a session ended that its agent did not end here. */
export function endedSentence({ end, telephone }: EndedSeat, time: HouseTime): string {
  return `Your session was ended at ${time.when(end.at)}: ${ENDS[end.reason](end.by, telephone ?? "your telephone")}`;
}
