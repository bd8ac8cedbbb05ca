import { expect, test } from "vitest";
import type { ReportCallRow } from "../../contract/views.ts";
import { latestOf } from "./report-latest.ts";

const row = (id: string, minute: number, more: Partial<ReportCallRow> = {}): ReportCallRow => ({
  id,
  legId: null,
  linkedId: id,
  type: "inbound",
  source: "1",
  destination: "2",
  callerId: "",
  startedAt: `2026-11-22T10:0${minute}:00.000Z`,
  answeredAt: null,
  endedAt: null,
  durationS: null,
  billableS: null,
  holdS: null,
  disposition: "NO ANSWER",
  userDisposition: null,
  userSecondDisposition: null,
  userThirdDisposition: null,
  userId: null,
  userKind: null,
  userName: null,
  telephoneId: null,
  telephoneName: null,
  seatedAgentId: null,
  seatedAgentName: null,
  contactId: null,
  contactName: null,
  note: null,
  queue: null,
  accountCode: null,
  prefix: null,
  endedBy: null,
  ...more,
});

test("a row whose call ended meanwhile shows it, in its place", () => {
  const { rows, fresh } = latestOf([row("b", 2), row("a", 1)], [row("b", 2, { durationS: 31 })]);
  expect(rows.map((one) => [one.id, one.durationS])).toEqual([
    ["b", 31],
    ["a", null],
  ]);
  expect(fresh).toBe(0);
});

test("rows that came since are counted, not put in", () => {
  const { rows, fresh } = latestOf([row("b", 2)], [row("d", 4), row("c", 3), row("b", 2), row("a", 1)]);
  expect(rows.map((one) => one.id)).toEqual(["b"]);
  expect(fresh).toBe(2);
});
