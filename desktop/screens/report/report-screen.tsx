import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { ReportCallTotals } from "../../../contract/views.ts";
import { counted, hoursText } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import {
  addressOf,
  filtersFromAddress,
  groupRequestOf,
  type ReportFilters,
  requestOf,
  SORTS,
} from "../../model/report-filters.ts";
import type { SortBy } from "../../model/table-rows.ts";
import { ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { ColumnChoice, shownColumns } from "../../ui/column-choice.tsx";
import { Table } from "../../ui/table.tsx";
import { useHouseTime, useSettings } from "../house-settings.ts";
import { DeliverButton } from "../reports/deliver-button.tsx";
import { FileButtons } from "../reports/file-buttons.tsx";
import { SavedFilters } from "../reports/saved-filters.tsx";
import { useLayout } from "../reports/use-reports.ts";
import { GroupPick } from "./group-pick.tsx";
import { GroupTable } from "./group-table.tsx";
import { NoCalls } from "./no-calls.tsx";
import { reportColumns } from "./report-columns.tsx";
import { ReportFilterBar } from "./report-filter-bar.tsx";
import { useGroups, useLatest, useReport, useTotals } from "./use-report.ts";
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
  const grouped = filters.groupBy !== "";
  const report = useReport(filters, settings.isPending || grouped ? undefined : zone, firstDay);
  const fetched = useMemo(() => report.data?.pages.flatMap((page) => page.rows) ?? [], [report.data]);
  const { rows, fresh } = useLatest(
    filters,
    zone,
    firstDay,
    fetched,
    !grouped && report.isSuccess && !report.isPlaceholderData,
  );
  const open = rows.find((row) => row.id === openId);
  const columns = useMemo(() => reportColumns(time), [time]);

  const asked = requestOf(filters, new Date(now).toISOString(), zone, firstDay);
  const { from: _, to: __, sort: ___, ...narrowed } = asked;
  const [layout, keepLayout] = useLayout("report-call");
  const totals = useTotals(asked, report.isSuccess && !settings.isPending && !grouped);
  const groupsAsked = grouped ? groupRequestOf(filters, asked) : null;
  const groups = useGroups(settings.isPending ? null : groupsAsked);
  const groupCount = groups.data?.totals?.rows ? groups.data.rows.length : 0;
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
      <header className="screen-head report-head">
        <h1>Report Call</h1>
        {fresh > 0 && !grouped ? (
          <Button
            variant="subtle"
            leftSection={<IconRefresh size={16} aria-hidden="true" />}
            onClick={() => void report.refetch()}
          >
            {fresh >= 50 ? "50 or more new calls" : counted(fresh, "new call")}
          </Button>
        ) : null}
        <span className="quiet" role="status">
          {grouped
            ? groups.data === undefined
              ? ""
              : counted(groupCount, "group")
            : report.data === undefined
              ? ""
              : `${counted(rows.length, "row")}${hasNextPage ? ", more below" : ""}`}
        </span>
        <GroupPick
          value={filters.groupBy}
          // What groups were sorted by may be what they were made of.
          onChange={(groupBy) => setFilters({ ...filters, groupBy, order: "" })}
        />
        <SavedFilters
          report="report-call"
          asked={addressOf(filters)}
          onPick={(saved) => setFilters(filtersFromAddress(saved))}
        />
        <DeliverButton
          report="report-call"
          title="Report Call"
          asked={{
            ...(groupsAsked === null ? narrowed : groupRequestOf(filters, narrowed)),
            ...(filters.period === "last-month" ? { period: "last-month" } : {}),
          }}
        />
        {groupsAsked === null ? (
          <>
            <ColumnChoice
              word="Columns"
              columns={columns}
              shown={shownColumns(columns, layout)}
              onChange={keepLayout}
            />
            <FileButtons report="report-call" asked={asked} />
          </>
        ) : (
          <FileButtons
            key="groups"
            report="report-call/groups"
            name={`report-call-by-${filters.groupBy}`}
            asked={groupsAsked}
          />
        )}
      </header>
      <ReportFilterBar filters={filters} time={time} firstDay={firstDay} onChange={setFilters} />
      {grouped ? (
        <Groups groups={groups} filters={filters} time={time} onChange={setFilters} />
      ) : (
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
      )}
    </div>
  );
}

function Groups(props: {
  groups: ReturnType<typeof useGroups>;
  filters: ReportFilters;
  time: HouseTime;
  onChange: (filters: ReportFilters) => void;
}) {
  const { groups, ...rest } = props;
  // A question that is refused has no answer: that of before would be taken for it.
  if (groups.isError) return <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />;
  if (groups.data === undefined) return <LoadingRows rows={12} />;
  return (
    <div className={groups.isPlaceholderData ? "report-table report-before" : "report-table"}>
      <GroupTable answer={groups.data} {...rest} />
    </div>
  );
}

function footText(totals: ReportCallTotals, id: string, place: number): string {
  if (id === "durationS" || id === "billableS" || id === "holdS") return hoursText(totals[id]);
  if (id === "result") return `${totals.answered.toLocaleString("en")} answered`;
  return place === 0 ? counted(totals.rows, "row") : "";
}
