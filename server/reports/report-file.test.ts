import { randomBytes } from "node:crypto";
import { buffer, text } from "node:stream/consumers";
import { expect, it } from "vitest";
import type { Cells, ReportColumn } from "../../contract/views.ts";
import { unzipped } from "../../test/unzipped.ts";
import { type FileContent, reportFile } from "./report-file.ts";

const column = (key: string, kind: ReportColumn["kind"]): ReportColumn => ({
  ...{ key, title: `The ${key}`, kind, about: "", hidden: false, opens: null },
});
const COLUMNS = [
  column("who", "text"),
  column("at", "instant"),
  column("day", "day"),
  column("calls", "count"),
  column("talk", "seconds"),
  column("share", "percent"),
  column("weekday", "weekday"),
];
const ROWS: Cells[] = [
  {
    who: '=cmd|"/c calc"!A1',
    at: "2026-03-29T01:30:00.000Z",
    day: "2026-03-29",
    calls: 3,
    talk: 90,
    share: 12.5,
    weekday: "7",
  },
  { who: "A & B <c> \u0007\ud800", at: null, day: "2026-10-25", calls: 0, talk: 0.25, share: null, weekday: "1" },
];
const content = (rows: Cells[] = ROWS): FileContent => ({
  ...{ title: "Who/what", zone: "Europe/Rome", columns: COLUMNS },
  rows: (async function* () {
    yield* rows;
  })(),
  totals: { calls: 3, talk: 90.25, share: 12.5 },
});

it("as CSV has numbers as numbers, the house's clock, a total, and no formulas", async () => {
  const file = reportFile(content(), "csv", "calls");
  expect([file.name, file.type]).toEqual(["calls.csv", "text/csv; charset=utf-8"]);
  const lines = (await text(file.stream)).replace("\uFEFF", "").trimEnd().split("\r\n");
  expect(lines).toEqual([
    "The who,The at (Europe/Rome),The day,The calls,The talk s,The share,The weekday",
    `"'=cmd|""/c calc""!A1",2026-03-29 03:30:00,2026-03-29,3,90,12.5,Sunday`,
    expect.stringMatching(/^A & B <c> .*,,2026-10-25,0,0.25,,Monday$/),
    "Total,,,3,90.25,12.5,",
  ]);
});

it("as a spreadsheet has times, lengths and shares that can be reckoned with, and texts that are only texts", async () => {
  const files = unzipped(await buffer(reportFile(content(), "xlsx", "calls").stream));
  expect([...files.keys()].sort()).toEqual([
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
  ]);
  expect(files.get("xl/workbook.xml")).toContain('<sheet name="Who what" sheetId="1"');
  const sheet = files.get("xl/worksheets/sheet1.xml") ?? "";
  expect(sheet.match(/<row /g)).toHaveLength(4);
  expect(sheet).toContain('<t xml:space="preserve">=cmd|"/c calc"!A1</t>');
  expect(sheet).toContain("A &amp; B &lt;c&gt; \ufffd</t>");
  expect(sheet).not.toContain("<f>");
  // 03:30 in Rome, in days since 30 December 1899 (2026-03-29 is the 46110th); 90 s; 12.5 %.
  expect(Number(/r="B2"[^>]*><v>([^<]*)</.exec(sheet)?.[1])).toBeCloseTo(46110 + 3.5 / 24, 9);
  expect(sheet).toContain(`<v>${90 / 86_400}</v>`);
  expect(sheet).toContain("<v>0.125</v>");
  expect(sheet).toContain("Total");
});

it("stops asking for rows when nobody reads any more", async () => {
  let stopped = false;
  const endless: FileContent = {
    ...content(),
    rows: (async function* () {
      try {
        for (;;) {
          yield { ...ROWS[0], who: randomBytes(2000).toString("hex") };
        }
      } finally {
        stopped = true;
      }
    })(),
  };
  const { stream } = reportFile(endless, "xlsx", "calls");
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes > 100_000) break;
  }
  await expect.poll(() => stopped).toBe(true);
});
