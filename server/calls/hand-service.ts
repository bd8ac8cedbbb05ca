import type { Leg, TransferBody } from "../../contract/views.ts";
import type { CallHands, HandAnswer, HandState } from "../call-hands.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import { PARKING_CODE } from "../feature-code.ts";
import type { Hub } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import { decideDestination } from "./destination.ts";
import { findPlace } from "./destination-store.ts";
import type { LiveLeg } from "./live-leg.ts";
import type { LiveLegService } from "./live-leg-service.ts";

/** What an agent does from the desktop with a call on his own telephone. What it comes to is told as its leg changes. */
export interface HandService {
  hold(agentId: number, legId: string): Promise<Refusal | undefined>;
  resume(agentId: number, legId: string): Promise<Refusal | undefined>;
  /** Puts the other party by in a free place; answers the code with which anybody takes him back. */
  park(agentId: number, legId: string): Promise<{ code: string } | Refusal>;
  transfer(agentId: number, legId: string, body: TransferBody): Promise<Refusal | undefined>;
  /** Hands the caller over to whom was asked. */
  complete(agentId: number, legId: string): Promise<Refusal | undefined>;
  /** Ends asking: the caller is back. */
  cancel(agentId: number, legId: string): Promise<Refusal | undefined>;
}

/** A telephone that was told to hold, and listens, does so within this time. */
const LISTENS_MS = 2000;
const PLACES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
/** A call is answered a moment before both hear each other: so often it is looked whether they do by now. */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 200;

