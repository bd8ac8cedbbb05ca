import { takesPattern } from "../../contract/dial-pattern.ts";
import { dialledFrom } from "../sessions/remote-number.ts";
import type { CallLimitsConfig, CallRules, OutboundRouteConfig } from "../telephony-config.ts";
import { destinationClass } from "../trunks/destination-class.ts";

/** What of the house decides whether a number may be called back. */
export interface CallingRules {
  routes: readonly OutboundRouteConfig[];
  limits: Pick<CallLimitsConfig, "numbering" | "everybody">;
  emergencyNumbers: readonly string[];
  /** The agents who would call. */
  agentIds: readonly number[];
  /** Whether it is a number of the house itself. */
  isOurs(number: string): boolean;
}

/** A number as it was shown or entered, without what people put between digits. */
export const plainNumber = (said: string): string => said.replace(/[^+0-9]/g, "");

/**
 * Whether a number can be called back, or why not: callers say which number is called, so nothing
 * is that the house would not call anyway, whoever asks.
 *
 * | the number                                                                   |             |
 * |------------------------------------------------------------------------------|-------------|
 * | is none: withheld, too short, too long, or no route takes it                  | no-number   |
 * | is for help, or of the house itself                                           | not-allowed |
 * | a route takes it that no agent of the queue may use                           | not-allowed |
 * | is of a kind that everybody's limits, or the route's, do not let through      | not-allowed |
 * | else                                                                          | callable    |
 *
 * Hours, calls at once and minutes are asked when it is called. Where several patterns take it, all of them must let it
 * through: which one the dial plan takes is its matter. Pure.
 */
export function callableNumber(said: string, rules: CallingRules): "callable" | "no-number" | "not-allowed" {
  const number = plainNumber(said);
  if (rules.emergencyNumbers.includes(number)) return "not-allowed";
  const dialled = dialledFrom(number, rules.routes);
  if (dialled === null) return "no-number";
  if (rules.isOurs(number) || rules.emergencyNumbers.includes(dialled)) return "not-allowed";
  const taking = rules.routes.filter(({ pattern }) => takesPattern(pattern, dialled));
  return taking.every((route) => mayTake(route, dialled, rules)) ? "callable" : "not-allowed";
}

function mayTake(route: OutboundRouteConfig, dialled: string, { limits, agentIds }: CallingRules): boolean {
  const trunkGets = dialled.slice(route.stripDigits);
  const kind = destinationClass(trunkGets, limits.numbering);
  const { permitted = null } = route;
  // Telephones may be named as well, and any agent may sit at one.
  const somebody =
    permitted === null || permitted.endpoints.length > 0 || agentIds.some((id) => permitted.agentIds.includes(id));
  return somebody && [limits.everybody, route.rules ?? null].every((one) => one === null || letsThrough(one, kind));
}

function letsThrough({ destinations, callsAtOnce, minutesPerDay }: CallRules, kind: string): boolean {
  const named: readonly string[] | null = destinations;
  return (named === null || named.includes(kind)) && callsAtOnce !== 0 && minutesPerDay !== 0;
}
