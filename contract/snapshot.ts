import type {
  AgentLive,
  Alarm,
  AskedFor,
  Choice,
  Choices,
  ItemCounts,
  Leg,
  Me,
  QueueLive,
  Session,
  SessionEnd,
  ToDispose,
} from "./views.ts";

/**
 * What a desktop shows live: one snapshot, then events numbered from its revision. `apply` is the whole of the
 * browser's state logic, and the tests prove `apply(before, events) = snapshot after`.
 */
export interface Snapshot {
  me: Me;
  /** The server's instant when this was made: clocks of browsers are not trusted for timers. */
  serverNow: string;
  telephony: "up" | "down";
  session: Session | null;
  /** How my last session ended while I was watching; null at sign-in and from the next session on. */
  ended: SessionEnd | null;
  /** A telephone I asked its holder for. */
  askedFor: AskedFor | null;
  legs: Leg[];
  toDispose: ToDispose[];
  /** The telephones: for an agent without a session (his list), for supervisors and administrators always. */
  choices: Choices | null;
  queues: QueueLive[];
  /** How many voicemails and callbacks wait, of those I may see; its `revision` says that they have changed. */
  items: ItemCounts;
  /** The agents as they are now, for supervisors and administrators; null for agents. */
  agents: AgentLive[] | null;
  /** What supervisors and administrators have to take note of; left out for agents. */
  alarms?: Alarm[];
}

export type LiveEvent =
  | { type: "telephony.changed"; telephony: "up" | "down" }
  | { type: "session.changed"; session: Session | null; ended: SessionEnd | null }
  | { type: "asked-for.changed"; askedFor: AskedFor | null }
  /** My account was set up otherwise: my name, my switch for hotdesk. */
  | { type: "me.changed"; me: Me }
  | { type: "leg.changed"; leg: Leg }
  | { type: "leg.removed"; legId: string }
  | { type: "to-dispose.changed"; toDispose: ToDispose[] }
  | { type: "choices.replaced"; choices: Choices | null }
  | { type: "choice.changed"; telephone: Choice; noneRegistered: boolean }
  | { type: "choice.removed"; telephoneId: number; noneRegistered: boolean }
  | { type: "queue.changed"; queue: QueueLive }
  | { type: "queue.removed"; queueId: number }
  | { type: "items.changed"; items: ItemCounts }
  | { type: "agent.changed"; agent: AgentLive }
  | { type: "agent.removed"; agentId: number }
  | { type: "agents.replaced"; agents: AgentLive[] | null }
  | { type: "alarms.changed"; alarms: Alarm[] };

/** The rule of the list: selectable = enabled, registered, nobody's; where no telephone at all is registered, all may be chosen. */
export function choiceForMe(telephone: Choice, noneRegistered: boolean): Choices["telephones"][number] {
  const held = telephone.heldBy !== undefined;
  const openToAll = noneRegistered && telephone.state !== "disabled";
  return {
    ...telephone,
    selectable: telephone.state === "free" || openToAll,
    needsConfirmation: openToAll && held,
  };
}

/** The answer of `GET /telephones/choices`: by place, then name, numbers in names by their value. */
export function choices(telephones: Choice[], noneRegistered: boolean): Choices {
  return { noneRegistered, telephones: telephones.map((one) => choiceForMe(one, noneRegistered)).sort(byPlaceAndName) };
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The order of the list. */
export function byPlaceAndName(a: Choice, b: Choice): number {
  return collator.compare(a.place ?? "", b.place ?? "") || collator.compare(a.name, b.name) || a.id - b.id;
}

const byStart = (a: { startedAt: string; legId: string }, b: { startedAt: string; legId: string }) =>
  a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.legId < b.legId ? -1 : 1;

/** Queues and agents: by name, numbers in names by their value. */
export function byName(a: { name: string; id: number }, b: { name: string; id: number }): number {
  return collator.compare(a.name, b.name) || a.id - b.id;
}

/** The state after an event. Pure; never changes its argument; unknown events leave it as it is. */
export function apply(state: Snapshot, event: LiveEvent): Snapshot {
  switch (event.type) {
    case "telephony.changed":
      return { ...state, telephony: event.telephony };
    case "session.changed":
      return { ...state, session: event.session, ended: event.ended };
    case "asked-for.changed":
      return { ...state, askedFor: event.askedFor };
    case "me.changed":
      return { ...state, me: event.me };
    case "leg.changed":
      return {
        ...state,
        legs: [...state.legs.filter((leg) => leg.legId !== event.leg.legId), event.leg].sort(byStart),
      };
    case "leg.removed":
      return { ...state, legs: state.legs.filter((leg) => leg.legId !== event.legId) };
    case "to-dispose.changed":
      return { ...state, toDispose: event.toDispose };
    case "choices.replaced":
      return { ...state, choices: event.choices };
    case "choice.changed":
      return {
        ...state,
        choices: withTelephone(state.choices, event.telephone.id, event.telephone, event.noneRegistered),
      };
    case "choice.removed":
      return { ...state, choices: withTelephone(state.choices, event.telephoneId, null, event.noneRegistered) };
    case "queue.changed":
      return {
        ...state,
        queues: [...state.queues.filter((one) => one.id !== event.queue.id), event.queue].sort(byName),
      };
    case "queue.removed":
      return { ...state, queues: state.queues.filter((one) => one.id !== event.queueId) };
    case "items.changed":
      return { ...state, items: event.items };
    case "agent.changed":
      return { ...state, agents: withAgent(state.agents, event.agent.id, event.agent) };
    case "agent.removed":
      return { ...state, agents: withAgent(state.agents, event.agentId, null) };
    case "agents.replaced":
      return { ...state, agents: event.agents };
    case "alarms.changed":
      return { ...state, alarms: event.alarms };
    default:
      return state;
  }
}

/** One agent put in, replaced or taken out. */
function withAgent(now: AgentLive[] | null, id: number, agent: AgentLive | null): AgentLive[] | null {
  if (now === null) return null;
  const others = now.filter((one) => one.id !== id);
  if (agent !== null) others.splice(placeOf(agent, others, byName), 0, agent);
  return others;
}

/** One telephone put in, replaced or taken out. The others are judged again only when the rule for all has changed. */
function withTelephone(
  now: Choices | null,
  id: number,
  telephone: Choice | null,
  noneRegistered: boolean,
): Choices | null {
  if (now === null) return null;
  const others = now.telephones.filter((one) => one.id !== id);
  const judged = noneRegistered === now.noneRegistered ? others : others.map((one) => choiceForMe(one, noneRegistered));
  // One of ten thousand changes many times a second: it is put in its place, not all of them in order.
  if (telephone !== null)
    judged.splice(placeOf(telephone, judged, byPlaceAndName), 0, choiceForMe(telephone, noneRegistered));
  return { noneRegistered, telephones: judged };
}

/** How many of an ordered list stand before one. */
function placeOf<T>(one: T, ordered: readonly T[], compare: (a: T, b: T) => number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = ordered[middle];
    if (there !== undefined && compare(there, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
