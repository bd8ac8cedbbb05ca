import type { Difference, TelephoneName } from "../reconcile/comparer.ts";
import type { Contact, TelephonyState } from "../telephony.ts";

/** What is known of the telephones by listening; legs are channel ids with their endpoints. */
export interface Known {
  contacts: readonly Contact[];
  legs: ReadonlyMap<string, string>;
  /** Endpoints and channels of which we heard after the state was asked for. */
  newer: ReadonlySet<string>;
}

/** Where freshly read state differs from what was heard: each is an event that never came. Pure. */
export function missedEvents(
  { contacts, legs, newer }: Known,
  state: Pick<TelephonyState, "contacts" | "legs">,
  nameOf: TelephoneName,
): Difference[] {
  const said = (contact: Contact | undefined) => (contact?.registered ? "registered" : "not registered");
  const before = new Map(contacts.map((contact) => [contact.endpoint, contact]));
  const now = new Map(state.contacts.map((contact) => [contact.endpoint, contact]));
  const endpoints = [...new Set([...before.keys(), ...now.keys()])].filter((endpoint) => !newer.has(endpoint));
  const running = new Map(state.legs.map(({ channelId, endpoint }) => [channelId, endpoint]));
  const difference = (key: string, words: string): Difference => ({ key, words, agentId: null });
  return [
    ...endpoints
      .filter((endpoint) => said(before.get(endpoint)) !== said(now.get(endpoint)))
      .map((endpoint) =>
        difference(
          `registration ${endpoint}`,
          `The telephone ${nameOf(endpoint)} was ${said(now.get(endpoint))} and shown as ${said(before.get(endpoint))}.`,
        ),
      ),
    ...[...legs]
      .filter(([channelId]) => !running.has(channelId))
      .map(([, endpoint]) => difference(`leg ${endpoint}`, `A call on ${nameOf(endpoint)} was shown and had ended.`)),
    ...[...running]
      .filter(([channelId]) => !legs.has(channelId) && !newer.has(channelId))
      .map(([, endpoint]) => difference(`leg ${endpoint}`, `A call on ${nameOf(endpoint)} was not shown.`)),
  ];
}
