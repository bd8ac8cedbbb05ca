import type { AskedFor } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { type AgentFacts, heldWords, type TelephoneFacts } from "./lease.ts";
import { leaseState } from "./lease-state.ts";

/**
 * A request for a telephone that somebody holds. The holder answers; without an answer he keeps it; nothing is taken
 * away from under a conversation, and who asked is seated in the same instant in which the holder is put out.
 *
 *               promised                        hand-over (the call ended, or the holder is gone)
 *     waiting ────────────────▶ when-call-ends ───────────────────────────────────▶ given
 *        │ │                         │                                                ▲
 *        │ └─────────────────────────┼──────────── hand-over (given while idle) ──────┘
 *        │ keep                      │
 *        ├──────▶ kept               │ withdrawn · away · fell-through · redirected
 *        │ late · withdrawn · away · ▼
 *        └──────────────────────▶ expired
 *             fell-through · redirected
 *
 * A promise hangs on no live line: who asked and whose desktop is away in the instant in which he could have it – he
 * reloads the page – gets it when he is back. Nobody is seated who may have gone home: when his desktop stays away for
 * the time after which a session counts as unattended, he asks no more.
 */
export type RequestState = "waiting" | "when-call-ends" | "given" | "kept" | "expired";

/**
 * `promised`: given, and a call goes on there, or who asked is away. `away`: he did not come back. `fell-through`: he
 * may not sit there any more, or sits elsewhere. `redirected`: a supervisor gave the telephone to another.
 */
export type RequestEvent =
  | "promised"
  | "hand-over"
  | "keep"
  | "late"
  | "withdrawn"
  | "away"
  | "fell-through"
  | "redirected";

/** Why a request came to nothing. */
export type RequestWhy = NonNullable<AskedFor["why"]>;

const WHY: Partial<Record<RequestEvent, RequestWhy>> = {
  late: "no-answer",
  withdrawn: "withdrawn",
  away: "away",
  "fell-through": "not-possible",
  redirected: "given-to-another",
};

const TABLE: Record<RequestState, Record<RequestEvent, RequestState>> = {
  waiting: {
    promised: "when-call-ends",
    "hand-over": "given",
    keep: "kept",
    late: "expired",
    withdrawn: "expired",
    away: "expired",
    "fell-through": "expired",
    redirected: "expired",
  },
  "when-call-ends": {
    promised: "when-call-ends",
    "hand-over": "given",
    // He has given it: who asked counts on it.
    keep: "when-call-ends",
    late: "when-call-ends",
    withdrawn: "expired",
    away: "expired",
    "fell-through": "expired",
    redirected: "expired",
  },
  given: closed("given"),
  kept: closed("kept"),
  expired: closed("expired"),
};

function closed(state: RequestState): Record<RequestEvent, RequestState> {
  return {
    promised: state,
    "hand-over": state,
    keep: state,
    late: state,
    withdrawn: state,
    away: state,
    "fell-through": state,
    redirected: state,
  };
}

/** What an event does to a request. */
export function nextRequest(state: RequestState, event: RequestEvent): RequestState {
  return TABLE[state][event];
}

/** What the end of a request is explained by; null for those that explain themselves. */
export function whyOf(state: RequestState, event: RequestEvent): RequestWhy | null {
  return nextRequest(state, event) === "expired" ? (WHY[event] ?? null) : null;
}

/** Whether a request still stands between its two people. */
export function isOpenRequest(state: RequestState): boolean {
  return state === "waiting" || state === "when-call-ends";
}

/** Everything on which asking is decided. */
export interface AskFacts {
  /** The house lets agents ask. */
  allowed: boolean;
  agent: AgentFacts;
  /** His own telephone is on a call: he could not sit down elsewhere. */
  onCall: boolean;
  telephone: TelephoneFacts | "unknown";
  /** No desktop was ever there at which the holder could be asked. */
  holderWithoutDesktop: boolean;
  /** What he asks for already. */
  asking: { telephoneName: string } | null;
  now: Date;
  timeZone: string;
}

/** Whether an agent may ask for a telephone now, or why not; a holder who left is told with when it is free. */
export function decideAsk(facts: AskFacts): "ask" | Refusal {
  const { agent, telephone, asking } = facts;
  if (!facts.allowed) {
    return new Refusal("takeover.off", "Telephones are not asked for in this house; a supervisor can give you one.");
  }
  if (telephone === "unknown") return new Refusal("telephone.unknown", "There is no such telephone.");
  const named = { telephone: { id: telephone.id, name: telephone.name } };
  const mine = telephone.ownerAgentId === agent.id;
  if (!mine && (telephone.ownerAgentId !== null || !agent.hotdesk || agent.typology === "remote")) {
    return new Refusal("telephone.personal", `${telephone.name} is not one of the telephones you can sit at.`, named);
  }
  if (!telephone.enabled) return new Refusal("telephone.disabled", `${telephone.name} is switched off.`, named);
  if (facts.onCall) {
    return new Refusal("telephone.on-call", "You are on a call. Ask for another telephone when it has ended.");
  }
  const { holder } = telephone;
  if (holder === null) return new Refusal("takeover.nobody-to-ask", `${telephone.name} is nobody's: choose it.`);
  if (holder.agentId === agent.id) return new Refusal("takeover.nobody-to-ask", `${telephone.name} is yours already.`);
  if (leaseState(holder) === "left") return heldWords(telephone, holder, facts.now, facts.timeZone);
  if (facts.holderWithoutDesktop) {
    return new Refusal(
      "takeover.nobody-to-ask",
      `${holder.agentName} has no screen at which to answer. A supervisor can give you ${telephone.name}.`,
      { ...named, heldBy: { id: holder.agentId, name: holder.agentName, since: holder.since.toISOString() } },
    );
  }
  if (asking !== null) {
    return new Refusal(
      "takeover.asked-already",
      `You are asking for ${asking.telephoneName} already. Take that back first.`,
    );
  }
  return "ask";
}
