import { expect, test } from "vitest";
import type { ReportDescription } from "../../contract/views.ts";
import { askedForDays, askedFromAddress, daysAsked, groupsOf, isWholeDays, wayBehind } from "./report-address.ts";

const ROME = { zone: "Europe/Rome", firstDay: 1 };
const NOW = "2026-11-22T12:00:00Z";
const param = (key: string, kind: ReportDescription["params"][number]["kind"], choices: string[] = []) => ({
  ...{ key, title: key, kind, otherwise: "" },
  choices: choices.map((value) => ({ value, label: value })),
});
const report: ReportDescription = {
  ...{ name: "queues", title: "Queues", group: "queues", about: "", form: "figures", columns: [], charts: [] },
  groupings: ["queue", "day", "hour"].map((key) => ({ key, title: key })),
  groupBy: ["queue"],
  params: [param("queueId", "queue"), param("type", "choice", ["inbound"])],
};

test("an address says what a report is asked, and what it says wrongly is left out", () => {
  const search = {
    report: "queues",
    period: "last-week",
    groupBy: "day,queue",
    queueId: 3,
    type: "fax",
    colour: "red",
  };
  expect(askedFromAddress(search, report)).toEqual({ period: "last-week", groupBy: "day,queue", queueId: "3" });
  expect(askedFromAddress({ groupBy: "moon", queueId: "1;drop", from: "x", to: "y" }, report)).toEqual({
    period: "today",
  });
  expect(groupsOf({}, report)).toEqual(["queue"]);
  expect(groupsOf(askedFromAddress({ groupBy: "" }, report), report)).toEqual([]);
});

test("days become the house's midnights, and come back as days", () => {
  const asked = askedForDays({ period: "today", queueId: "3" }, { from: "2026-10-25", to: "2026-10-25" }, ROME.zone);
  expect(asked).toEqual({ queueId: "3", from: "2026-10-24T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z" });
  expect(daysAsked(asked, NOW, ROME)).toEqual({ from: "2026-10-25", to: "2026-10-25" });
  expect(isWholeDays(asked, ROME.zone)).toBe(true);
  const hour = { from: "2026-10-25T00:00:00.000Z", to: "2026-10-25T01:00:00.000Z" };
  expect(isWholeDays(hour, ROME.zone)).toBe(false);
  expect(askedForDays({}, { from: "2026-10-26", to: "2026-10-25" }, ROME.zone).to).toBe("2026-10-26T23:00:00.000Z");
  expect(askedForDays({ period: "today" }, { from: "", to: "2026-10-25" }, ROME.zone)).toEqual({ period: "today" });
});

test("behind a number stands the same question, narrowed by its row and its column", () => {
  const asked = { period: "today", groupBy: "hour", sort: "-offered", queueId: "3" };
  const row = { from: "2026-11-22T08:00:00.000Z", to: "2026-11-22T09:00:00.000Z", agentId: "7" };
  expect(wayBehind(asked, row, { report: "report-call", narrow: { answered: "yes" } }, undefined)).toEqual({
    to: "/report-call",
    search: { from: row.from, to: row.to, queue: "3", agent: "7", answered: "yes" },
  });
  const target = { ...report, name: "queue-calls", params: [param("queueId", "queue"), param("outcome", "choice")] };
  expect(wayBehind(asked, row, { report: "queue-calls", narrow: { outcome: "abandoned" } }, target)).toEqual({
    to: "/reports",
    search: { report: "queue-calls", from: row.from, to: row.to, queueId: "3", outcome: "abandoned" },
  });
  expect(wayBehind(asked, {}, { report: "gone", narrow: {} }, undefined)).toBeNull();
});
