import { Button } from "@mantine/core";
import { IconDownload, IconRefresh } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { withQuery } from "../../model/api.ts";
import { counted } from "../../model/elapsed.ts";
import {
  addressOf,
  filtersFromAddress,
  NO_FILTERS,
  narrowing,
  type ReportFilters,
  requestOf,
  SORTS,
} from "../../model/report-filters.ts";
import type { SortBy } from "../../model/table-rows.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { Table } from "../../ui/table.tsx";
import { useHouseTime, useSettings } from "../house-settings.ts";
import { reportColumns } from "./report-columns.tsx";
import { ReportFilterBar } from "./report-filter-bar.tsx";
import { useLatest, useReport } from "./use-report.ts";
import { WhyPanel } from "./why-panel.tsx";
import "./report.css";

/** Report Call: every handling of a call, by whom, and why. */
export function ReportScreen() {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filters = useMemo(() => filtersFromAddress(search), [search]);
  const setFilters = (next: ReportFilters) => void navigate({ to: ".", search: addressOf(next), replace: true });
  const [openId, setOpenId] = useState<string | null>(null);
  const settings = useSettings();
  const time = useHouseTime();
  const { now, zone } = time;
  const report = useReport(filters, settings.isPending ? undefined : zone);
  const fetched = useMemo(() => report.data?.pages.flatMap((page) => page.rows) ?? [], [report.data]);
  const { rows, fresh } = useLatest(filters, zone, fetched, report.isSuccess && !report.isPlaceholderData);
  const open = rows.find((row) => row.id === openId);
  const columns = useMemo(() => reportColumns(time), [time]);

  const { hasNextPage, isFetching, fetchNextPage } = report;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const sort: SortBy = { id: filters.sort.replace("-", ""), down: filters.sort.startsWith("-") };
  const onSort = ({ id, down }: SortBy) => {
    const wanted = SORTS.find((one) => one === `${down ? "-" : ""}${id}`);
    if (wanted !== undefined) setFilters({ ...filters, sort: wanted });
  };
  const csv = withQuery("/api/v1/reports/report-call.csv", requestOf(filters, new Date(now).toISOString(), zone));

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Report Call</h1>
        {fresh > 0 ? (
          <Button
            variant="subtle"
            leftSection={<IconRefresh size={16} aria-hidden="true" />}
            onClick={() => void report.refetch()}
          >
            {fresh >= 50 ? "50 or more new calls" : counted(fresh, "new call")}
          </Button>
        ) : null}
        <span className="quiet" role="status">
          {report.data === undefined ? "" : `${counted(rows.length, "row")}${hasNextPage ? ", more below" : ""}`}
        </span>
        <Button component="a" href={csv} download leftSection={<IconDownload size={16} aria-hidden="true" />}>
          CSV
        </Button>
      </header>
      <ReportFilterBar filters={filters} now={now} zone={zone} onChange={setFilters} />
      <div className="beside">
        <div className="beside-main">
          {rows.length > 0 ? <ErrorLine error={report.error} /> : null}
          {report.data === undefined ? (
            report.error ? (
              <ErrorState error={report.error} onRetry={() => void report.refetch()} />
            ) : (
              <LoadingRows rows={12} />
            )
          ) : (
            <div className={report.isPlaceholderData ? "report-table report-before" : "report-table"}>
              <Table
                name="report-call"
                label="Report Call"
                rows={rows}
                columns={columns}
                keyOf={(row) => row.id}
                sort={sort}
                onSort={onSort}
                selected={openId}
                onOpen={(row) => setOpenId(row.id)}
                onMore={more}
                loadingMore={report.isFetchingNextPage}
                empty={<NoCalls filters={filters} onChange={setFilters} />}
              />
            </div>
          )}
        </div>
        {open === undefined ? null : <WhyPanel row={open} onClose={() => setOpenId(null)} />}
      </div>
    </div>
  );
}

function NoCalls({ filters, onChange }: { filters: ReportFilters; onChange: (filters: ReportFilters) => void }) {
  if (narrowing(filters) > 0) {
    return (
      <EmptyState
        title="No calls like that in this period"
        act={
          <Button
            onClick={() => onChange({ ...NO_FILTERS, period: filters.period, from: filters.from, to: filters.to })}
          >
            Clear the filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={filters.period === "today" ? "No calls yet today" : "No calls in this period"}
      act={
        filters.period === "month" ? undefined : (
          <Button onClick={() => onChange({ ...filters, period: "month", from: "", to: "" })}>This month</Button>
        )
      }
    >
      A row appears when a call ends: one for each user who handled it, or one for the call where nobody answered.
    </EmptyState>
  );
}
