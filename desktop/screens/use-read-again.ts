import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDesk } from "./desk.ts";

/** The server folds a call's records a moment after its end: what is read at once may still lack it. */
const AGAIN_MS = [0, 1_500, 5_000];

/** Reads what is kept under the key again when a call ends, leaves my telephone or is disposed. */
export function useReadAgain(queryKey: readonly string[]): void {
  const client = useQueryClient();
  const { snapshot } = useDesk();
  const changes = [...snapshot.toDispose.map((one) => one.legId), "/", ...snapshot.legs.map(endedLeg)].join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again because something changed, whatever it is
  useEffect(() => {
    const timers = AGAIN_MS.map((ms) => setTimeout(() => void client.invalidateQueries({ queryKey }), ms));
    return () => timers.forEach(clearTimeout);
  }, [changes, client]);
}

const endedLeg = (leg: { legId: string; state: string }) => (leg.state === "ended" ? `${leg.legId} ended` : leg.legId);
