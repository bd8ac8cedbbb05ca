import { parse } from "node:querystring";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads } from "../../test/call-house.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import { takeBatch } from "../calls/journal-batch.ts";
import { Refusal } from "../refusal.ts";
import { createReportCalls, type ReportCalls } from "./report-calls.ts";
import type { ReportQuery } from "./report-filter.ts";

let house: CallHouse;
let reports: ReportCalls;
const names = [
  "queue-answered-caller-ends",
  "queue-blind-transfer-to-queue",
  "queue-attended-transfer",
  "internal-to-queue",
  "outbound-given-up",
  "telephone-transfers-outbound",
];

beforeAll(async () => {
  house = await callHouse();
  const first = instantOf(recordedReads("queue-answered-caller-ends")[0]);
  await house.sit(house.staff.anna, house.staff.desk11, new Date(first.getTime() - 60_000), null);
  for (const name of names) await takeBatch(house.deps, recordedReads(name));
  await house.db
    .insertInto("leg_dispositions")
    .values({
      ...{ leg_id: "none", agent_id: house.staff.anna, level1: "Sale", disposed_by: house.staff.anna },
      disposed_at: new Date(),
    })
    .execute();
  reports = createReportCalls({
    db: house.db,
    language: journalLanguage,
    settings: { current: () => house.settings },
  });
});
afterAll(() => house?.end());

async function list(query: ReportQuery = {}) {
  const found = await reports.list(query);
  if (found instanceof Refusal) throw new Error(found.title);
  return found;
}

