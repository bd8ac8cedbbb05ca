import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CallHouse, callHouse, instantOf, recordedReads as recorded } from "../../test/call-house.ts";
import { factsOf } from "../../test/journal-fixture.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import { isOutage } from "../db/outage.ts";
import type { Database } from "../db/pool.ts";
import { foldCall } from "./call-fold.ts";
import { reattribute } from "./call-store.ts";
import { type BatchDeps, takeBatch, takeBatchCallByCall } from "./journal-batch.ts";
import { readCheckpoints } from "./journal-store.ts";
import { differingSlots } from "./roll-up-store.ts";

let house: CallHouse;
let db: Database;
let deps: BatchDeps;
let staff: CallHouse["staff"];
const everything = () => house.everything();

beforeAll(async () => {
  house = await callHouse();
  ({ db, deps, staff } = house);
});
afterAll(() => house?.end());
beforeEach(() => house.clear());

describe("a batch of the journal", () => {
  test("becomes a call, its legs, its stay in the queue and its row, with the checkpoint", async () => {
    const lines = recorded("queue-first-phone-unanswered");
    const done = await takeBatch(deps, lines);
    const { calls, legs, visits, rows } = await everything();
    expect(calls).toMatchObject([{ type: "inbound", end_reason: "hang-up", node: "node1" }]);
    expect(legs.map((leg) => [leg.telephone_id, leg.queue_id, leg.answered_at !== null])).toEqual([
      [staff.desk11, 1, false],
      [staff.desk12, 1, true],
    ]);
    expect(visits).toMatchObject([{ queue_id: 1, outcome: "answered" }]);
    expect(rows).toMatchObject([
      { telephone_id: staff.desk12, user_id: staff.desk12, queue_id: 1, disposition: "ANSWERED", ended_by: "called" },
    ]);
    expect([...done.linkedIds]).toEqual([calls[0]?.linked_id]);
    expect(await readCheckpoints(db, "node1")).toEqual(new Map([[lines[0]?.fileId, lines.at(-1)?.nextByte]]));
  });

  test("gives the same rows line by line, in pieces, twice and from a copy of the file", async () => {
    const names = ["queue-attended-transfer", "queue-blind-transfer-to-queue", "internal-answered", "outbound-busy"];
    const all = names.flatMap((name) => recorded(name));
    await takeBatch(deps, all);
    const whole = await everything();
    for (const size of [1, 2, 7, 11]) {
      await db.deleteFrom("calls").execute();
      await db.deleteFrom("journal_lines").execute();
      for (let from = 0; from < all.length; from += size) await takeBatch(deps, all.slice(from, from + size));
      expect(await everything()).toEqual(whole);
    }
    await takeBatch(deps, all);
    await takeBatch(deps, names.flatMap((name) => recorded(name, `copy of ${name}`)).reverse());
    expect(await everything()).toEqual(whole);
  });

  test("belongs to who sat there when it rang, and by setting to him at once", async () => {
    const lines = recorded("queue-answered-caller-ends");
    const rang = instantOf(lines[3]);
    await house.sit(
      staff.ben,
      staff.desk11,
      new Date(rang.getTime() - 7_200_000),
      new Date(rang.getTime() - 3_600_000),
    );
    await house.sit(staff.anna, staff.desk11, new Date(rang.getTime() - 3_600_000), null);
    const done = await takeBatch(deps, lines);
    const row = () => db.selectFrom("report_calls").selectAll().executeTakeFirstOrThrow();
    expect(await row()).toMatchObject({ seated_agent_id: staff.anna, user_id: staff.desk11, disposed_agent_id: null });
    expect([...done.agentIds]).toEqual([staff.anna]);
    house.settings.undisposedUser = "seated-agent";
    await takeBatch(deps, lines);
    expect(await row()).toMatchObject({ user_id: staff.anna });
    await reattribute(db, "telephone");
    expect(await row()).toMatchObject({ user_id: staff.desk11 });
    await reattribute(db, "seated-agent");
    expect(await row()).toMatchObject({ user_id: staff.anna });
  });

  test("finds the disposition that was chosen before it was read", async () => {
    const lines = recorded("queue-answered-caller-ends");
    const legId = foldCall(factsOf(lines.map((line) => line.text)))?.rows[0]?.legId ?? "";
    await db
      .insertInto("leg_dispositions")
      .values({ leg_id: legId, agent_id: staff.anna, level1: "Sale", disposed_at: new Date(), disposed_by: staff.anna })
      .execute();
    await takeBatch(deps, lines);
    expect(await db.selectFrom("report_calls").selectAll().executeTakeFirst()).toMatchObject({
      disposed_agent_id: staff.anna,
      user_id: staff.anna,
    });
  });

  test("on a personal telephone belongs to its owner", async () => {
    await takeBatch(deps, recorded("queue-overflow-then-answered"));
    expect(await everything()).toMatchObject({
      rows: [{ telephone_id: staff.desk13, owner_agent_id: staff.ben, user_id: staff.ben }],
    });
  });

  test("ends the calls that a restart of Asterisk cut off, at their last line", async () => {
    const lines = recorded("asterisk-crash-during-call");
    for (const pieces of [[lines], [lines.slice(0, 7), lines.slice(7)], lines.map((line) => [line])]) {
      await db.deleteFrom("calls").execute();
      await db.deleteFrom("journal_lines").execute();
      for (const piece of pieces) await takeBatch(deps, piece);
      const { calls, rows } = await everything();
      expect(calls.map((call) => call.end_reason)).toEqual(["asterisk-restart", "hang-up"]);
      expect(rows.map((row) => [row.disposition, row.ended_by])).toEqual([
        ["ANSWERED", "system"],
        ["ANSWERED", "caller"],
      ]);
      expect(rows[0]?.billable_ms).toBeLessThan(5);
    }
  });

  test("keeps damaged lines aside, once, and folds the rest", async () => {
    const lines = recorded("internal-answered");
    const broken = ["", "{", '{"eventtype":"ANSWER"}', "\0\0\0", "x".repeat(70_000), "[1]", "null"].map(
      (text, index) => ({
        ...{ fileId: "broken", byte: index * 10, nextByte: index * 10 + 10, text },
      }),
    );
    expect(await takeBatch(deps, [...broken, ...lines])).toMatchObject({ damaged: broken.length });
    expect(await takeBatch(deps, broken)).toMatchObject({ damaged: 0 });
    expect(await db.selectFrom("journal_damage").select("why").execute()).toHaveLength(broken.length);
    expect(await everything()).toMatchObject({ rows: [{ disposition: "ANSWERED", type: "internal" }] });
  });

  test("keeps the call of a caller whose name makes Asterisk write what is no JSON", async () => {
    const named = (name: string) =>
      recorded("queue-first-phone-unanswered").map((read) => ({
        ...read,
        text: read.text.replace(/"name":"[^"]+"/, `"name":"${name}"`),
      }));
    expect(await takeBatch(deps, named('Joe \\\\"Fixit\\\\" \t\\'))).toMatchObject({ damaged: 0 });
    const rows = await db.selectFrom("report_calls").select("caller_id").execute();
    expect(rows[0]?.caller_id).toContain('Joe \\"Fixit\\"');
  });

  test("takes away what looked like a call until a later line said that it is none, and tells who had it", async () => {
    const lines = recorded("queue-answered-caller-ends");
    const rang = instantOf(lines[3]);
    await house.sit(staff.anna, staff.desk11, new Date(rang.getTime() - 3_600_000), null);
    const other = recorded("internal-answered");
    await takeBatch(deps, [...lines, ...other]);
    const before = await everything();
    const [row] = before.rows.filter(({ queue_id }) => queue_id !== null);
    const tried = journalLanguage.read(lines[0]?.text ?? "");
    if ("damaged" in tried) throw new Error(tried.damaged);
    const isTest: BatchDeps = {
      ...deps,
      fold: (facts) => (facts[0]?.linkedId === tried.linkedId ? null : foldCall(facts)),
    };
    const done = await takeBatch(isTest, [...lines, ...other]);
    expect(row?.seated_agent_id).toBe(staff.anna);
    expect([...done.agentIds]).toEqual([staff.anna]);
    expect([...done.linkedIds]).toContain(tried.linkedId);
    const ofOther = <Row extends { linked_id: string }>(rows: Row[]) =>
      rows.filter(({ linked_id }) => linked_id !== tried.linkedId);
    const { calls, legs, visits, rows } = before;
    expect(await everything()).toEqual({
      ...{ calls: ofOther(calls), legs: ofOther(legs), visits: ofOther(visits), rows: ofOther(rows) },
    });
    expect(await differingSlots(db, { from: new Date(0), to: new Date("2100-01-01") })).toEqual([]);
  });

  test("of a code that an agent dialled is none, in whatever order its lines come", async () => {
    const lines = recorded("star-code");
    await takeBatch(deps, lines);
    const whole = await everything();
    for (const order of [lines, lines.toReversed()]) {
      await db.deleteFrom("calls").execute();
      await db.deleteFrom("journal_lines").execute();
      for (const line of order) await takeBatch(deps, [line]);
      expect(await everything()).toEqual(whole);
    }
  });

  test("does nothing at all when its transaction fails", async () => {
    const lines = recorded("internal-answered");
    const nothing = {
      ...deps,
      settings: {
        current: () => {
          throw new Error("gone in the middle");
        },
      },
    };
    await expect(takeBatch(nothing, lines)).rejects.toThrow("gone in the middle");
    expect(await everything()).toEqual({ calls: [], legs: [], visits: [], rows: [] });
    expect(await readCheckpoints(db, "node1")).toEqual(new Map());
    expect(await db.selectFrom("journal_lines").selectAll().execute()).toEqual([]);
    await takeBatch(deps, lines);
    expect((await everything()).rows).toHaveLength(1);
  });

  test("sets a call aside that cannot be folded, and takes the others", async () => {
    const bad = recorded("internal-busy");
    const failing: BatchDeps = {
      ...deps,
      fold: (facts) => {
        if (facts.some((fact) => bad[0]?.text.includes(`"${fact.linkedId}"`))) throw new Error("a bug");
        return foldCall(facts);
      },
    };
    const done = await takeBatch(failing, [...bad, ...recorded("internal-answered")]);
    expect(done.damaged).toBe(bad.length);
    expect((await everything()).rows).toMatchObject([{ disposition: "ANSWERED" }]);
    const aside = await db.selectFrom("journal_damage").selectAll().execute();
    expect(aside.map((line) => line.why)).toEqual(bad.map(() => "could not be folded: Error: a bug"));
  });

  test("call by call: one that the database refuses is set aside, and the others are stored", async () => {
    const bad = recorded("internal-busy");
    const refused: BatchDeps = {
      ...deps,
      fold: (facts) => {
        const call = foldCall(facts);
        if (call === null || !bad[0]?.text.includes(`"${call.linkedId}"`)) return call;
        return { ...call, rows: call.rows.map((row) => ({ ...row, disposition: "LOST" as "FAILED" })) };
      },
    };
    const batch = [...bad, ...recorded("internal-answered")];
    await expect(takeBatch(refused, batch)).rejects.toThrow("report_calls_disposition_check");
    const done = await takeBatchCallByCall(refused, batch, isOutage);
    expect(done.damaged).toBe(bad.length);
    expect((await everything()).rows).toMatchObject([{ disposition: "ANSWERED" }]);
    expect((await readCheckpoints(db, "node1")).size).toBe(2);
  });
});
