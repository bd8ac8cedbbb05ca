import { SegmentedControl } from "@mantine/core";
import type { ReportAnswer, ReportAsked, ReportChart, ReportDescription } from "../../../contract/views.ts";
import { boundText } from "../../model/chart-scale.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { groupsOf } from "../../model/report-address.ts";
import { cellText } from "../../model/report-cells.ts";
import { BarsChart } from "../../ui/charts/bars-chart.tsx";
import { toneOf } from "../../ui/charts/tones.tsx";
import { WeekChart } from "../../ui/charts/week-chart.tsx";
import { useRemembered } from "../../ui/use-remembered.ts";
import { useSettings } from "../house-settings.ts";
import { useWeek } from "./use-reports.ts";

const WORDS: Record<ReportChart["kind"], string> = { bars: "Bars", week: "Week", distribution: "Waits" };
const NONE = "none";
/** Names below each other; more are in the table. */
const MOST_NAMES = 9;
const MOST_BARS = 800;

/** What a report is about, and its pictures: one at a time, or none. */
export function ReportCharts(props: {
  report: ReportDescription;
  asked: ReportAsked;
  answer: ReportAnswer;
  time: HouseTime;
}) {
  const { report, asked, answer } = props;
  const charts = report.charts.filter((one) => one.kind !== "distribution" || answer.distribution !== null);
  const [kept, setKept] = useRemembered<string>(`chart.${report.name}`, charts[0]?.kind ?? NONE);
  const chart = charts.find(({ kind }) => kind === kept);
  if (charts.length === 0 || answer.rows.length === 0) return <p className="report-about quiet">{report.about}</p>;
  return (
    <>
      <div className="report-intro">
        <p className="quiet">{report.about}</p>
        <SegmentedControl
          size="xs"
          aria-label="Chart"
          data={[...charts.map(({ kind }) => ({ value: kind, label: WORDS[kind] })), { value: NONE, label: "None" }]}
          value={chart?.kind ?? NONE}
          onChange={setKept}
        />
      </div>
      {chart === undefined ? null : (
        <section className="report-charts" aria-label="Charts">
          {chart.kind === "bars" ? (
            <Bars {...props} chart={chart} groups={groupsOf(asked, report)} />
          ) : chart.kind === "week" ? (
            <Week report={report} asked={asked} chart={chart} />
          ) : (
            <Waits answer={answer} title={chart.title} />
          )}
        </section>
      )}
    </>
  );
}

function Bars(props: {
  answer: ReportAnswer;
  time: HouseTime;
  chart: Extract<ReportChart, { kind: "bars" }>;
  groups: readonly string[];
}) {
  const { answer, chart, groups, time } = props;
  const columns = chart.columns.flatMap((key) => answer.columns.find((one) => one.key === key) ?? []);
  const [first] = columns;
  const heads = answer.columns.slice(0, groups.length);
  if (first === undefined || heads.length === 0)
    return <p className="quiet">Grouped by something, there are bars here.</p>;
  const across = heads.length > 1 || heads[0]?.kind === "text" || heads[0]?.kind === "number";
  const sum = (cells: ReportAnswer["rows"][number]["cells"]) =>
    columns.reduce((all, { key }) => all + Number(cells[key] ?? 0), 0);
  const most = across ? MOST_NAMES : MOST_BARS;
  const ordered = across ? answer.rows.toSorted((a, b) => sum(b.cells) - sum(a.cells)) : answer.rows;
  const rows = ordered.slice(0, most);
  const left = answer.rows.length - rows.length;
  return (
    <BarsChart
      title={chart.title}
      kind={first.kind}
      across={across}
      labels={rows.map(({ cells }) => heads.map(({ key, kind }) => labelOf(cells[key] ?? null, kind, time)).join(", "))}
      series={columns.map(({ key, title }, at) => ({
        ...{ key, title, fill: toneOf(key, at) },
        values: rows.map(({ cells }) => Number(cells[key] ?? 0)),
      }))}
      note={left > 0 ? `the largest ${rows.length}; ${left} more in the table` : undefined}
    />
  );
}

/** Short, as many of them stand beside each other. */
function labelOf(cell: string | number | null, kind: ReportAnswer["columns"][number]["kind"], time: HouseTime): string {
  const text = cellText(cell, kind, time);
  if (kind === "hour") return text.slice(-5);
  if (kind === "weekday") return text.slice(0, 3);
  return kind === "hour-of-day" ? text.slice(0, 2) : text;
}

function Week(props: { report: ReportDescription; asked: ReportAsked; chart: Extract<ReportChart, { kind: "week" }> }) {
  const { report, asked, chart } = props;
  const week = useWeek(report, asked, true);
  const firstDay = useSettings().data?.firstDayOfWeek ?? 1;
  const column = report.columns.find(({ key }) => key === chart.column);
  const values = new Map(
    (week.data?.rows ?? []).map(({ cells }) => [
      `${cells.weekday} ${Number(cells["hour-of-day"])}`,
      Number(cells[chart.column] ?? 0),
    ]),
  );
  return (
    <WeekChart
      title={chart.title}
      kind={column?.kind ?? "count"}
      firstDay={firstDay}
      amountOf={(weekday, hour) => values.get(`${weekday} ${hour}`) ?? 0}
    />
  );
}

function Waits({ answer, title }: { answer: ReportAnswer; title: string }) {
  const { boundsS, series } = answer.distribution ?? { boundsS: [], series: [] };
  return (
    <BarsChart
      title={title}
      kind="count"
      labels={Array.from({ length: boundsS.length + 1 }, (_, at) => boundText(boundsS, at))}
      series={series.map(({ title: name, counts }, at) => ({
        key: name,
        title: name,
        fill: toneOf(name, at),
        values: counts,
      }))}
    />
  );
}
