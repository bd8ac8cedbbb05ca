import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ChoiceForMe, Telephone } from "../../../contract/views.ts";
import { changedIds, liveTelephone, withFresh } from "../../model/live-telephone.ts";
import { api, useDesk } from "../desk.ts";
import type { HouseList } from "./house-lists.ts";

const KEY = ["house", "telephones"];
/** Changes of this long are read together. */
const GATHER_MS = 300;
/** From more changes on, the list is read anew (the server takes as many at once). */
const MOST_IDS = 200;

/**
 * Keeps the fetched telephones as true as the live line. That one registered or is held shows at once; from where, how
 * quickly it answers and who left it is read of the changed ones alone, a moment later.
 */
export function useLiveTelephones(): void {
  const client = useQueryClient();
  const { choices } = useDesk().snapshot;
  const before = useRef<ReadonlyMap<number, ChoiceForMe> | null>(null);
  const stale = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    const live = new Map(choices?.telephones.map((one) => [one.id, one]));
    client.setQueryData<HouseList<Telephone>>(KEY, (was) =>
      was === undefined ? was : { ...was, rows: was.rows.map((row) => liveTelephone(row, live.get(row.id))) },
    );
    for (const id of changedIds(before.current, live)) stale.current.add(id);
    before.current = live;
    if (stale.current.size === 0) return;
    const read = async () => {
      timer.current = undefined;
      const ids = [...stale.current];
      stale.current.clear();
      if (ids.length > MOST_IDS) return client.invalidateQueries({ queryKey: KEY });
      const { rows } = await api.get<{ rows: Telephone[] }>("/telephones/some", { ids: ids.join(",") });
      client.setQueryData<HouseList<Telephone>>(KEY, (was) =>
        was === undefined ? was : { ...was, rows: withFresh(was.rows, ids, rows) },
      );
    };
    // What cannot be read now is read with the list, which is asked for again by itself.
    timer.current ??= setTimeout(() => void read().catch(() => client.invalidateQueries({ queryKey: KEY })), GATHER_MS);
  }, [client, choices]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
