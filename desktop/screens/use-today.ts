import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";

const MOST = 200;
const TODAY = ["voice-calls", "today"];
/** The server folds a call's records a moment after its end: what is read at once may still lack it. */
const AGAIN_MS = [0, 1_500, 5_000];

/** My calls since midnight, newest first. Read again when a call ends, leaves my telephone or is disposed. */
export function useToday() {
  const { today } = useHouseTime();
  const client = useQueryClient();
  const { snapshot } = useDesk();
  const changes = [...snapshot.toDispose.map((one) => one.legId), "/", ...snapshot.legs.map(endedLeg)].join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again because something changed, whatever it is
  useEffect(() => {
    const timers = AGAIN_MS.map((ms) => setTimeout(() => void client.invalidateQueries({ queryKey: TODAY }), ms));
    return () => timers.forEach(clearTimeout);
  }, [changes, client]);

  return useQuery({
    queryKey: [...TODAY, today],
    queryFn: () => api.voiceCalls({ from: today, limit: MOST }),
    placeholderData: (before) => before,
  });
}

const endedLeg = (leg: { legId: string; state: string }) => (leg.state === "ended" ? `${leg.legId} ended` : leg.legId);
