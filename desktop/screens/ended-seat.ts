import { useEffect, useRef, useState } from "react";
import { api } from "./desk.ts";

let asked = false;

/** Ends the agent's session because he asked for it. */
export async function logOut(): Promise<void> {
  // Said before: the news that the session is over may overtake the answer.
  asked = true;
  try {
    await api.logOut();
  } catch (error) {
    asked = false;
    throw error;
  }
}

/** The telephone on which a session ended that the agent of this desktop did not end himself; null once he sits again. */
export function useEndedSeat(seat: string | null): string | null {
  const [endedOn, setEndedOn] = useState<string | null>(null);
  const before = useRef<string | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = seat;
    if (seat !== null) {
      asked = false;
      setEndedOn(null);
    } else if (was !== null && !asked) {
      setEndedOn(was);
    }
  }, [seat]);
  return endedOn;
}
