import type { Leg } from "../../contract/views.ts";
import { phoneNumberText } from "./phone-number.ts";

type Hand = NonNullable<Leg["hand"]>;

const CAME_TO: Record<NonNullable<Hand["asked"]>["ended"], string> = {
  busy: "is busy",
  unanswered: "did not answer",
  unreachable: "could not be reached",
  "hung-up": "hung up",
  "called-off": "is not asked any more",
};

/** Who is asked, by name where one is known. */
export const askedName = ({ name, to }: { name: string; to: string }): string => name || phoneNumberText(to);

/** Who is at the other end of a call, in words. */
export const otherSide = (type: Leg["type"]): string => (type === "inbound" ? "the caller" : "the other side");

/** What is being done with a call, or came of it, in a sentence; empty where nothing is. */
export function handSentence({ hand, type }: Pick<Leg, "hand" | "type">, telephone: string | null): string {
  const other = otherSide(type);
  const Other = `${other[0]?.toUpperCase()}${other.slice(1)}`;
  if (hand === null) return "";
  if (hand.asks !== null) {
    const who = askedName(hand.asks);
    return hand.asks.talking ? `You talk with ${who}; ${other} hears music.` : `${who} is rung; ${other} hears music.`;
  }
  if (hand.heldBy === "desktop") return `${Other} hears music until you resume.`;
  if (hand.heldBy === "telephone") return `${Other} hears music: ${telephone ?? "the telephone"} holds the call.`;
  return hand.asked === null ? "" : `${askedName(hand.asked)} ${CAME_TO[hand.asked.ended]}: you have ${other} again.`;
}
