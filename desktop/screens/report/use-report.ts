import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ReportAnswer, ReportCallRow, ReportCallTotals } from "../../../contract/views.ts";
import { type ReportFilters, requestOf } from "../../model/report-filters.ts";
import { latestOf } from "../../model/report-latest.ts";
import { api } from "../desk.ts";

const PAGE_ROWS = 100;
const HINT_ROWS = 50;
const HINT_MS = 5000;

/** The rows of Report Call, fetched page after page as they come into sight. */
export function useReport(filters: ReportFilters, zone: string | undefined, firstDay: number) {
  const asked = requestOf(filters, new Date().toISOString(), zone ?? "UTC", firstDay);
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

/** The rows of the filter in groups; those of before stay, grey, until the new ones are there. Not asked: nothing. */
export function useGroups(asked: Record<string, string> | null) {
  return useQuery({
    queryKey: ["report-call-groups", asked],
    queryFn: () => api.get<ReportAnswer>("/reports/report-call/groups", asked ?? {}),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  });
}

/** What all rows of the filter come to, as far as the server adds them up; nothing until then. */
export function useTotals(asked: Record<string, string>, wanted: boolean): ReportCallTotals | undefined {
  const { sort: _, ...question } = asked;
  return useQuery({
    queryKey: ["report-call-totals", question],
    queryFn: () => api.get<ReportCallTotals>("/reports/report-call/totals", question),
    enabled: wanted,
    retry: false,
    staleTime: 30_000,
  }).data;
}

/**
 * What became of the rows since they were fetched: those shown, where a call ended or was disposed meanwhile in its new
 * state, and how many new ones there are. New ones are a hint alone, so that rows never move under a hand.
 */
export function useLatest(
  filters: ReportFilters,
  zone: string,
  firstDay: number,
  fetched: readonly ReportCallRow[],
  watching: boolean,
): { rows: readonly ReportCallRow[]; fresh: number } {
  const asked = requestOf({ ...filters, sort: "-startedAt" }, new Date().toISOString(), zone, firstDay);
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
