import type { EndReason } from "../../contract/views.ts";

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

/** Why a session or a lease ended, in words. */
export const END_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(WORDS));
