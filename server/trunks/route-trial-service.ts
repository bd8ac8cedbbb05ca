import type { Database } from "../db/pool.ts";
import { Refusal } from "../refusal.ts";
import type { Telephony } from "../telephony.ts";
import { endpointOfTelephone } from "./caller-store.ts";
import { findInboundRoute } from "./inbound-route-store.ts";

export interface RouteTrialService {
  /** Rings a telephone; picked up, it calls the route's number, and goes where a caller from outside would. */
  call(routeId: number, telephoneId: number): Promise<Refusal | undefined>;
}

/** Tries inbound routes out. The call is a call like any other, with its row. */
export function createRouteTrialService(deps: {
  db: Database;
  telephony: Pick<Telephony, "dialFrom">;
  isRegistered: (endpoint: string) => boolean;
}): RouteTrialService {
  const { db, telephony, isRegistered } = deps;
  return {
    async call(routeId, telephoneId) {
      const route = await findInboundRoute(db, routeId);
      if (route === null) return new Refusal("not-found", `There is no inbound route ${routeId}.`);
      const endpoint = await endpointOfTelephone(db, telephoneId);
      if (endpoint === null) return new Refusal("telephone.unknown", `There is no telephone ${telephoneId}.`);
      if (!isRegistered(endpoint)) {
        return new Refusal("telephone.not-registered", "The telephone is not registered, so it cannot ring.");
      }
      const answer = await telephony.dialFrom(endpoint, route.number);
      if (answer.ok) return undefined;
      return answer.gone === true
        ? new Refusal("telephony.unavailable", "The telephone system cannot be reached. Calls go on; try again soon.")
        : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
    },
  };
}
