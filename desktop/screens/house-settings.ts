import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Settings } from "../../contract/settings.ts";
import { type HouseTime, houseTime } from "../model/house-time.ts";
import { useServerNow } from "../ui/server-clock.tsx";
import { api } from "./desk.ts";

const MINUTE_MS = 60_000;

/** The settings of the house. */
export function useSettings() {
  return useQuery({ queryKey: ["house", "settings"], queryFn: () => api.get<Settings>("/settings") });
}

/**
 * How the house says when something was: in its zone, whatever the browser's. The same object for a minute, so that a
 * table is not drawn each second for a date that changes at midnight. The frame waits for the settings; where they
 * could not be had, the zone is the browser's.
 */
export function useHouseTime(): HouseTime {
  const minute = Math.floor(useServerNow() / MINUTE_MS);
  const zone = useSettings().data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return useMemo(() => houseTime(minute * MINUTE_MS, zone), [minute, zone]);
}
