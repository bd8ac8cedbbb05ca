import { useQuery } from "@tanstack/react-query";
import { api, useDesk } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";

const MOST = 200;

/** My calls since midnight, newest first. Asked again when something was disposed or a call left my telephone. */
export function useToday() {
  const { snapshot } = useDesk();
  const { today } = useHouseTime();
  const waiting = snapshot.toDispose.map((one) => one.legId).join(" ");
  const ended = snapshot.legs.filter((leg) => leg.state === "ended").length;
  return useQuery({
    queryKey: ["voice-calls", "today", today, waiting, ended],
    queryFn: () => api.voiceCalls({ from: today, limit: MOST }),
    placeholderData: (before) => before,
  });
}
