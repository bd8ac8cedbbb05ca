import type { CallHands } from "../call-hands.ts";
import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import { type Answer, isRemoteEndpoint, type Telephony } from "../telephony.ts";
import { canBeDialled } from "./dial-target-store.ts";
import type { LiveLegService } from "./live-leg-service.ts";

/** What an agent may do with calls on his own telephone. */
export interface CallControlService {
  /** Rings his telephone and dials when it is picked up. Refused before it rings where the number leads nowhere. */
  dial(agentId: number, to: string): Promise<Refusal | undefined>;
  hangUp(agentId: number, legId: string): Promise<Refusal | undefined>;
}

export function createCallControlService(deps: {
  db: Database;
  telephony: Pick<Telephony, "dialFrom" | "hangUp">;
  hands: Pick<CallHands, "end">;
  liveLegs: Pick<LiveLegService, "find">;
  /** The agent's open session; null when he has none. */
  sessionOf: (agentId: number) => Promise<{ telephone: { endpoint: string } } | null>;
}): CallControlService {
  return {
    async dial(agentId, to) {
      const session = await deps.sessionOf(agentId);
      if (session === null) return new Refusal("session.none", "Choose a telephone first: there is no open session.");
      if (isRemoteEndpoint(session.telephone.endpoint)) {
        return new Refusal("call.no-route", "You work at a number outside: call from there.");
      }
      if (!(await canBeDialled(deps.db, to))) return new Refusal("call.no-route", `No outbound route takes ${to}.`);
      return refusalOf(await deps.telephony.dialFrom(session.telephone.endpoint, to));
    },
    async hangUp(agentId, legId) {
      const leg = deps.liveLegs.find(legId);
      if (leg === null || leg.agentId !== agentId) {
        return new Refusal("call.unknown", "There is no such call on your telephone.");
      }
      if (leg.view.state === "ended") return new Refusal("call.gone", "This call is over.");
      // Who is put by would else be rung back to the telephone that hung up.
      if (leg.view.hand?.heldBy === "desktop" && (await deps.hands.end(legId)).ok) return undefined;
      return refusalOf(await deps.telephony.hangUp(legId));
    },
  };
}

function refusalOf(answer: Answer): Refusal | undefined {
  if (answer.ok) return undefined;
  return answer.gone
    ? new Refusal("telephony.unavailable", "The telephone system cannot be reached. Calls go on; try again soon.")
    : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
}
