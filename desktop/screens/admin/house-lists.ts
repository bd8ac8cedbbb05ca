import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Collection, RowOf } from "../../model/api.ts";
import { api } from "../desk.ts";

const PAGE_ROWS = 200;
/** Telephones may be read a thousand at once. */
const PAGE_TELEPHONES = 1000;
/** More than this is not held in a browser; the page then says so. */
export const MOST_ROWS = 10_000;
/** How often a list is asked for again while it is looked at: other administrators change it too. */
const AGAIN_MS = 15_000;
/** A list of more rows than MANY is read less often; the live line tells of its changes meanwhile. */
const MANY = 1000;
const MANY_AGAIN_MS = 120_000;

export interface HouseList<Row> {
  rows: Row[];
  /** There are more than were fetched. */
  cut: boolean;
}

async function everyPage<C extends Collection>(collection: C): Promise<HouseList<RowOf<C>>> {
  const rows: RowOf<C>[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: RowOf<C>[]; next: string | null } = await api.list(collection, {
      limit: collection === "telephones" ? PAGE_TELEPHONES : PAGE_ROWS,
      cursor,
    });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null && rows.length < MOST_ROWS);
  return { rows, cut: cursor !== null };
}

/** All rows of a collection, fetched page by page and kept up to date while they are on the screen. */
export function useHouseList<C extends Collection>(collection: C, againMs = AGAIN_MS) {
  return useQuery({
    queryKey: ["house", collection],
    queryFn: () => everyPage(collection),
    refetchInterval: ({ state }) => ((state.data?.rows.length ?? 0) > MANY ? MANY_AGAIN_MS : againMs),
  });
}

/** Makes the lists true again after a change, which may touch more than one of them. */
export function useHouseChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: ["house"] }), [client]);
}
