import { useQuery } from "@tanstack/react-query";
import type { Settings } from "../../contract/settings.ts";
import { api } from "./desk.ts";

/** The settings of the house. */
export function useSettings() {
  return useQuery({ queryKey: ["house", "settings"], queryFn: () => api.get<Settings>("/settings") });
}

/** The time zone the house reckons its days in; until its settings are here, the browser's. */
export function useHouseZone(): string {
  return useSettings().data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
