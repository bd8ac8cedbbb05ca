import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReportCallRow } from "../../../contract/views.ts";
import { type ReportFilters, requestOf } from "../../model/report-filters.ts";
import { api } from "../desk.ts";

const PAGE_ROWS = 100;
const HINT_ROWS = 50;
const HINT_MS = 5000;

/** The rows of Report Call, fetched page after page as they come into sight. */
export function useReport(filters: ReportFilters, zone: string | undefined) {
  const asked = requestOf(filters, new Date().toISOString(), zone ?? "UTC");
  return useInfiniteQuery({
    // Days mean nothing before it is known whose they are.
    enabled: zone !== undefined,
    queryKey: ["report-call", asked],
    queryFn: ({ pageParam }) => api.reportCall({ ...asked, limit: PAGE_ROWS, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // The rows of before stay, grey, until the new ones are there: nothing jumps.
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

/** How many rows have come since these were fetched: a hint, so that rows never move under a hand. */
export function useNewRows(
  filters: ReportFilters,
  zone: string,
  shown: readonly ReportCallRow[],
  watching: boolean,
): number {
  const asked = requestOf({ ...filters, sort: "-startedAt" }, new Date().toISOString(), zone);
  const newest = useQuery({
    queryKey: ["report-call-newest", asked],
    queryFn: () => api.reportCall({ ...asked, limit: HINT_ROWS }),
    refetchInterval: HINT_MS,
    enabled: watching,
  });
  if (!watching || newest.data === undefined) return 0;
  const known = new Set(shown.map((row) => row.id));
  const latest = shown.reduce((max, row) => (row.startedAt > max ? row.startedAt : max), "");
  return newest.data.rows.filter((row) => !known.has(row.id) && row.startedAt >= latest).length;
}
