import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads } from "../../test/call-house.ts";
import { recordedJournals } from "../../test/journal-fixture.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import { takeBatch } from "../calls/journal-batch.ts";
import type { Db } from "../db/pool.ts";
import { createBalanceChecks } from "./balance-checks.ts";

let house: CallHouse;
const checks = createBalanceChecks(journalLanguage);
const always = { from: new Date("2001-01-01"), to: new Date("2099-01-01") };

beforeAll(async () => {
  house = await callHouse();
  const first = instantOf(recordedReads("queue-answered-caller-ends")[0]);
  await house.sit(house.staff.anna, house.staff.desk11, new Date(first.getTime() - 60_000), null);
  for (const name of recordedJournals()) await takeBatch(house.deps, recordedReads(name));
});
afterAll(() => house?.end());

async function unbalanced(db: Db): Promise<Record<string, string[]>> {
  const off: Record<string, string[]> = {};
  for (const { name, find } of checks) {
    const found = await find(db, always);
    if (found.off > 0) off[name] = found.first.map(({ words }) => words);
  }
  return off;
}

class Undo extends Error {}

/** What does not balance where this fault is planted. Nothing of it stays. */
async function withFault(plant: (tx: Db) => Promise<unknown>): Promise<string[]> {
  let found: string[] = [];
  await house.db
    .transaction()
    .execute(async (tx) => {
      await plant(tx);
      found = Object.keys(await unbalanced(tx));
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return found;
}

const faulty = (text: string) => withFault((tx) => sql.raw(text).execute(tx));
const aRow = "select id from report_calls where answered_at is not null and queue_id is not null order by id limit 1";

test("the books of every recorded journal balance, and something was compared", async () => {
  expect(await unbalanced(house.db)).toEqual({});
  const compared = await Promise.all(checks.map(({ find }) => find(house.db, always).then((one) => one.compared)));
  expect(compared.filter((n) => n > 0).length).toBeGreaterThanOrEqual(checks.length - 4);
});

describe("a fault is found:", () => {
  test("a call that was lost although the journal tells of it", async () => {
    const found = await faulty("delete from calls where linked_id = (select min(linked_id) from calls)");
    expect(found).toContain("journal");
  });
  test("lines that were lost", async () => {
    const found = await faulty("delete from journal_lines where linked_id = (select min(linked_id) from calls)");
    expect(found).toEqual(["lines"]);
  });
  test("but not that a journal is in the archive", async () => {
    const found = await withFault(async (tx) => {
      await sql`update call_months set journal_archived_at = now()`.execute(tx);
      await sql`delete from journal_lines`.execute(tx);
    });
    expect(found).toEqual([]);
  });
  test("a line that was set aside", async () => {
    const found = await faulty(
      "insert into journal_damage (node, file_id, byte, text, why) values ('node1', 'x', 1, '{', 'not a JSON object')",
    );
    expect(found).toEqual(["damage"]);
  });
  test("a call without an end", async () => {
    const found = await faulty(`update calls set ended_at = null, started_at = '2026-01-02' where linked_id = (
      select linked_id from report_calls where id = (${aRow}))`);
    expect(found).toEqual(["ends"]);
  });
  test("a row that was lost", async () => {
    expect(await faulty(`delete from report_calls where id = (${aRow})`)).toEqual(
      expect.arrayContaining(["rows", "answers", "queue-answers"]),
    );
  });
  test("a row that says more talk than there was time", async () => {
    const found = await faulty(`update report_calls set billable_ms = duration_ms + 60000 where id = (${aRow})`);
    expect(found).toEqual(["lengths"]);
  });
  test("a stay in a queue without an outcome", async () => {
    const found = await faulty(`update queue_visits set outcome = null, left_at = null where id = (
      select min(id) from queue_visits where outcome = 'abandoned')`);
    expect(found).toEqual(["visits"]);
  });
  test("a stay that says abandoned where somebody answered", async () => {
    const found = await faulty(`update queue_visits set outcome = 'abandoned' where linked_id = (
      select linked_id from report_calls where id = (${aRow}))`);
    expect(found).toEqual(["queue-answers"]);
  });
  test("a row of somebody who did not sit there", async () => {
    const { ben } = house.staff;
    const found = await faulty(`update report_calls set seated_agent_id = ${ben} where id = (
      select id from report_calls where telephone_id is not null and seated_agent_id is distinct from ${ben} order by id limit 1)`);
    expect(found).toEqual(["seats"]);
  });
  test("a row that is counted for another", async () => {
    const found = await faulty(`update report_calls set user_id = ${house.staff.ben} where id = (
      select id from report_calls where user_id = telephone_id order by id limit 1)`);
    expect(found).toEqual(["users"]);
  });
  test("a disposition that no row knows", async () => {
    const found = await faulty(`insert into leg_dispositions (leg_id, agent_id, level1, disposed_at, disposed_by)
      values ('nobody', ${house.staff.anna}, 'Sale', now(), ${house.staff.anna})`);
    expect(found).toEqual(["dispositions"]);
  });
  test("a session that held no telephone for an hour", async () => {
    const found = await withFault(async (tx) => {
      const { rows } = await sql<{ id: number }>`insert into sessions (agent_id, started_at, ended_at, end_reason)
        values (${house.staff.ben}, '2026-03-02 08:00Z', '2026-03-02 16:00Z', 'logged-out') returning id`.execute(tx);
      await sql`insert into leases (session_id, agent_id, telephone_id, started_at, ended_at, end_reason)
        values (${rows[0]?.id}, ${house.staff.ben}, ${house.staff.desk12}, '2026-03-02 08:00Z', '2026-03-02 15:00Z',
          'logged-out')`.execute(tx);
    });
    expect(found).toEqual(["leases"]);
  });
  test("a wrap-up after a call that somebody else took", async () => {
    const { ben, desk12, desk13 } = house.staff;
    const wrapUp = (telephone: number, legId: string) => (tx: Db) =>
      sql`with session as (
            insert into sessions (agent_id, started_at, ended_at, end_reason)
            values (${ben}, '2026-11-01Z', '2026-11-30Z', 'logged-out') returning id),
          lease as (
            insert into leases (session_id, agent_id, telephone_id, started_at, ended_at, end_reason)
            select id, ${ben}, ${telephone}, '2026-11-01Z', '2026-11-30Z', 'logged-out' from session)
        insert into pause_causes (session_id, cause, reason, started_at, ended_at)
        select id, 'wrap-up', ${legId}, '2026-11-23Z', '2026-11-24Z' from session`.execute(tx);
    const { leg_id: legId } = await house.db
      .selectFrom("legs")
      .where("telephone_id", "=", desk12)
      .where("answered_at", "is not", null)
      .where("ended_at", "is not", null)
      .select("leg_id")
      .executeTakeFirstOrThrow();
    expect(await withFault(wrapUp(desk13, legId))).toContain("wrap-ups");
    expect(await withFault(wrapUp(desk12, "nobody"))).toContain("wrap-ups");
    expect(await withFault(wrapUp(desk12, legId))).not.toContain("wrap-ups");
  });
  test("a recording of no call, one that is longer than its call, and one that is damaged", async () => {
    const { linked_id: linkedId, started_at: at } = await house.db
      .selectFrom("calls")
      .where("ended_at", "is not", null)
      .select(["linked_id", "started_at"])
      .executeTakeFirstOrThrow();
    const recording = (linked: string, seconds: number, state: string) => (tx: Db) =>
      sql`insert into recordings (source, linked_id, channel_id, started_at, ended_at, length_ms, parts, peaks, format,
          bytes, file, sha256, key_id, state)
        values ('one', ${linked}, ${linked}, ${at}, ${at}::timestamptz + make_interval(secs => ${seconds}), 1, '[]', '',
          'mp3', 1, 'one', '', 'key', ${state})`.execute(tx);
    expect(await withFault(recording("node1-1795000000.99", 0, "kept"))).toEqual(["recordings"]);
    expect(await withFault(recording(linkedId, 3600, "kept"))).toEqual(["recordings"]);
    expect(await withFault(recording(linkedId, 0, "damaged"))).toEqual(["recordings"]);
    expect(await withFault(recording(linkedId, 0, "kept"))).toEqual([]);
  });
  test("sums that are not those of the rows", async () => {
    expect(await faulty("update report_slots set talk_ms = talk_ms + 1 where rows > 0")).toEqual(["report-sums"]);
    expect(await faulty("update queue_slots set entered = entered + 1")).toEqual(["queue-sums"]);
  });
});
