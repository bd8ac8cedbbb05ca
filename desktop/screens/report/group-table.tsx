import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReportAnswer } from "../../../contract/views.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { addressOf, behindGroup, type ReportFilters } from "../../model/report-filters.ts";
import type { SortBy } from "../../model/table-rows.ts";
import { type Column, Table } from "../../ui/table.tsx";
import { type FigureRow, figureColumns, figureFoot } from "../reports/figure-columns.tsx";
import { NoCalls } from "./no-calls.tsx";

/** What rows are put together by stands first, under a name that stays when it is something else. */
const GROUP = "group";

/** The rows in groups, and what they come to. A group opens its rows, by Enter as by its numbers. */
export function GroupTable(props: {
  answer: ReportAnswer;
  filters: ReportFilters;
  time: HouseTime;
  onChange: (filters: ReportFilters) => void;
}) {
  const { answer, filters, time } = props;
  const navigate = useNavigate();
  const [head] = answer.columns;
  const columns = useMemo(() => columnsOf(answer, filters, time), [answer, filters, time]);
  const { order } = filters;
  const by = order.replace(/^-/, "");
  const sort: SortBy | null = order === "" ? null : { id: by === head?.key ? GROUP : by, down: order.startsWith("-") };
  const onSort = ({ id, down }: SortBy) =>
    props.onChange({ ...filters, order: `${down ? "-" : ""}${id === GROUP ? (head?.key ?? "") : id}` });
  const open = ({ narrow, cells }: FigureRow) => {
    if (narrow === null || !cells.rows) return;
    void navigate({ to: ".", search: addressOf(behindGroup(filters, narrow)) });
  };
  return (
    <Table
      name="report-call.groups"
      label="Report Call in groups"
      // Cuts of time without calls are told apart from a time without any.
      rows={answer.totals?.rows ? answer.rows : []}
      columns={columns}
      keyOf={(row) => row.key}
      sort={sort}
      onSort={onSort}
      onOpen={answer.rows.some(({ narrow }) => narrow !== null) ? open : undefined}
      foot={(column, place) => figureFoot(column.id, place, answer.totals ?? {}, answer.columns, time)}
      empty={<NoCalls filters={filters} onChange={props.onChange} />}
    />
  );
}

function columnsOf(answer: ReportAnswer, filters: ReportFilters, time: HouseTime): Column<FigureRow>[] {
  const [group, ...others] = figureColumns(answer.columns, time, {
    unsorted: false,
    way: (narrow, opens) => ({
      to: "/report-call",
      search: addressOf(behindGroup(filters, { ...narrow, ...opens.narrow })),
    }),
  });
  // Which part of all it is belongs beside how many there are.
  const share = others.find(({ id }) => id === "share");
  const rest = others.filter((one) => one !== share);
  const at = rest.findIndex(({ id }) => id === "rows") + 1;
  const figures = share === undefined ? rest : rest.toSpliced(at, 0, share);
  return group === undefined ? figures : [{ ...group, id: GROUP }, ...figures];
}
