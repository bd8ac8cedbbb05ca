import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { ReportAnswer, ReportAsked, ReportColumn, ReportDescription } from "../../../contract/views.ts";
import { counted } from "../../model/elapsed.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { wayBehind } from "../../model/report-address.ts";
import { cellText, isNumeric, widthOf } from "../../model/report-cells.ts";
import type { SortBy } from "../../model/table-rows.ts";
import { EmptyState, ErrorLine, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { ColumnChoice, shownColumns } from "../../ui/column-choice.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useDesk } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { DeliverButton } from "./deliver-button.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { ReportBar } from "./report-bar.tsx";
import { ReportCharts } from "./report-charts.tsx";
import { SavedFilters } from "./saved-filters.tsx";
import { useAnswer, useLayout } from "./use-reports.ts";

type Row = ReportAnswer["rows"][number];

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
    () => columnsOf(first?.columns ?? [], report, reports, asked, time),
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
                  : (column, place) => footText(column.id, place, totals, first.columns, time)
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

function footText(id: string, place: number, totals: Row["cells"], columns: readonly ReportColumn[], time: HouseTime) {
  const column = columns.find(({ key }) => key === id);
  const value = totals[id];
  if (column === undefined || value === undefined || value === null) return place === 0 ? "Total" : "";
  return cellText(value, column.kind, time);
}

function columnsOf(
  columns: readonly ReportColumn[],
  report: ReportDescription,
  reports: readonly ReportDescription[],
  asked: ReportAsked,
  time: HouseTime,
): Column<Row>[] {
  return columns.map((column) => {
    const { key, title, kind, hidden, about, opens } = column;
    const text = (row: Row) => cellText(row.cells[key] ?? null, kind, time);
    const target = reports.find(({ name }) => name === opens?.report);
    return {
      ...{ id: key, title, hidden, about, width: widthOf(kind, title), numeric: isNumeric(kind), text },
      unsorted: report.form === "list",
      value: (row) => row.cells[key] ?? null,
      cell: (row) => {
        const way =
          opens === null || row.narrow === null || !row.cells[key] ? null : wayBehind(asked, row.narrow, opens, target);
        return way === null ? text(row) : <Behind way={way} text={text(row)} />;
      },
    };
  });
}

/** A number that leads to the rows behind it. */
function Behind({ way, text }: { way: { to: string; search: Record<string, string> }; text: string }) {
  return (
    <Link className="report-behind" to={way.to} search={way.search}>
      {text}
    </Link>
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
