import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ReportCallRow } from "../../../contract/views.ts";
import { type ReportFilters, requestOf } from "../../model/report-filters.ts";
import { latestOf } from "../../model/report-latest.ts";
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

/**
 * What became of the rows since they were fetched: those shown, where a call ended or was disposed meanwhile in its new
 * state, and how many new ones there are. New ones are a hint alone, so that rows never move under a hand.
 */
export function useLatest(
  filters: ReportFilters,
  zone: string,
  fetched: readonly ReportCallRow[],
  watching: boolean,
): { rows: readonly ReportCallRow[]; fresh: number } {
  const asked = requestOf({ ...filters, sort: "-startedAt" }, new Date().toISOString(), zone);
  const newest = useQuery({
    queryKey: ["report-call-newest", asked],
    queryFn: () => api.reportCall({ ...asked, limit: HINT_ROWS }),
    refetchInterval: HINT_MS,
    enabled: watching,
  }).data?.rows;
  return useMemo(
    () => (newest === undefined ? { rows: fetched, fresh: 0 } : latestOf(fetched, newest)),
    [fetched, newest],
  );
}
