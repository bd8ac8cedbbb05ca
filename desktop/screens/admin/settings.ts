import { useQuery } from "@tanstack/react-query";
import { api } from "../desk.ts";

/** The house's settings, as the server names them. */
export type Settings = Readonly<Record<string, unknown>>;

export function useSettings() {
  return useQuery({ queryKey: ["house", "settings"], queryFn: () => api.get<Settings>("/settings") });
}

const SIP_PORT = 5060;

/** Where telephones register. Until the server says otherwise: where this page comes from, on the usual port. */
export function useSipServer(): { host: string; port: number } {
  const settings = useSettings().data;
  const { sipHost, sipPort } = settings ?? {};
  return {
    host: typeof sipHost === "string" && sipHost !== "" ? sipHost : location.hostname,
    port: typeof sipPort === "number" ? sipPort : SIP_PORT,
  };
}
