import type { Difference, TelephoneName } from "../reconcile/comparer.ts";
import { type Contact, isRemoteEndpoint, type TelephonyEvent, type TelephonyState } from "../telephony.ts";
import { missedEvents } from "./missed-events.ts";

/**
 * What the telephone system last said of each endpoint: whether it is registered, and whether it is on a call. Kept in
 * memory; read afresh by reconciling. While the link is down the last known truth stands (the screens are grey then).
 */
export interface RegistrationService {
  heard(event: TelephonyEvent): void;
  /** A point in the stream of events, to be taken before state is read. */
  mark(): number;
  /** Puts freshly read state in place of what was known, except where an event since `mark` knew better. */
  refresh(state: Pick<TelephonyState, "contacts" | "legs">, mark: number): void;
  /** What events should have told and did not: asked of freshly read state, before `refresh` puts it right. */
  missed(state: Pick<TelephonyState, "contacts" | "legs">, mark: number, nameOf: TelephoneName): Difference[];
  /** False until state has been read once. */
  isKnown(): boolean;
  registered(endpoint: string): boolean;
  contact(endpoint: string): Contact | null;
  /** The telephone talks or dials. One that only rings is not on a call. */
  onCall(endpoint: string): boolean;
  /** The telephone has any call, also one that only rings. */
  engaged(endpoint: string): boolean;
  /** Told the endpoint whose registration changed, or null when any may have. The answer ends it. */
  onRegistration(listener: (endpoint: string | null) => void): () => void;
  /** Told the endpoint whose last call has ended. The answer ends it. */
  onIdle(listener: (endpoint: string) => void): () => void;
}

interface Heard<T> {
  value: T;
  /** The event's place in the stream. */
  at: number;
}

/** A leg that ends while state is being read must not come back with it; that many ends are remembered. */
const ENDS_REMEMBERED = 10_000;

/** A number outside is reached through a trunk: nothing registers there, so nothing is ever missing. */
const thereOf = (endpoint: string): Contact => ({
  ...{ endpoint, registered: true, address: null, roundTripMs: null, userAgent: null },
});

/** Builds the service; it does nothing before it hears an event or is refreshed. */
export function createRegistrationService(): RegistrationService {
  const contacts = new Map<string, Heard<Contact>>();
  const legs = new Map<string, Heard<{ endpoint: string; talking: boolean }>>();
  const ends = new Map<string, number>();
  const registrationListeners = new Set<(endpoint: string | null) => void>();
  const idleListeners = new Set<(endpoint: string) => void>();
  let place = 0;
  let known = false;

  const contactOf = (endpoint: string) =>
    isRemoteEndpoint(endpoint) ? thereOf(endpoint) : (contacts.get(endpoint)?.value ?? null);
  const onCall = (endpoint: string) => {
    for (const { value } of legs.values()) if (value.talking && value.endpoint === endpoint) return true;
    return false;
  };
  const engaged = (endpoint: string) => {
    for (const { value } of legs.values()) if (value.endpoint === endpoint) return true;
    return false;
  };
  const tellRegistration = (endpoint: string | null) => {
    for (const listener of registrationListeners) listener(endpoint);
  };
  const tellIdle = (endpoint: string) => {
    if (!onCall(endpoint)) for (const listener of idleListeners) listener(endpoint);
  };
  const rememberEnd = (channelId: string) => {
    ends.set(channelId, place);
    for (const oldest of ends.keys()) {
      if (ends.size <= ENDS_REMEMBERED) break;
      ends.delete(oldest);
    }
  };

  return {
    heard(event) {
      place += 1;
      if (event.type === "contact.changed") {
        const before = contacts.get(event.contact.endpoint)?.value.registered ?? false;
        contacts.set(event.contact.endpoint, { value: event.contact, at: place });
        if (before !== event.contact.registered) tellRegistration(event.contact.endpoint);
      } else if (event.type === "leg.started") {
        const { channelId, endpoint, direction } = event.leg;
        legs.set(channelId, { value: { endpoint, talking: direction === "from-telephone" }, at: place });
      } else if (event.type === "leg.answered") {
        const leg = legs.get(event.channelId);
        if (leg !== undefined) legs.set(event.channelId, { value: { ...leg.value, talking: true }, at: place });
      } else if (event.type === "leg.ended") {
        const leg = legs.get(event.channelId);
        legs.delete(event.channelId);
        rememberEnd(event.channelId);
        if (leg !== undefined) tellIdle(leg.value.endpoint);
      }
    },
    mark: () => place,
    missed(state, mark, nameOf) {
      const old = <T>([, { at }]: [string, Heard<T>]) => at <= mark;
      return missedEvents(
        {
          contacts: [...contacts].filter(old).map(([, { value }]) => value),
          legs: new Map([...legs].filter(old).map(([channelId, { value }]) => [channelId, value.endpoint])),
          // What came or went since is known better than the state tells.
          newer: new Set([
            ...[...contacts].filter((one) => !old(one)).map(([endpoint]) => endpoint),
            ...[...legs].filter((one) => !old(one)).map(([channelId]) => channelId),
            ...[...ends].filter(([, at]) => at > mark).map(([channelId]) => channelId),
          ]),
        },
        state,
        nameOf,
      );
    },
    refresh(state, mark) {
      const found = new Map(state.contacts.map((contact) => [contact.endpoint, contact]));
      for (const [endpoint, { at }] of contacts) if (at <= mark && !found.has(endpoint)) contacts.delete(endpoint);
      for (const [endpoint, contact] of found) {
        if ((contacts.get(endpoint)?.at ?? 0) <= mark) contacts.set(endpoint, { value: contact, at: mark });
      }
      const wereOnCall = new Set(
        [...legs.values()].filter(({ value }) => value.talking).map((leg) => leg.value.endpoint),
      );
      const up = new Set(state.legs.map((leg) => leg.channelId));
      for (const [channelId, { at }] of legs) if (at <= mark && !up.has(channelId)) legs.delete(channelId);
      for (const leg of state.legs) {
        if ((ends.get(leg.channelId) ?? 0) > mark || (legs.get(leg.channelId)?.at ?? 0) > mark) continue;
        const talking = leg.direction === "from-telephone" || leg.answeredAt !== null;
        legs.set(leg.channelId, { value: { endpoint: leg.endpoint, talking }, at: mark });
      }
      known = true;
      tellRegistration(null);
      for (const endpoint of wereOnCall) tellIdle(endpoint);
    },
    isKnown: () => known,
    registered: (endpoint) => contactOf(endpoint)?.registered ?? false,
    contact: contactOf,
    onCall,
    engaged,
    onRegistration(listener) {
      registrationListeners.add(listener);
      return () => registrationListeners.delete(listener);
    },
    onIdle(listener) {
      idleListeners.add(listener);
      return () => idleListeners.delete(listener);
    },
  };
}
