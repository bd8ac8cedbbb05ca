import type { Session } from "../../contract/views.ts";
import type { PhoneSignal } from "./phone-watch.ts";

/** What a session shows beside what stands in its rows, from memory. */
export interface SessionSignals {
  registered(endpoint: string): boolean;
  phone(agentId: number): PhoneSignal;
  /** Who asks the agent for his telephone. */
  askedOf(agentId: number): Session["takeoverRequest"];
}
