import { Link } from "@tanstack/react-router";
import type { ReportAnswer, ReportColumn } from "../../../contract/views.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { cellText, isNumeric, widthOf } from "../../model/report-cells.ts";
import type { Column } from "../../ui/table.tsx";

export type FigureRow = ReportAnswer["rows"][number];
type Way = { to: string; search: Record<string, string> };

/** The columns of an answer. A number leads to the rows behind it, where there is a `way` to them. */
export function figureColumns(
  columns: readonly ReportColumn[],
  time: HouseTime,
  more: {
    unsorted: boolean;
    way: (narrow: Record<string, string>, opens: NonNullable<ReportColumn["opens"]>) => Way | null;
  },
): Column<FigureRow>[] {
  return columns.map(({ key, title, kind, hidden, about, opens }) => {
    const text = (row: FigureRow) => cellText(row.cells[key] ?? null, kind, time);
    return {
      ...{ id: key, title, hidden, about, width: widthOf(kind, title), numeric: isNumeric(kind), text },
      unsorted: more.unsorted,
      value: (row) => row.cells[key] ?? null,
      cell: (row) => {
        const way = opens === null || row.narrow === null || !row.cells[key] ? null : more.way(row.narrow, opens);
        return way === null ? text(row) : <Behind way={way} text={text(row)} />;
      },
    };
  });
}

/** What stands below a column: what it comes to, or that it is the total. */
export function figureFoot(
  id: string,
  place: number,
  totals: FigureRow["cells"],
  columns: readonly ReportColumn[],
  time: HouseTime,
): string {
  const column = columns.find(({ key }) => key === id);
  const value = totals[id];
  if (column === undefined || value === undefined || value === null) return place === 0 ? "Total" : "";
  return cellText(value, column.kind, time);
}

/** A number that leads to the rows behind it. */
function Behind({ way, text }: { way: Way; text: string }) {
  return (
    <Link
      className="report-behind"
      to={way.to}
      search={way.search}
      // A row that opens as well would go to all of its rows.
      onClick={(event) => event.stopPropagation()}
    >
      {text}
    </Link>
  );
}