describe("Report Call", () => {
  test("has a row for each handling, the newest first", async () => {
    const { rows, next } = await list();
    expect(next).toBeNull();
    expect(rows).toHaveLength(10);
    expect(rows.map((row) => row.startedAt)).toEqual(
      rows
        .map((row) => row.startedAt)
        .toSorted()
        .toReversed(),
    );
    expect(rows.at(-1)).toMatchObject({
      ...{ type: "inbound", source: "0551234567", destination: "0550000900", queue: "support", endedBy: "caller" },
      ...{ userKind: "telephone", userName: "desk11", seatedAgentName: "anna", disposition: "ANSWERED" },
      ...{ callerId: "Maria Bianchi <0551234567>", durationS: 2.724, billableS: 2.021, holdS: null },
    });
  });

  test.each([
    ["type=internal", 2],
    ["type=outbound&answered=false", 1],
    ["queue=support", 3],
    ["queue=3", 2],
    ["queueId=1&disposition=ANSWERED", 3],
    ["number=612345", 3],
    ["number=%25", 0],
    ["disposition=NO ANSWER", 1],
    ["disposition=Sale", 0],
    ["userDisposition=Sale", 0],
    ["from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z", 10],
    ["to=2026-11-22T00:00:00Z", 0],
    ["from=2026-11-22T12:33:00%2B01:00&type=inbound", 5],
  ])("%s: %i rows", async (asked, count) => {
    const { answered, queueId, ...query } = parse(asked) as Record<string, string>;
    const typed = {
      ...query,
      ...(answered === undefined ? {} : { answered: answered === "true" }),
      ...(queueId === undefined ? {} : { queueId: Number(queueId) }),
    };
    expect((await list(typed)).rows).toHaveLength(count);
  });

  test("narrows to a user and a telephone", async () => {
    const { anna, ben, desk11, desk12 } = house.staff;
    expect((await list({ userId: desk11 })).rows).toHaveLength(4);
    expect((await list({ telephoneId: desk12 })).rows).toHaveLength(3);
    expect((await list({ userId: ben })).rows).toHaveLength(3);
    expect((await list({ userId: anna })).rows).toEqual([]);
  });

  test.each(["startedAt", "-startedAt", "durationS", "-durationS", "billableS", "-billableS"] as const)(
    "pages by %s without losing or repeating a row",
    async (sort) => {
      const whole = (await list({ sort })).rows.map((row) => row.id);
      // Those of a day are found in another way than those of years.
      for (const range of [{}, { from: "2026-11-22T00:00:00Z", to: "2026-11-23T00:00:00Z" }]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await list({ ...range, sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
          seen.push(...page.rows.map((row) => row.id));
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(whole);
      }
    },
  );

  test("adds up the rows of a filter, and not those of years", async () => {
    const day = { from: "2026-11-22T00:00:00Z", to: "2026-11-23T00:00:00Z" };
    const { rows } = await list({ ...day, limit: 500 });
    const sum = (of: (row: (typeof rows)[number]) => number | null) =>
      rows.reduce((all, row) => all + (of(row) ?? 0), 0);
    const totals = await reports.totals(day);
    if (totals instanceof Refusal) throw new Error(totals.title);
    expect(totals).toMatchObject({ rows: rows.length, answered: rows.filter((row) => row.answeredAt !== null).length });
    expect(totals.durationS).toBeCloseTo(
      sum((row) => row.durationS),
      6,
    );
    expect(totals.billableS).toBeCloseTo(
      sum((row) => row.billableS),
      6,
    );
    expect(await reports.totals({ ...day, type: "internal" })).toMatchObject({ rows: 2 });
    expect(await reports.totals({})).toBeInstanceOf(Refusal);
    expect(await reports.totals({ ...day, from: "2025-11-22T00:00:00Z" })).toBeInstanceOf(Refusal);
  });

  test("refuses instants that are none and cursors of another list", async () => {
    const { next } = await list({ limit: 1 });
    const wrong: ReportQuery[] = [
      { from: "yesterday" },
      { to: "2026-13-01T00:00:00Z" },
      { cursor: "e30" },
      { cursor: next ?? "", sort: "durationS" },
    ];
    for (const query of wrong) expect(await reports.list(query)).toBeInstanceOf(Refusal);
  });

  test("as a file has the same rows, local times, and no formulas", async () => {
    await house.db
      .updateTable("report_calls")
      .where("type", "=", "internal")
      .set({ caller_id: '=cmd|"/c calc"!A1', source: "+39055123" })
      .execute();
    const csv = reports.csv({ type: "internal" }, "Europe/Rome");
    if (csv instanceof Refusal) throw new Error(csv.title);
    const [head, ...lines] = (await text(csv)).replace("\uFEFF", "").trimEnd().split("\r\n");
    expect(head).toContain("Start (Europe/Rome),Answer (Europe/Rome)");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^2026-11-22 12:5\d:\d\d,/);
    expect(lines[0]).toContain(`,+39055123,`);
    expect(lines[0]).toContain(`,"'=cmd|""/c calc""!A1",`);
    const whole = reports.csv({ limit: 1, cursor: "ignored" });
    if (whole instanceof Refusal) throw new Error(whole.title);
    expect((await text(whole)).trimEnd().split("\r\n")).toHaveLength(11);
    expect(reports.csv({}, "Europe/Atlantis")).toBeInstanceOf(Refusal);
  });

  test("says why a row has its user, with lease, transfers and the journal's lines", async () => {
    const { rows } = await list({ type: "inbound" });
    const why = async (endedBy: string, telephone: string) => {
      const row = rows.find((one) => one.endedBy === endedBy && one.telephoneName === telephone);
      const answer = await reports.why(row?.id ?? "");
      if (answer instanceof Refusal) throw new Error(answer.title);
      return answer;
    };
    const undisposed = await why("caller", "desk11");
    expect(undisposed.sentences).toEqual([
      "Telephone desk11 is the user, because anna, who sat there since 12:51, did not dispose the call.",
      "It came through the queue support.",
      "How long it was held is not known: nobody was listening for hold all the time.",
      "The caller hung up.",
    ]);
    expect(undisposed.lease).toMatchObject({ agentName: "anna", endedAt: null });
    expect(undisposed.journal).toHaveLength(15);
    expect(undisposed.parties.map(({ name, people }) => [name, people])).toEqual([
      ["Maria Bianchi", []],
      ["desk11", ["anna"]],
    ]);
    const transferred = await why("transfer", "desk12");
    expect(transferred.sentences).toContain(
      "Telephone desk12 is the user, because nobody was logged in there at that moment.",
    );
    expect(transferred.transfers).toMatchObject([{ from: "desk12" }]);
    const own = transferred.parties.filter(({ spans }) => spans.some((span) => span.own));
    expect(own.map(({ name }) => name)).toEqual(["desk12"]);
    expect(own.map(({ id }) => id)).toEqual(transferred.transfers.map(({ partyId }) => partyId));
    const personal = await why("caller", "desk13");
    expect(personal.sentences[0]).toBe("ben is the user, because desk13 is the personal telephone of ben.");
    expect(await reports.why("nothing")).toBeInstanceOf(Refusal);
  });
});
