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
  expect(compared.filter((n) => n > 0).length).toBeGreaterThanOrEqual(checks.length - 5);
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
  /** Of the first half second of a row's talk, or so many seconds of it. */
  const recording = (
    row: { linked_id: string; answered_at: Date },
    more: { seconds?: number; state?: string; queue?: number } = {},
  ) => {
    const { linked_id: linkedId, answered_at: at } = row;
    const [ms, parts] = [(more.seconds ?? 0.5) * 1000, [{ startedAt: at.toISOString(), placeMs: 0, lengthMs: 500 }]];
    return (tx: Db) =>
      sql`insert into recordings (source, linked_id, channel_id, queue_id, started_at, ended_at, length_ms, parts, peaks,
          format, bytes, file, sha256, key_id, state, removed_at)
        values ('one', ${linkedId}, ${linkedId}, ${more.queue ?? null}, ${at}, ${new Date(at.getTime() + ms)}, 500,
          ${JSON.stringify(parts)}, '', 'mp3', 1, 'one', '', 'key', ${more.state ?? "kept"},
          ${more.state === "removed" ? at : null})`.execute(tx);
  };
  const talk = async () => {
    const { rows } = await sql<{ id: string; linked_id: string; answered_at: Date; ended_at: Date; queue_id: number }>`
      select r.* from report_calls r where r.queue_id is not null and r.billable_ms - coalesce(r.hold_ms, 0) > 2000
      order by r.id limit 1`.execute(house.db);
    const [row] = rows;
    if (row === undefined) throw new Error("nobody talked");
    return row;
  };
  test("a recording of no call, of nobody's row, one that is longer than its call, and one that is damaged", async () => {
    const row = await talk();
    const records = (queue: number) => (tx: Db) =>
      sql`update queues set record_percent = 50 where id = ${queue}`.execute(tx);
    const found = (one: (tx: Db) => Promise<unknown>) =>
      withFault(async (tx) => {
        await records(row.queue_id)(tx);
        await one(tx);
      });
    const queue = row.queue_id;
    expect(await found(recording({ ...row, linked_id: "node1-1795000000.99" }, { queue }))).toEqual(["recordings"]);
    expect(await found(recording(row, { queue, seconds: 3600 }))).toEqual(["recordings"]);
    expect(await found(recording(row, { queue, state: "damaged" }))).toEqual(["recordings"]);
    const before = new Date(row.answered_at.getTime() - 600);
    expect(await found(recording({ ...row, answered_at: before }, { queue }))).toEqual(["recordings"]);
    expect(await found(recording(row, { queue }))).toEqual([]);
  });
  describe("in what is recorded:", () => {
    const policy = checks.filter(({ name }) => name === "recording-policy");
    /** What the check says where all this was done: how many were compared, not known and off. */
    const says = async (...done: ((tx: Db) => Promise<unknown>)[]) => {
      const found: [number, number, number][] = [];
      await withFault(async (tx) => {
        for (const one of done) await one(tx);
        for (const { find } of policy) {
          const { compared, unknown = 0, off } = await find(tx, always);
          found.push([compared, unknown, off]);
        }
      });
      return found[0];
    };
    const run = (text: string) => (tx: Db) => sql.raw(text).execute(tx);
    const number = (row: { id: string }) => `(select destination from report_calls where id = '${row.id}')`;
    const only = (row: { id: string }) => run(`update report_calls set hold_ms = billable_ms where id <> '${row.id}'`);
    const changed = (subject: string, action: string, facts: string, at: string) =>
      run(`insert into audit (at, action, subject, facts) values ('${at}', '${action}', '${subject}', '${facts}')`);

    test("a queue that records all, a talk without a recording, and with one, removed or not", async () => {
      const row = await talk();
      const all = run(`update queues set record_percent = 100 where id = ${row.queue_id}`);
      expect(await says(only(row), all)).toEqual([1, 0, 1]);
      expect(await says(only(row), all, recording(row, { queue: row.queue_id }))).toEqual([2, 0, 0]);
      expect(await says(only(row), all, recording(row, { queue: row.queue_id, state: "removed" }))).toEqual([2, 0, 0]);
      // One in two is recorded: which, nobody knows.
      const half = run(`update queues set record_percent = 50 where id = ${row.queue_id}`);
      expect(await says(only(row), half)).toEqual([0, 0, 0]);
    });
    test("the number that was dialled says it before its queue", async () => {
      const row = await talk();
      const all = run(`update queues set record_percent = 100 where id = ${row.queue_id}`);
      const route = (percent: string) =>
        run(`insert into inbound_routes (number, actions, record_percent)
          values ('+' || ltrim(${number(row)}, '+'), '[]', ${percent})`);
      expect(await says(only(row), all, route("0"))).toEqual([0, 0, 0]);
      expect(await says(only(row), all, route("null"))).toEqual([1, 0, 1]);
      expect(await says(only(row), route("100"))).toEqual([1, 0, 1]);
    });
    test("a recording that nothing asks for", async () => {
      const row = await talk();
      expect(await says(recording(row, { queue: row.queue_id }))).toEqual([1, 0, 1]);
      const half = run(`update queues set record_percent = 1 where id = ${row.queue_id}`);
      expect(await says(half, recording(row, { queue: row.queue_id }))).toEqual([1, 0, 0]);
      expect(await says(recording(row))).toEqual([1, 0, 1]);
    });
    test("a call to outside, by the routes that take its number, and not a call for help", async () => {
      const { rows } = await sql<{ id: string; destination: string }>`
        select id, destination from report_calls where type = 'outbound' and answered_at is not null and ended_at is not null
        order by id limit 1`.execute(house.db);
      const [row] = rows;
      if (row === undefined) throw new Error("nobody called outside");
      const long = run(`update report_calls set billable_ms = 5000, hold_ms = 0 where id = '${row.id}'`);
      const route = (pattern: string, percent: number) => async (tx: Db) => {
        await sql`insert into trunks (name, host, port) select 'line', 'x', 5060
          where not exists (select from trunks)`.execute(tx);
        await sql`insert into outbound_routes (name, pattern, trunk_id, strip_digits, record_percent)
          select ${pattern}, ${pattern}, id, 0, ${percent} from trunks limit 1`.execute(tx);
      };
      expect(await says(only(row), long, route("0X.", 100))).toEqual([1, 0, 1]);
      expect(await says(only(row), long, route("0X.", 100), route(`${row.destination}`, 0))).toEqual([0, 0, 0]);
      expect(await says(only(row), long, route("9X.", 100))).toEqual([0, 0, 0]);
      const help = row.destination.slice(-3);
      const emergency = run(`insert into settings (key, value) values ('emergencyNumbers', '["${help}"]')`);
      expect(await says(only(row), long, route("0X.", 100), emergency)).toEqual(
        row.destination.length <= 7 ? [0, 0, 0] : [1, 0, 1],
      );
    });
    test("but nothing of what was changed since, or of what people were told already", async () => {
      const row = await talk();
      const all = run(`update queues set record_percent = 100 where id = ${row.queue_id}`);
      const later = row.ended_at.toISOString();
      const queue = `queue ${row.queue_id}`;
      expect(await says(only(row), all, changed(queue, "queue.change", '{"recordPercent": 100}', later))).toEqual([
        0, 1, 0,
      ]);
      expect(await says(only(row), all, changed(queue, "queue.change", '{"name": "x"}', later))).toEqual([1, 0, 1]);
      expect(await says(only(row), all, changed("queue 99", "queue.change", '{"recordPercent": 1}', later))).toEqual([
        1, 0, 1,
      ]);
      const long = "2001-01-02T00:00:00Z";
      expect(await says(only(row), all, changed(queue, "queue.change", '{"recordPercent": 100}', long))).toEqual([
        1, 0, 1,
      ]);
      const alarm = (raised: Date, noted: Date | null) => (tx: Db) =>
        sql`insert into alarms (subject, kind, words, times, raised_at, last_at, acknowledged_at, acknowledged_by)
          values ('recordings kept', 'x', 'x', 1, ${raised}, ${raised}, ${noted}, ${noted === null ? null : house.staff.carla})`.execute(
          tx,
        );
      const minutes = (n: number) => new Date(row.ended_at.getTime() + n * 60_000);
      expect(await says(only(row), all, alarm(minutes(10), null))).toEqual([1, 0, 0]);
      expect(await says(only(row), all, alarm(minutes(-60), minutes(-30)))).toEqual([1, 0, 1]);
      expect(await says(only(row), all, alarm(minutes(600), null))).toEqual([1, 0, 1]);
    });
  });
  test("sums that are not those of the rows", async () => {
    expect(await faulty("update report_slots set talk_ms = talk_ms + 1 where rows > 0")).toEqual(["report-sums"]);
    expect(await faulty("update queue_slots set entered = entered + 1")).toEqual(["queue-sums"]);
  });
});
