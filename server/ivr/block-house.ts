import type { AgentDesk } from "./agent-desk.ts";
import type { RandomSource } from "./random-source.ts";

/** What blocks may ask of the house. Each is a port: a feature below gives it, `answering.ts` joins them. */
export interface BlockHouse {
  now(): Date;
  /** From 0 up to, not including, 1. */
  random: RandomSource;
  /** Whether a calendar is open at an instant; null where there is no such calendar. */
  isOpen(calendarId: number, at: Date): Promise<boolean | null>;
  readonly agents: AgentDesk;
  /** Somebody known by his number; null where nobody is. */
  contactOf(number: string): Promise<{ id: number; name: string; company: string | null } | null>;
}
