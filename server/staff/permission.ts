import type { Role } from "../../contract/views.ts";

/** Who asks: a person who has signed in. */
export interface Actor {
  staffId: number;
  role: Role;
}

/** Who asks, as a sign-in tells it. */
export interface SignedIn extends Actor {
  /** An agent's switch; false for everybody else. */
  hotdesk: boolean;
}

const all: readonly Role[] = ["admin", "supervisor", "agent"];
const leading: readonly Role[] = ["admin", "supervisor"];
const admin: readonly Role[] = ["admin"];

/**
 * Everything that can be asked for, and which roles may. Whether it is the asker's *own* session or call is a fact the
 * service judges; here stands only what a role may do at all.
 */
const PERMISSIONS = {
  /** One's own name and role, signing out, the live connection. */
  "own.use": all,
  /** The telephones one may choose from. */
  "choices.read": all,
  /** Login, logout, pause, move: of one's own session. */
  "session.use": all,
  /** Calls on one's own telephone, one's voice calls, disposing. */
  "calls.use": all,
  /** Disposing a call somebody else took. */
  "calls.dispose-others": leading,
  /** What a desktop needs to be usable: queues' names, break reasons, the disposition tree, contact lists, settings. */
  "basics.read": all,
  "contacts.read": all,
  "contacts.change": all,
  "contacts.remove": leading,
  "contact-lists.change": leading,
  /** Users, agents, telephones, trunks, routes. */
  "staff.read": leading,
  "staff.change": admin,
  "settings.change": admin,
  "reports.read": leading,
  /** Reports that speak of the asker himself and of his queues; what he keeps of them. */
  "reports.own": all,
  /** Recordings of calls; an agent those of their own, where the house lets them. */
  "recordings.hear": all,
  /** Rating them and writing comments. */
  "recordings.judge": leading,
  "recordings.remove": admin,
  /** Voicemails and callbacks; an agent those of his queues and his own. */
  "items.use": all,
  /** All of them: giving them to agents, opening them again. */
  "items.lead": leading,
  /** What callers hear. */
  "prompts.change": leading,
  /** An agent's days; an agent only his own. */
  "history.read": all,
  /** Releasing a telephone, logging somebody out, pausing him. */
  "supervision.act": leading,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;
export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

/** The one place that says who may do what. */
export function may(actor: Actor, action: Action): boolean {
  return PERMISSIONS[action].includes(actor.role);
}
