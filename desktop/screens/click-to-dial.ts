import { type AskedCall, isAskedCall } from "../model/asked-call.ts";
import { api, live } from "./desk.ts";

let asked: AskedCall | null = null;

/** Has the agent's telephone rung and the number called from there. Throws what the server refuses. */
export const clickToDial = (number: string): Promise<void> => dialBy(number, () => api.dial(number));

/** The same for a call that the server is asked for in another way. */
export async function dialBy(number: string, dial: () => Promise<unknown>): Promise<void> {
  // Noted before: the news of the call may overtake the answer.
  const mine = { number, at: Date.now() + live.state().skewMs };
  asked = mine;
  try {
    await dial();
  } catch (error) {
    if (asked === mine) asked = null;
    throw error;
  }
}

/** Whether this desktop asked for a call; false for one dialled on the telephone. */
export function wasClicked(call: { number: string; startedAt: string }): boolean {
  return isAskedCall(call, asked);
}
