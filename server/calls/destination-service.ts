import type { Destination } from "../../contract/views.ts";
import type { Database } from "../db/pool.ts";
import { type FoundPerson, searchPlaces } from "./destination-store.ts";

/** Whom a call can be sent to. */
export interface DestinationService {
  /** People, telephones, queues and contacts that match, the free ones first; not the asker's own telephone. */
  search(agentId: number, q: string | null): Promise<Destination[]>;
}

const MOST_OF_A_KIND = 20;
const RANK: Record<Destination["state"], number> = { free: 0, paused: 1, unknown: 2, "on-call": 3, away: 4 };

export function createDestinationService(deps: {
  db: Database;
  registration: { registered(endpoint: string): boolean; engaged(endpoint: string): boolean };
  /** Contacts whose name, company or mail address holds it. */
  contacts: (q: string) => Promise<{ name: string; company: string | null; numbers: string[] }[]>;
  /** The endpoint the agent sits at; null: none. */
  endpointOf: (agentId: number) => Promise<string | null>;
}): DestinationService {
  const { db, registration } = deps;
  const stateOf = ({ endpoint, awayNumber, paused }: FoundPerson): Destination["state"] => {
    if (endpoint === null) return awayNumber === null ? "away" : "unknown";
    if (!registration.registered(endpoint)) return "away";
    if (registration.engaged(endpoint)) return "on-call";
    return paused ? "paused" : "free";
  };

  return {
    async search(agentId, q) {
      const own = await deps.endpointOf(agentId);
      const { people, queues } = await searchPlaces(db, q, MOST_OF_A_KIND);
      const contacts = q === null ? [] : await deps.contacts(q);
      const found: Destination[] = [
        ...people
          .filter(({ endpoint }) => endpoint === null || endpoint !== own)
          .map((one) => ({
            to: one.internal,
            name: one.name,
            kind: one.role,
            state: stateOf(one),
            place: one.place,
          })),
        ...queues.map(({ name }) => ({
          to: name,
          name,
          kind: "queue" as const,
          state: "unknown" as const,
          place: null,
        })),
      ];
      found.sort((a, b) => RANK[a.state] - RANK[b.state]);
      return [
        ...found,
        ...contacts
          .flatMap(({ name, company, numbers }) =>
            numbers.map((to) => ({ to, name, kind: "contact" as const, state: "unknown" as const, place: company })),
          )
          .slice(0, MOST_OF_A_KIND),
      ];
    },
  };
}
