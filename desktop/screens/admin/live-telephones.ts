import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Telephone } from "../../../contract/views.ts";
import { liveTelephone } from "../../model/live-telephone.ts";
import { useDesk } from "../desk.ts";
import type { HouseList } from "./house-lists.ts";

/** Keeps the fetched telephones as true as the live line: a device that registers shows at once, not at the next asking. */
export function useLiveTelephones(): void {
  const client = useQueryClient();
  const { choices } = useDesk().snapshot;
  useEffect(() => {
    const live = new Map(choices?.telephones.map((one) => [one.id, one]));
    client.setQueryData<HouseList<Telephone>>(["house", "telephones"], (was) =>
      was === undefined ? was : { ...was, rows: was.rows.map((row) => liveTelephone(row, live.get(row.id))) },
    );
  }, [client, choices]);
}
