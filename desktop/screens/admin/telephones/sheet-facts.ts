import { useQuery } from "@tanstack/react-query";
import type { DeviceProfileView } from "../../../../contract/telephones.ts";
import type { Registrar, Telephone } from "../../../../contract/views.ts";
import { type SheetServer, sheetServer } from "../../../model/provisioning-sheet.ts";
import { api } from "../../desk.ts";

/** The makers whose telephones the server knows its way around in; they change with a new version alone. */
export function useDeviceProfiles(): readonly DeviceProfileView[] {
  const { data } = useQuery({
    queryKey: ["device-profiles"],
    queryFn: () => api.get<{ rows: DeviceProfileView[] }>("/telephones/models"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.rows ?? [];
}

/** How a telephone is treated: as what was entered, else as what it calls itself, else as any. */
export function profileFor(
  profiles: readonly DeviceProfileView[],
  telephone: Pick<Telephone, "model" | "modelSeen">,
): DeviceProfileView | undefined {
  const id = telephone.model ?? telephone.modelSeen ?? "generic";
  return profiles.find((one) => one.id === id);
}

/** Where devices register, as seen from this page; undefined while it is asked. */
export function useSheetServer(): { server: SheetServer | undefined; error: unknown } {
  const { data, error } = useQuery({
    queryKey: ["registrar"],
    queryFn: () => api.get<Registrar>("/telephones/registrar"),
  });
  return { server: data === undefined ? undefined : sheetServer(data, location.hostname), error };
}
