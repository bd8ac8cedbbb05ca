import { useEffect, useRef, useState } from "react";
import type { Snapshot } from "../../contract/snapshot.ts";
import type { EndedSeat } from "../model/ended-sentence.ts";
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

/** By whom, why and where a session ended that the agent of this desktop did not end himself; null once he sits again. */
export function useEndedSeat(snapshot: Pick<Snapshot, "session" | "ended"> | null): EndedSeat | null {
  const [seat, setSeat] = useState<string | null>(null);
  const [byMe, setByMe] = useState(false);
  const now = snapshot?.session?.telephone.name ?? null;
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (now !== null) {
      asked = false;
      setSeat(now);
      setByMe(false);
    } else if (before.current !== null) {
      setByMe(asked);
    }
    before.current = now;
  }, [now]);
  const end = snapshot?.session === null ? snapshot.ended : null;
  // A page that was loaded after a logout does not know whether that was his own.
  if (end === null || byMe || (end.reason === "logged-out" && seat === null)) return null;
  return { end, telephone: seat };
}
