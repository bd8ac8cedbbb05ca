import type { Telephone } from "../../contract/views.ts";

/** What a telephone is to whoever looks after it, in the words a list is narrowed by. */
export const TELEPHONE_STATES = {
  all: { label: "All states", keeps: () => true },
  registered: { label: "Registered", keeps: (row: Telephone) => row.enabled && row.registered },
  unregistered: { label: "Not registered", keeps: (row: Telephone) => row.enabled && !row.registered },
  held: { label: "Held", keeps: (row: Telephone) => row.heldBy !== null },
  free: { label: "Free", keeps: (row: Telephone) => row.enabled && row.registered && row.heldBy === null },
  unclean: { label: "Left without logout", keeps: (row: Telephone) => row.lastUnclean !== null },
  failed: { label: "Failed its test", keeps: (row: Telephone) => row.lastTest?.outcome === "failed" },
  disabled: { label: "Disabled", keeps: (row: Telephone) => !row.enabled },
} as const;

const REASONS = {
  disconnected: "the time ran out",
  "taken-over": "somebody took over",
  released: "a supervisor released it",
} as const;

/** Why a hold ended that was not logged out of. */
export const uncleanReason = (reason: NonNullable<Telephone["lastUnclean"]>["reason"]): string => REASONS[reason];

/** A round trip as it is read: `12 ms`, below one `< 1 ms`, never broken over lines; null where it was not measured. */
export function tripText(ms: number | null): string | null {
  if (ms === null) return null;
  return `${ms < 1 ? "<\u00a01" : Math.round(ms).toLocaleString("en")}\u00a0ms`;
}
