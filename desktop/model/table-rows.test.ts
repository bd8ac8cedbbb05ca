import { describe, expect, it } from "vitest";
import { filteredRows, rowsAsText, sortedRows, type TableValue } from "./table-rows.ts";

interface Row {
  name: string;
  talked: number | null;
}
const rows: Row[] = [
  { name: "Desk 10", talked: 5 },
  { name: "Desk 2", talked: null },
  { name: "Änne\tTab", talked: 40 },
];
const columns: TableValue<Row>[] = [
  { id: "name", value: (row) => row.name },
  { id: "talked", value: (row) => row.talked },
];
const names = (list: Row[]) => list.map((row) => row.name);

describe("a table's rows", () => {
  it("are sorted as people do: numbers in names by their value, accents beside their letter", () => {
    expect(names(sortedRows(rows, columns, { id: "name", down: false }))).toEqual(["Änne\tTab", "Desk 2", "Desk 10"]);
  });

  it("have those without a value last, whichever way", () => {
    expect(names(sortedRows(rows, columns, { id: "talked", down: false })).at(-1)).toBe("Desk 2");
    expect(names(sortedRows(rows, columns, { id: "talked", down: true }))).toEqual(["Änne\tTab", "Desk 10", "Desk 2"]);
  });

  it("stay as they came without an order or with an unknown one", () => {
    expect(sortedRows(rows, columns, null)).toEqual(rows);
    expect(sortedRows(rows, columns, { id: "gone", down: true })).toEqual(rows);
  });

  it("are found by every word, in any column", () => {
    expect(names(filteredRows(rows, columns, "desk 5"))).toEqual(["Desk 10"]);
    expect(filteredRows(rows, columns, " ")).toHaveLength(3);
  });

  it("are copied for a spreadsheet, with no tab inside a cell", () => {
    expect(rowsAsText(rows.slice(1), columns)).toBe("Desk 2\t\nÄnne Tab\t40");
  });

  it("are found and copied as they are read, and sorted by what stands behind", () => {
    const said = [columns[0], { ...columns[1], text: (row: Row) => `${row.talked ?? "no"} s` }] as TableValue<Row>[];
    expect(names(filteredRows(rows, said, "40 s"))).toEqual(["Änne\tTab"]);
    expect(rowsAsText(rows.slice(0, 1), said)).toBe("Desk 10\t5 s");
    expect(names(sortedRows(rows, said, { id: "talked", down: true }))[0]).toBe("Änne\tTab");
  });
});
