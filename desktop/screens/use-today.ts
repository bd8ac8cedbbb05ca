import { useQuery } from "@tanstack/react-query";
import { api } from "./desk.ts";
import { useHouseTime } from "./house-settings.ts";
import { useReadAgain } from "./use-read-again.ts";

const MOST = 200;
const TODAY = ["voice-calls", "today"];
const MISSED = ["missed-calls"];

/** My calls since midnight, newest first. Read again when a call ends, leaves my telephone or is disposed. */
export function useToday() {
  const { today } = useHouseTime();
  useReadAgain(TODAY);
  return useQuery({
    queryKey: [...TODAY, today],
    queryFn: () => api.voiceCalls({ from: today, limit: MOST }),
    placeholderData: (before) => before,
  });
}

/** What rang me in vain since midnight, newest first. */
export function useMissedToday() {
  const { today } = useHouseTime();
  useReadAgain(MISSED);
  return useQuery({
    queryKey: [...MISSED, today],
    queryFn: () => api.missedCalls({ from: today }),
    placeholderData: (before) => before,
  });
}
