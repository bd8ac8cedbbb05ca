import { useMemo } from "react";
import type { DayRow } from "../../model/agent-day.ts";
import { hoursText } from "../../model/elapsed.ts";
import { clockOn, type TimeWindow } from "../../model/timeline.ts";
import { type Column, Table } from "../../ui/table.tsx";

/** What the time line shows, as a table: for readers of screens, for copying, for looking things up. */
export function DayTable(props: { rows: readonly DayRow[]; day: TimeWindow; zone: string }) {
  const { rows, zone } = props;
  const { from, to } = props.day;
  const columns = useMemo(() => columnsIn({ from, to }, zone), [from, to, zone]);
  return (
    <div className="days-table">
      <Table
        name="days"
        label="The day as a table"
        rows={rows}
        columns={columns}
        keyOf={(row) => `${row.lane} ${row.key}`}
      />
    </div>
  );
}

function columnsIn(day: TimeWindow, zone: string): Column<DayRow>[] {
  return [
    {
      id: "from",
      title: "From",
      value: ({ from }) => from,
      text: ({ from }) => clockOn(from, day, zone, true),
      width: 116,
    },
    { id: "to", title: "To", value: ({ to }) => to, text: ({ to }) => clockOn(to, day, zone, true), width: 116 },
    {
      id: "length",
      title: "Length",
      value: ({ from, to }) => to - from,
      text: ({ from, to }) => hoursText((to - from) / 1000),
      width: 80,
      numeric: true,
    },
    { id: "lane", title: "Lane", value: ({ lane }) => lane, width: 100 },
    { id: "word", title: "What", value: ({ word }) => word, width: 150 },
    { id: "about", title: "About", value: ({ about }) => about || null, width: 260 },
  ];
}
