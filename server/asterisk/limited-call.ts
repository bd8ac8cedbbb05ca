import type { LimitReason, TelephonyEvent } from "../telephony.ts";
import type { AmiMessage } from "./ami-parser.ts";
import { isTrunkEndpoint, LIMIT_USER_EVENT } from "./names.ts";

const REASONS: readonly LimitReason[] = ["destination", "hours", "route", "calls", "minutes"];

/** A call that the dial plan did not make because of its limits; null for any other event. */
export function limitedCall(event: AmiMessage): Extract<TelephonyEvent, { type: "call.limited" }> | null {
  if (event.Event !== "UserEvent" || event.UserEvent !== LIMIT_USER_EVENT) return null;
  const why = REASONS.find((each) => each === event.Why);
  if (why === undefined) return null;
  const endpoint = event.Telephone ?? "";
  return {
    type: "call.limited",
    why,
    destination: event.Kind ?? "",
    endpoint: endpoint === "" || isTrunkEndpoint(endpoint) ? null : endpoint,
    agentId: /^[1-9][0-9]{0,14}$/.test(event.Agent ?? "") ? Number(event.Agent) : null,
  };
}
