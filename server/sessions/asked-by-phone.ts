import type { Queue } from "../../contract/views.ts";
import type { OpenSession } from "./open-session-store.ts";

/** How a queue wants the outcome of its calls said by telephone: until it is said, if the agent likes, or not at all. */
export type PhoneDisposition = Queue["phoneDisposition"];

/** Where an agent took a call of a queue, and how he works. */
export interface PhoneWork {
  rule: PhoneDisposition;
  /** A number outside, or a telephone of the house. */
  line: "remote" | "sip";
  /** His session was begun by telephone, and is no desktop's. */
  byTelephone: boolean;
  /** A desktop of his is open now: there he disposes. */
  desktopThere: boolean;
}

/** How the agent of a session works. */
export const phoneWork = (
  { telephone, byTelephone }: Pick<OpenSession, "telephone" | "byTelephone">,
  rule: { phoneDisposition: PhoneDisposition },
  desktopThere: boolean,
): PhoneWork => ({
  rule: rule.phoneDisposition,
  line: telephone.number === null ? "sip" : "remote",
  ...{ byTelephone, desktopThere },
});

/**
 * Whether an agent is asked for the outcome by keypad once his caller has gone, and how; null: he is not.
 *
 *     rule             desktop open   at a number outside   at a telephone, by telephone   at a telephone, by desktop
 *     ───────────────  ─────────────  ────────────────────  ─────────────────────────────  ──────────────────────────
 *     ask, offer       –              as the rule says      as the rule says               –
 *     off              –              –                     –                              –
 */
export function askedByPhone({ rule, line, byTelephone, desktopThere }: PhoneWork): "ask" | "offer" | null {
  if (rule === "off" || desktopThere) return null;
  return line === "remote" || byTelephone ? rule : null;
}

/**
 * How often he is rung for it where he is not on the line any more. A number outside stays on the line when the caller
 * goes; an agent who hung up himself has said that he does not want what is only offered. A telephone of the house
 * stays on no line: it is rung in any case.
 */
export function ringsFor(asked: "ask" | "offer", line: PhoneWork["line"]): number {
  if (asked === "ask") return 2;
  return line === "sip" ? 1 : 0;
}
