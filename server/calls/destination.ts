import type { TransferBody } from "../../contract/views.ts";
import type { Destination as PortDestination } from "../call-hands.ts";
import { PARKING_CODE, ROOM_CODE } from "../feature-code.ts";
import { Refusal } from "../refusal.ts";

/** What stands behind a number or a name, as the database knows it. */
export type Place =
  | {
      kind: "person";
      name: string;
      internal: string;
      /** The telephone that rings: where an agent sits, or itself. Null: he sits nowhere. */
      endpoint: string | null;
      telephoneName: string | null;
      /** Where his calls go while he sits nowhere. */
      awayNumber: string | null;
    }
  | { kind: "queue"; queueId: number; name: string }
  /** An outbound route takes it. */
  | { kind: "outside"; number: string };

/** How it is at a telephone just now. */
export interface TelephoneNow {
  registered: boolean;
  onCall: boolean;
}

/** A parking place or a room: callers are sent there, nobody can be asked. */
export const isFeature = (to: string): boolean =>
  [PARKING_CODE, ROOM_CODE].some((code) => to.length === code.length + 1 && to.startsWith(code) && /[0-9]$/.test(to));

/**
 * Where a call goes, or why it cannot. Somebody who talks is not rung: whoever is sent there would only wait, and whoever
 * sends him can be told at once.
 *
 * | to | blind | attended |
 * |---|---|---|
 * | nobody | refused | refused |
 * | oneself, somebody on a call, at no telephone, or at one that is not there | refused | refused |
 * | somebody away whose calls go elsewhere | goes | asks there |
 * | a queue, a parking place, a room | goes | refused |
 * | a number outside | goes | asks |
 */
export function decideDestination(
  { to, kind }: TransferBody,
  place: Place | null,
  own: string,
  now: (endpoint: string) => TelephoneNow,
): PortDestination | Refusal {
  if (isFeature(to) && kind === "blind") return { number: to };
  if (isFeature(to)) return notToAsk("Callers are put there without asking first");
  if (place === null)
    return new Refusal("call.no-route", `${to} is nobody’s number, no queue’s, and no outbound route takes it.`);
  if (place.kind === "outside") return { number: place.number };
  if (place.kind === "queue") {
    return kind === "blind" ? { queueId: place.queueId } : notToAsk(`${place.name} takes callers as they come`);
  }
  const { name, endpoint, internal, awayNumber } = place;
  if (endpoint === own) return new Refusal("destination.yourself", `${name} is where you are: choose somebody else.`);
  if (endpoint === null) {
    if (awayNumber !== null) return { number: internal };
    return new Refusal("destination.away", `${name} is not logged in on any telephone.`);
  }
  const { registered, onCall } = now(endpoint);
  if (!registered) {
    return new Refusal(
      "destination.away",
      `${place.telephoneName ?? name} is not registered: nobody would be rung there.`,
    );
  }
  return onCall ? new Refusal("destination.busy", `${name} is on a call.`) : { number: internal };
}

const notToAsk = (why: string) =>
  new Refusal("destination.not-to-ask", `${why}: transfer without asking, or choose a person.`);
