import type { Clock } from "../../server/clock.ts";
import type { Contact, LiveLegFound, TelephonyEvent, TelephonyState } from "../../server/telephony.ts";

/**
 * What one connection to a real telephone system has heard until now, in the time of a world: its clock stands still
 * while the telephone system's goes on, so everything happens at the instant at which the world stands.
 */
export interface Hearing {
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly legs: ReadonlyMap<string, LiveLegFound>;
  /** How often the link came up. */
  readonly ups: number;
  /** Takes what is heard or read; answers the same in the time of the world. */
  take(event: TelephonyEvent): TelephonyEvent;
  read(state: TelephonyState): TelephonyState;
}

/** Nothing was heard yet. `startedAt`: since when, in the world's time, the telephone system runs. */
export function createHearing(clock: Clock, startedAt: () => Date): Hearing {
  const contacts = new Map<string, Contact>();
  const legs = new Map<string, LiveLegFound>();
  let ups = 0;

  const inWorldTime = (event: TelephonyEvent): TelephonyEvent => {
    const at = clock.now();
    if (event.type === "link.up") return { type: "link.up", startedAt: startedAt() };
    if (event.type === "leg.started") return { ...event, leg: { ...event.leg, at } };
    if (event.type === "queue.joined") return { ...event, waiting: { ...event.waiting, joinedAt: at } };
    return "at" in event ? { ...event, at } : event;
  };
  const found = (leg: LiveLegFound): LiveLegFound => {
    const known = legs.get(leg.channelId);
    const at = known?.at ?? clock.now();
    return { ...leg, at, answeredAt: leg.answeredAt === null ? null : (known?.answeredAt ?? at) };
  };
  return {
    ...{ contacts, legs },
    get ups() {
      return ups;
    },
    take(heard) {
      const event = inWorldTime(heard);
      if (event.type === "link.up") ups += 1;
      else if (event.type === "link.down") legs.clear();
      else if (event.type === "contact.changed") contacts.set(event.contact.endpoint, event.contact);
      else if (event.type === "leg.started") {
        legs.set(event.leg.channelId, { ...event.leg, answeredAt: null, held: false });
      } else if (event.type === "leg.answered") {
        const leg = legs.get(event.channelId);
        if (leg !== undefined) legs.set(event.channelId, { ...leg, answeredAt: event.at });
      } else if (event.type === "leg.ended") legs.delete(event.channelId);
      return event;
    },
    read(state) {
      const here = state.legs.map(found);
      legs.clear();
      for (const leg of here) legs.set(leg.channelId, leg);
      contacts.clear();
      for (const contact of state.contacts) contacts.set(contact.endpoint, contact);
      const joinedAt = clock.now();
      return { ...state, legs: here, waiting: state.waiting.map((one) => ({ ...one, joinedAt })) };
    },
  };
}
