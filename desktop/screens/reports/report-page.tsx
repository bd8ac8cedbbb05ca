import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { ReportAsked, ReportDescription } from "../../../contract/views.ts";
import { counted } from "../../model/elapsed.ts";
import { wayBehind } from "../../model/report-address.ts";
import type { SortBy } from "../../model/table-rows.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { ColumnChoice, shownColumns } from "../../ui/column-choice.tsx";
import { Table } from "../../ui/table.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { DeliverButton } from "./deliver-button.tsx";
import { figureColumns, figureFoot } from "./figure-columns.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { ReportBar } from "./report-bar.tsx";
import { ReportCharts } from "./report-charts.tsx";
import { SavedFilters } from "./saved-filters.tsx";
import { useAnswer, useLayout } from "./use-reports.ts";

/** One report, drawn from its description: what it is asked, its picture, its table, and the ways out of it. */
export function ReportPage(props: {
  report: ReportDescription;
  reports: readonly ReportDescription[];
  asked: ReportAsked;
  onAsk: (asked: ReportAsked) => void;
}) {
  const { report, reports, asked, onAsk } = props;
  const { me } = useDesk();
  const time = useHouseTime();
  const [sort, setSort] = useState<SortBy | null>(null);
  const sortWord = sort === null ? "" : `${sort.down ? "-" : ""}${sort.id}`;
  const answer = useAnswer(report, asked, report.form === "figures" ? sortWord : "");
  const [layout, keepLayout] = useLayout(report.name);
  const [first] = answer.data?.pages ?? [];
  const rows = useMemo(() => answer.data?.pages.flatMap((page) => page.rows) ?? [], [answer.data]);
  const columns = useMemo(
    () =>
      figureColumns(first?.columns ?? [], time, {
        unsorted: report.form === "list",
        way: (narrow, opens) =>
          wayBehind(
            asked,
            narrow,
            opens,
            reports.find(({ name }) => name === opens.report),
          ),
      }),
    [first, report, reports, asked, time],
  );
  const groups = report.form === "figures" ? (first?.columns.length ?? 0) - report.columns.length : 0;
  const heads = (first?.columns ?? [])
    .slice(0, Math.max(0, groups))
    .filter(({ key }) => report.groupings.some((one) => one.key === key));
  // What rows are made of stands first, whatever columns were chosen.
  const chosen =
    layout === null
      ? null
      : [...heads.map(({ key }) => key), ...layout.filter((id) => !heads.some(({ key }) => key === id))];
  const { hasNextPage, isFetching, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const totals = first?.totals ?? null;

  return (
    <section className="report-page" aria-labelledby="report-title">
      <header className="screen-head report-head">
        <h1 id="report-title">{report.title}</h1>
        <span className="quiet" role="status">
          {first === undefined ? "" : `${counted(rows.length, "row")}${hasNextPage ? ", more below" : ""}`}
        </span>
        <SavedFilters report={report.name} asked={asked} onPick={onAsk} />
        {me.role === "agent" ? null : <DeliverButton report={report.name} title={report.title} asked={asked} />}
        <ColumnChoice word="Columns" columns={columns} shown={shownColumns(columns, chosen)} onChange={keepLayout} />
        <FileButtons
          report={report.name}
          asked={sortWord === "" || report.form === "list" ? asked : { ...asked, sort: sortWord }}
        />
      </header>
      <ReportBar report={report} asked={asked} onChange={onAsk} />
      {first === undefined ? (
        answer.error ? (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <LoadingRows rows={12} />
        )
      ) : (
        <div className={answer.isPlaceholderData ? "report-content report-before" : "report-content"}>
          <ErrorLine error={answer.error} />
          <ReportCharts report={report} asked={asked} answer={first} time={time} />
          <div className="report-rows">
            <Table
              name={`report.${report.name}`}
              label={report.title}
              rows={rows}
              columns={columns}
              keyOf={(row) => row.key}
              chosen={chosen}
              {...(report.form === "figures" ? { sort, onSort: setSort } : { sort: null, onSort: () => {} })}
              onMore={more}
              loadingMore={answer.isFetchingNextPage}
              foot={
                totals === null || rows.length < 2
                  ? undefined
                  : (column, place) => figureFoot(column.id, place, totals, first.columns, time)
              }
              empty={<NothingThere report={report} asked={asked} onAsk={onAsk} />}
            />
          </div>
          {first.cut ? (
            <p className="report-about">Only the first rows are shown. The files have all of them.</p>
          ) : null}
        </div>
      )}
    </section>
  );
}

function NothingThere(props: { report: ReportDescription; asked: ReportAsked; onAsk: (asked: ReportAsked) => void }) {
  const { report, asked, onAsk } = props;
  const navigate = useNavigate();
  const narrowed = report.params.some(({ key }) => (asked[key] ?? "") !== "");
  if (narrowed) {
    const rest = Object.fromEntries(
      Object.entries(asked).filter(([key]) => !report.params.some((one) => one.key === key)),
    );
    return (
      <EmptyState
        title="Nothing like that in this time"
        act={<Button onClick={() => onAsk(rest)}>Clear the filters</Button>}
      />
    );
  }
  if (asked.period === "last-month") {
    return (
      <EmptyState
        title="Nothing in this time"
        act={<Button onClick={() => void navigate({ to: "/" })}>To the floor</Button>}
      />
    );
  }
  const { from: _, to: __, ...rest } = asked;
  const period = asked.period === "this-month" ? "last-month" : "this-month";
  return (
    <EmptyState
      title="Nothing in this time"
      act={
        <Button onClick={() => onAsk({ ...rest, period })}>
          {period === "this-month" ? "This month" : "Last month"}
        </Button>
      }
    >
      {report.about}
    </EmptyState>
  );
}
