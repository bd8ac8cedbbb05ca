import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useServerNow } from "../ui/server-clock.tsx";
import { api, useDesk } from "./desk.ts";

const MOST = 200;

/** My calls since midnight, newest first. Asked again when something was disposed or a call left my telephone. */
export function useToday() {
  const { snapshot } = useDesk();
  const now = useServerNow();
  const day = new Date(now).toDateString();
  const from = useMemo(() => new Date(day).toISOString(), [day]);
  const waiting = snapshot.toDispose.map((one) => one.legId).join(" ");
  const ended = snapshot.legs.filter((leg) => leg.state === "ended").length;
  return useQuery({
    queryKey: ["voice-calls", "today", from, waiting, ended],
    queryFn: () => api.voiceCalls({ from, limit: MOST }),
    placeholderData: (before) => before,
  });
}
