import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReportAsked, ReportDescription, ReportLayout } from "../../../contract/views.ts";
import { api } from "../desk.ts";

/** What reports there are for whoever sits here. They change with a new version alone. */
export function useReports() {
  return useQuery({ queryKey: ["reports"], queryFn: () => api.reports(), staleTime: Number.POSITIVE_INFINITY });
}

/** A report's answer; a list comes page after page. The one of before stays, grey, until the new one is there. */
export function useAnswer(report: ReportDescription, asked: ReportAsked, sort: string) {
  return useInfiniteQuery({
    queryKey: ["report", report.name, asked, sort],
    queryFn: ({ pageParam }) => api.report(report.name, sort === "" ? asked : { ...asked, sort }, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) => (query?.queryKey[1] === report.name ? before : undefined),
    staleTime: 30_000,
    gcTime: 60_000,
  });
}

/** The same figures by weekday and hour of the day, for the map of the week. */
export function useWeek(report: ReportDescription, asked: ReportAsked, wanted: boolean) {
  const question = { ...asked, groupBy: "weekday,hour-of-day" };
  return useQuery({
    queryKey: ["report", report.name, question, "week"],
    queryFn: () => api.report(report.name, question),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** Which columns of a report I look at, kept for me on every desktop. Null: those it begins with. */
export function useLayout(report: string): [readonly string[] | null, (columns: string[]) => void] {
  const client = useQueryClient();
  const key = ["report-layout", report];
  // At once: a box that is ticked by way of the store is drawn unticked for a moment.
  const [chosen, setChosen] = useState<string[] | null>(null);
  const kept = useQuery({
    queryKey: key,
    queryFn: () => api.get<ReportLayout>(`/reports/${report}/layout`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return [
    chosen ?? kept.data?.columns ?? null,
    (columns) => {
      setChosen(columns);
      client.setQueryData<ReportLayout>(key, { columns });
      // What could not be kept holds for this page; it is no reason to stop anybody.
      void api.put(`/reports/${report}/layout`, { columns }).catch(() => {});
    },
  ];
}
