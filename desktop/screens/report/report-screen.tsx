import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { ReportCallTotals } from "../../../contract/views.ts";
import { counted, hoursText } from "../../model/elapsed.ts";
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
import { ColumnChoice, shownColumns } from "../../ui/column-choice.tsx";
import { Table } from "../../ui/table.tsx";
import { useHouseTime, useSettings } from "../house-settings.ts";
import { DeliverButton } from "../reports/deliver-button.tsx";
import { FileButtons } from "../reports/file-buttons.tsx";
import { SavedFilters } from "../reports/saved-filters.tsx";
import { useLayout } from "../reports/use-reports.ts";
import { reportColumns } from "./report-columns.tsx";
import { ReportFilterBar } from "./report-filter-bar.tsx";
import { useLatest, useReport, useTotals } from "./use-report.ts";
import { WhyPanel } from "./why-panel.tsx";
import "./report.css";
import "../reports/reports.css";

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
  const firstDay = settings.data?.firstDayOfWeek ?? 1;
  const report = useReport(filters, settings.isPending ? undefined : zone, firstDay);
  const fetched = useMemo(() => report.data?.pages.flatMap((page) => page.rows) ?? [], [report.data]);
  const { rows, fresh } = useLatest(filters, zone, firstDay, fetched, report.isSuccess && !report.isPlaceholderData);
  const open = rows.find((row) => row.id === openId);
  const columns = useMemo(() => reportColumns(time), [time]);

  const asked = requestOf(filters, new Date(now).toISOString(), zone, firstDay);
  const { from: _, to: __, sort: ___, ...narrowed } = asked;
  const [layout, keepLayout] = useLayout("report-call");
  const totals = useTotals(asked, report.isSuccess && !settings.isPending);
  const { hasNextPage, isFetching, fetchNextPage } = report;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const sort: SortBy = { id: filters.sort.replace("-", ""), down: filters.sort.startsWith("-") };
  const onSort = ({ id, down }: SortBy) => {
    const wanted = SORTS.find((one) => one === `${down ? "-" : ""}${id}`);
    if (wanted !== undefined) setFilters({ ...filters, sort: wanted });
  };

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
        <SavedFilters
          report="report-call"
          asked={addressOf(filters)}
          onPick={(saved) => setFilters(filtersFromAddress(saved))}
        />
        <DeliverButton
          report="report-call"
          title="Report Call"
          asked={{ ...narrowed, ...(filters.period === "last-month" ? { period: "last-month" } : {}) }}
        />
        <ColumnChoice word="Columns" columns={columns} shown={shownColumns(columns, layout)} onChange={keepLayout} />
        <FileButtons report="report-call" asked={asked} />
      </header>
      <ReportFilterBar filters={filters} time={time} firstDay={firstDay} onChange={setFilters} />
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
                chosen={layout}
                foot={
                  totals === undefined || rows.length < 2
                    ? undefined
                    : (column, place) => footText(totals, column.id, place)
                }
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

function footText(totals: ReportCallTotals, id: string, place: number): string {
  if (id === "durationS" || id === "billableS" || id === "holdS") return hoursText(totals[id]);
  if (id === "result") return `${totals.answered.toLocaleString("en")} answered`;
  return place === 0 ? counted(totals.rows, "row") : "";
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
