import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EXPORT_COLUMNS } from "./report-call-export.ts";
import { reportCsv, safeCell, secondsOf } from "./report-csv.ts";

test.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "＝1"])(
  "%j gets an apostrophe",
  (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  },
);

test.each(["+390551234567", "0551234567", "Maria = Bianchi", "a-b", "", "sales@example.com"])("%j stays", (cell) => {
  expect(safeCell(cell)).toBe(cell);
});

test("numbers and nothing stay what they are", () => {
  expect([safeCell(-1.5), safeCell(null)]).toEqual([-1.5, null]);
});

test("lengths are written as JavaScript writes numbers", () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 10 ** 13 }), (ms) => {
      expect(secondsOf(ms)).toBe(String(ms / 1000));
    }),
  );
  expect([0, 5, 50, 500, 1000, 1234, 60_010].map(secondsOf)).toEqual([
    "0",
    "0.005",
    "0.05",
    "0.5",
    "1",
    "1.234",
    "60.01",
  ]);
});

test("a file has a line for each row, whatever stands in it and in however many pieces it comes", async () => {
  const row = (cells: Record<string, string>) => EXPORT_COLUMNS.map(({ title }) => cells[title] ?? "");
  const pieces = [
    [row({ Start: "2026-03-29 00:59:59.999", Source: "+39055", "Caller id": '=1+"1"', "Hold s": "1500", Row: "a" })],
    [],
    [
      row({ Start: "2026-03-29 01:00:00", "Caller id": 'Rossi, "M"', "Duration s": "0", Row: "b" }),
      row({ User: "Anna\nB", Queue: "-x", Row: "c" }),
    ],
  ];
  const csv = reportCsv(
    (async function* () {
      yield* pieces;
    })(),
    "Europe/Rome",
  );
  const titles = EXPORT_COLUMNS.map(({ title, kind }) => (kind === "instant" ? `${title} (Europe/Rome)` : title));
  const line = (cells: Record<string, string>) => row(cells).join(",");
  expect((await buffer(csv)).toString()).toBe(
    [
      `\uFEFF${titles.join(",")}`,
      line({ Start: "2026-03-29 01:59:59", Source: "+39055", "Caller id": `"'=1+""1"""`, "Hold s": "1.5", Row: "a" }),
      line({ Start: "2026-03-29 03:00:00", "Caller id": '"Rossi, ""M"""', "Duration s": "0", Row: "b" }),
      line({ User: '"Anna\nB"', Queue: "'-x", Row: "c" }),
      "",
    ].join("\r\n"),
  );
});
