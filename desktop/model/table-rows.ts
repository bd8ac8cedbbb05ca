/** What a table sorts, filters and copies by. */
export interface TableValue<Row> {
  id: string;
  /** The plain value: sorted by it; found by it and copied as it where there is no `text`. */
  value: (row: Row) => string | number | null;
  /** As it is read, where that is not the plain value: an instant in the house's words. */
  text?: (row: Row) => string;
}

export interface SortBy {
  id: string;
  down: boolean;
}

const textOf = <Row>(column: TableValue<Row>, row: Row) => column.text?.(row) ?? String(column.value(row) ?? "");

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The rows in the order asked for; what has no value comes last whichever way. The given array stays as it is. */
export function sortedRows<Row>(rows: readonly Row[], columns: readonly TableValue<Row>[], by: SortBy | null): Row[] {
  const column = by && columns.find((one) => one.id === by.id);
  if (!by || !column) return [...rows];
  const sign = by.down ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = column.value(left);
    const b = column.value(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b)));
  });
}

/** The rows in which every word of the filter occurs in some column. */
export function filteredRows<Row>(rows: readonly Row[], columns: readonly TableValue<Row>[], filter: string): Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = columns.map((column) => textOf(column, row).toLowerCase()).join("\n");
    return words.every((word) => text.includes(word));
  });
}

/** Rows as a spreadsheet takes them from the clipboard: tabs between cells, no tab or line break inside one. */
export function rowsAsText<Row>(rows: readonly Row[], columns: readonly TableValue<Row>[]): string {
  return rows
    .map((row) => columns.map((column) => textOf(column, row).replace(/[\t\r\n]+/g, " ")).join("\t"))
    .join("\n");
}
