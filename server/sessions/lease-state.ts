/**
 * A telephone's life between its holders. That it has at most one is not decided here but by the database.
 *
 *             taken                      desktop-lost
 *     free ────────────▶ held ─────────────────────────────▶ left (did not log out)
 *      ▲                 │ ▲ ◀──────── desktop-came ───────────┘ │ │
 *      │      over       │ └──── handed-over (to the next) ──────┘ │
 *      ├─────────────────┘                                         │
 *      └─────────────────── over (also by the timeout) ────────────┘
 *
 * `over`: logout, moving, a supervisor, the timeout. `handed-over`: given by the holder or a supervisor, or taken over
 * where no telephone at all is registered; never while somebody talks on it.
 */
export type LeaseState = "free" | "held" | "left";
export type LeaseEvent = "taken" | "desktop-lost" | "desktop-came" | "handed-over" | "over";

const TABLE: Record<LeaseState, Record<LeaseEvent, LeaseState>> = {
  free: { taken: "held", "desktop-lost": "free", "desktop-came": "free", "handed-over": "free", over: "free" },
  held: { taken: "held", "desktop-lost": "left", "desktop-came": "held", "handed-over": "held", over: "free" },
  left: { taken: "left", "desktop-lost": "left", "desktop-came": "held", "handed-over": "held", over: "free" },
};

/** The state of a telephone's lease as its holder's row tells it. */
export function leaseState(holder: { unattendedSince: Date | null } | null): LeaseState {
  if (holder === null) return "free";
  return holder.unattendedSince === null ? "held" : "left";
}

/** What an event does to a lease. */
export function nextLease(state: LeaseState, event: LeaseEvent): LeaseState {
  return TABLE[state][event];
}

/** By what right somebody sits down: it is simply there, he confirmed that he takes it, or it was given to him. */
export type Claim = "choice" | "confirmed" | "given";

/** Whether a claim gets the telephone: as it is, by putting its holder out, or not. */
export type Taking = "sit-down" | "put-out" | "refuse";

const TAKING: Record<LeaseState, Record<Claim, Taking>> = {
  free: { choice: "sit-down", confirmed: "sit-down", given: "sit-down" },
  held: { choice: "refuse", confirmed: "put-out", given: "put-out" },
  left: { choice: "refuse", confirmed: "put-out", given: "put-out" },
};

/** What a claim to a telephone in that state comes to. */
export function takingOf(state: LeaseState, claim: Claim): Taking {
  return TAKING[state][claim];
}
