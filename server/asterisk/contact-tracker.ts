import type { Contact } from "../telephony.ts";
import type { AmiMessage } from "./ami-parser.ts";
import { isTrunkEndpoint } from "./names.ts";

/** A device that keeps coming from new addresses must not grow this for ever; a telephone has one contact, two at a change. */
const MOST_CONTACTS = 8;

interface Known {
  reachable: boolean;
  roundTripMs: number | null;
  userAgent: string | null;
}

/** A round trip that changed by less than this is the same as before: it is measured anew every few seconds. */
const SAME_ROUND_TRIP_MS = 20;

/**
 * What is registered, from ContactStatus events and the list of contacts. Contacts are told apart by their URI: when a
 * telephone moves, the end of its old contact is told after the beginning of the new one.
 */
export class ContactTracker {
  #contacts = new Map<string, Map<string, Known>>();
  /** What was told last; endpoints without a contact are left out. */
  #told = new Map<string, Contact>();
  /** Endpoints heard of since a list was asked for: the list may be older than what was heard. */
  #heard: Set<string> | null = null;

  /** The telephone's contact as it is after the event; null where nothing changed that anybody asks about. */
  take(event: AmiMessage): Contact | null {
    const endpoint = event.EndpointName || event.AOR || "";
    const uri = event.URI ?? "";
    if (endpoint === "" || isTrunkEndpoint(endpoint)) return null;
    this.#heard?.add(endpoint);
    const before = this.#contactOf(endpoint);
    const known = this.#contacts.get(endpoint) ?? new Map<string, Known>();
    const last = known.get(uri);
    known.delete(uri);
    if (event.ContactStatus !== "Removed") {
      // Events do not say what the device calls itself; the list does.
      known.set(uri, knownOf(event.ContactStatus, { UserAgent: last?.userAgent ?? "", ...event }));
      const oldest = known.keys().next().value;
      if (known.size > MOST_CONTACTS && oldest !== undefined) known.delete(oldest);
    }
    if (known.size === 0) this.#contacts.delete(endpoint);
    else this.#contacts.set(endpoint, known);
    const now = this.#contactOf(endpoint);
    // Also against what was told: a list that was read in between may have brought the change, but told nobody.
    const told = this.#told.get(endpoint) ?? nowhere(endpoint);
    if (isSame(now, before) && isSame(now, told)) return null;
    if (now.address === null) this.#told.delete(endpoint);
    else this.#told.set(endpoint, now);
    return now;
  }

  /** The list is being asked for: what is heard from now on goes before it. */
  beginRead(): void {
    this.#heard = new Set();
  }

  /** It has been read, or will not be. */
  endRead(): void {
    this.#heard = null;
  }

  /** Replaces what is known by what `PJSIPShowContacts` lists. */
  read(items: readonly AmiMessage[]): Contact[] {
    const heard = this.#heard ?? new Set();
    for (const endpoint of this.#contacts.keys()) {
      if (!heard.has(endpoint)) this.#contacts.delete(endpoint);
    }
    for (const item of items) {
      const endpoint = item.Endpoint ?? "";
      if (endpoint === "" || isTrunkEndpoint(endpoint) || heard.has(endpoint)) continue;
      const known = this.#contacts.get(endpoint) ?? new Map<string, Known>();
      known.set(item.Uri ?? "", knownOf(item.Status, item));
      this.#contacts.set(endpoint, known);
    }
    return [...this.#contacts.keys()].map((endpoint) => this.#contactOf(endpoint));
  }

  #contactOf(endpoint: string): Contact {
    const all = [...(this.#contacts.get(endpoint) ?? [])];
    // The newest that answers; else the newest there is.
    const [uri, known] = all.findLast(([, each]) => each.reachable) ?? all.at(-1) ?? ["", null];
    return {
      endpoint,
      registered: known?.reachable ?? false,
      address: addressOf(uri),
      roundTripMs: known?.roundTripMs ?? null,
      userAgent: known?.userAgent ?? null,
    };
  }
}

const nowhere = (endpoint: string): Contact => ({
  endpoint,
  registered: false,
  address: null,
  roundTripMs: null,
  userAgent: null,
});

const isSame = (one: Contact, other: Contact): boolean =>
  one.registered === other.registered &&
  one.address === other.address &&
  one.userAgent === other.userAgent &&
  isSameTrip(one.roundTripMs, other.roundTripMs);

/** One that was not measured says nothing new: while a telephone is away its state says enough. */
const isSameTrip = (one: number | null, other: number | null): boolean =>
  one === null || (other !== null && Math.abs(one - other) < SAME_ROUND_TRIP_MS);

/**
 * `Reachable` answered the last question. `NonQualified` has not been asked yet: for a moment after it registered, for
 * up to a qualify period after a restart of Asterisk, which rings it meanwhile and so do we believe in it. All else
 * (`Unreachable`, `Unknown` …) is not rung.
 */
function knownOf(status: string | undefined, message: AmiMessage): Known {
  const us = Number(message.RoundtripUsec);
  const answered = status === "Reachable";
  return {
    reachable: answered || status === "NonQualified",
    roundTripMs: answered && Number.isFinite(us) ? us / 1000 : null,
    userAgent: message.UserAgent || null,
  };
}

/** `host:port` out of `sip:user@host:port;transport=udp`. */
function addressOf(uri: string): string | null {
  return /^sips?:(?:[^@]*@)?([^;>?]+)/.exec(uri)?.[1] ?? null;
}
