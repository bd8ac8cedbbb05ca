import type { EndReason, PhoneLostWhy } from "../../contract/views.ts";

const WORDS: Record<EndReason | "moved", string> = {
  "logged-out": "Logged out",
  disconnected: "Desktop vanished",
  "taken-over": "Taken over",
  released: "Released by a supervisor",
  "logged-out-by-supervisor": "Logged out by a supervisor",
  "staff-removed": "Account removed",
  "staff-changed": "Account changed",
  "telephony-refused": "Refused by the telephone system",
  repaired: "Found without telephone",
  moved: "Moved to another",
};

const LOST: Record<PhoneLostWhy, string> = {
  "not-registered": "Not registered",
  unreachable: "Did not answer the line",
  "failed-calls": "Calls did not reach it",
  "missed-calls": "Calls not answered",
};

/** Why an agent was suspended, in words. */
export const LOST_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(LOST));

/** Why a session or a lease ended, in words. */
export const END_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(WORDS));