export function createHandService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  hands: CallHands;
  liveLegs: Pick<LiveLegService, "find">;
  registration: { registered(endpoint: string): boolean; onCall(endpoint: string): boolean };
  /** Whether the model of a telephone holds when it is told to. */
  listens: (telephoneId: number, endpoint: string) => Promise<boolean>;
}): HandService {
  const { db, clock, hub, hands, liveLegs, registration } = deps;
  const turns = new Map<string, Promise<unknown>>();

  /** One act at a time on a leg: the second finds what the first has made of it. */
  const inTurn = <T>(legId: string, act: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(legId) ?? Promise.resolve()).then(act, act);
    turns.set(legId, mine);
    const done = () => {
      if (turns.get(legId) === mine) turns.delete(legId);
    };
    mine.then(done, done);
    return mine;
  };
  const withLeg = <T>(
    agentId: number,
    legId: string,
    act: (leg: LiveLeg) => Promise<T | Refusal>,
  ): Promise<T | Refusal> =>
    inTurn(legId, async () => {
      const leg = liveLegs.find(legId);
      if (leg === null || leg.agentId !== agentId) {
        return new Refusal("call.unknown", "There is no such call on your telephone.");
      }
      if (leg.view.state === "ended") return new Refusal("call.gone", "This call is over.");
      if (leg.view.answeredAt === null) {
        return new Refusal("call.not-connected", "Nobody is on the line yet: wait until the call is answered.");
      }
      return await act(leg);
    });
  /** Tells the telephone, where its model listens, and waits until it has done it. */
  const told = async (leg: LiveLeg, what: "hold" | "talk"): Promise<boolean> => {
    const { legId, telephoneId } = leg.view;
    if (!(await deps.listens(telephoneId, leg.endpoint))) return false;
    const wanted = (state: Leg["state"]) => (what === "hold" ? state === "held" : state === "talking");
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const stop = hub.subscribe((news) => {
      if (news.type === "leg.changed" && news.leg.legId === legId && wanted(news.leg.state)) resolve(true);
    });
    const cancel = clock.after(LISTENS_MS, () => resolve(false));
    try {
      const answer = await hands.tell(legId, what);
      return answer.ok && (wanted(leg.view.state) || (await promise));
    } finally {
      stop();
      cancel();
    }
  };

  const onceJoined = async (act: () => Promise<HandAnswer>): Promise<HandAnswer> => {
    for (let looks = 1; ; looks += 1) {
      const answer = await act();
      if (!("state" in answer) || answer.state !== "alone" || looks === LOOKS) return answer;
      await new Promise<void>((resolve) => clock.after(BETWEEN_LOOKS_MS, resolve));
    }
  };

  return {
    hold: (agentId, legId) =>
      withLeg(agentId, legId, async (leg) => {
        const { state, hand } = leg.view;
        if (hand?.asks) return asking(hand.asks);
        if (state === "held" || (await told(leg, "hold"))) return undefined;
        return refusalOf(await onceJoined(() => hands.hold(legId)));
      }),
    resume: (agentId, legId) =>
      withLeg(agentId, legId, async (leg) => {
        const { state, hand } = leg.view;
        if (hand?.asks) return asking(hand.asks);
        if (state !== "held") return undefined;
        if (hand?.heldBy === "desktop") return refusalOf(await hands.resume(legId));
        if (await told(leg, "talk")) return undefined;
        const title = "The telephone itself holds this call, and its model is not told from here: take it back there.";
        return new Refusal("call.held-there", title);
      }),
    park: (agentId, legId) =>
      withLeg(agentId, legId, async (leg) => {
        const { hand } = leg.view;
        if (hand?.asks) return asking(hand.asks);
        const taken = new Set(await hands.parked());
        const free = PLACES.find((place) => !taken.has(place));
        if (free === undefined) return new Refusal("call.no-place", "All parking places are taken: transfer the call.");
        const code = `${PARKING_CODE}${free}`;
        return refusalOf(await onceJoined(() => hands.sendOn(legId, { number: code }))) ?? { code };
      }),
    transfer: (agentId, legId, body) =>
      withLeg(agentId, legId, async (leg) => {
        const { hand } = leg.view;
        if (hand?.asks) return asking(hand.asks);
        const to = decideDestination(body, await findPlace(db, body.to), leg.endpoint, (endpoint) => ({
          registered: registration.registered(endpoint),
          onCall: registration.onCall(endpoint),
        }));
        if (to instanceof Refusal) return to;
        if (body.kind === "blind") return refusalOf(await onceJoined(() => hands.sendOn(legId, to)));
        if ("queueId" in to) throw new Error("a queue cannot be asked");
        if (hand?.heldBy === "telephone" && !(await told(leg, "talk"))) {
          const title = "The telephone itself holds this call: take it back there, then ask.";
          return new Refusal("call.held-there", title);
        }
        return refusalOf(await onceJoined(() => hands.consult(legId, to.number)));
      }),
    complete: (agentId, legId) =>
      withLeg(agentId, legId, async (leg) => {
        if (!leg.view.hand?.asks) return notAsking();
        return refusalOf(await hands.handOver(legId));
      }),
    cancel: (agentId, legId) =>
      withLeg(agentId, legId, async (leg) => {
        if (!leg.view.hand?.asks) return notAsking();
        return refusalOf(await hands.endConsult(legId));
      }),
  };
}

const asking = ({ to, name }: { to: string; name: string }) =>
  new Refusal("call.asking", `You are asking ${name || to}: hand the caller over, or cancel first.`);
const notAsking = () => new Refusal("call.not-asking", "Nobody is being asked: begin a transfer first.");

const STATES: Record<HandState, [ConstructorParameters<typeof Refusal>[0], string]> = {
  over: ["call.gone", "The other party has hung up."],
  alone: ["call.not-connected", "Nobody is on the line: the other party is not there yet, or has gone."],
  several: ["call.several", "Several talk in this call: it cannot be taken in hand for one of them."],
  "nobody-waits": ["call.not-held", "Nobody waits for you in this call: the caller has hung up, or is back already."],
  unanswered: ["call.unanswered", "It rings there, and nobody has answered yet: wait, or cancel and transfer at once."],
};

function refusalOf(answer: HandAnswer): Refusal | undefined {
  if (answer.ok) return undefined;
  if ("state" in answer) return new Refusal(...STATES[answer.state]);
  return answer.gone === true
    ? new Refusal("telephony.unavailable", "The telephone system cannot be reached. Calls go on; try again soon.")
    : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
}
