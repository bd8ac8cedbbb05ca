import type { Contact, LiveLegFound, Member, Seat, Telephony } from "../../server/telephony.ts";
import type { Mortal } from "./mortal.ts";

/**
 * A telephone system as it is in real life: it refuses, its link drops in the middle, it crashes and forgets a little.
 * What people do at their telephones happens at once on one of paper, and takes its time on a real one.
 */
export interface Exchange {
  members(): Member[] | Promise<Member[]>;
  seats(): Seat[] | Promise<Seat[]>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly legs: ReadonlyMap<string, LiveLegFound>;
  readonly running: boolean;
  /** How often something went wrong: what it holds may differ after each, until reconciled. */
  readonly troubles: number;
  /** From now on nothing is refused and no link is lost by itself. */
  behave(): void;
  /** The way for one server to it; the last that is given out is the one that is told of events. */
  lineFor(mortal: Mortal): Telephony;
  register(endpoint: string, registered: boolean): void | Promise<void>;
  /** A caller in the queue: rings a member that may be rung, where there is one. */
  ring(queueId: number): void | Promise<void>;
  dial(endpoint: string): void | Promise<void>;
  answer(channelId: string): void | Promise<void>;
  hangUp(channelId: string): void | Promise<void>;
  /** The link alone is lost; it comes back with `link`. */
  dropLink(): void | Promise<void>;
  link(): void;
  /** Killed: calls are gone, and the members are those of some moments ago. It comes back with `link`. */
  crash(): void | Promise<void>;
}

/** What a world wants to know of its telephone system at the very instant. */
export interface ExchangeWatch {
  /** The endpoint's members were set ready. */
  released(endpoint: string): Promise<void>;
  rung(ring: Ring): void;
  /** It was killed: what it was told last may be forgotten. */
  crashed(): void;
}

/** A queue began to ring a telephone. */
export interface Ring {
  endpoint: string;
  /** Whose place it is in the queue, where that can be told. */
  agentName: string | null;
  /** When, by this machine's clock, where that was before now. */
  at: Date | null;
}
