import { useThrottledCallback } from "@mantine/hooks";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Item, ItemDetails, ItemQuery } from "../../../contract/views.ts";
import { api } from "../desk.ts";

/** Everything that is read of items stands below this. */
const ITEMS = "items";
const PAGE = 100;
/** However much changes, items are read again at most so often. */
const GAP_MS = 1000;

/** Reads whatever is shown of items again when the server says that something of it has changed. */
export function useItemsAgain(revision: number): void {
  const client = useQueryClient();
  const known = useRef(revision);
  const again = useThrottledCallback(() => void client.invalidateQueries({ queryKey: [ITEMS] }), GAP_MS);
  useEffect(() => {
    if (known.current === revision) return;
    known.current = revision;
    again();
  }, [revision, again]);
}

/** Reads them again at once: after an act of one's own, whose answer may come before the news of it. */
export function useItemsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: [ITEMS] }), [client]);
}

/** The items that answer to a query, page after page. */
export function useItemList(query: ItemQuery) {
  const found = useInfiniteQuery({
    queryKey: [ITEMS, "list", query],
    queryFn: ({ pageParam }) =>
      api.items({ ...query, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { found, rows, more };
}

/** One item with all that was done with it. Until that is read, `row` of the list stands for it. */
export function useItem(id: number, row: Item | undefined) {
  return useQuery({
    queryKey: [ITEMS, "one", id],
    queryFn: () => api.item(id),
    placeholderData: (): ItemDetails | undefined => (row === undefined ? undefined : { ...row, audio: null, acts: [] }),
  });
}

/** What waits of a caller, by the last digits of his number, because the same number travels in several forms. */
export function useItemsOfNumber(number: string) {
  const tail = number.replace(/\D/g, "").slice(-TAIL);
  return useQuery({
    queryKey: [ITEMS, "of-number", tail],
    queryFn: () => api.items({ state: "waiting", number: tail, limit: SEVERAL }),
    enabled: tail.length >= SHORTEST_TAIL,
  });
}

const TAIL = 8;
/** Fewer digits would find strangers. */
const SHORTEST_TAIL = 3;
const SEVERAL = 10;
