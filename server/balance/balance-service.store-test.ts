import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type CallHouse, callHouse, recordedReads } from "../../test/call-house.ts";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { journalLanguage } from "../asterisk/journal-line.ts";
import { takeBatch } from "../calls/journal-batch.ts";
import { openLog } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { type BalanceService, createBalanceService } from "./balance-service.ts";

/** The day of the recorded journals. */
const DAY = "2026-11-22";
const QUARTER_MS = 900_000;
const TWO_AT_NIGHT = new Date("2026-11-23T01:00:00Z");

let house: CallHouse;
let clock: HandClock;
let balance: BalanceService;
let raised: string[];

beforeAll(async () => {
  house = await callHouse();
  await takeBatch(house.deps, recordedReads("queue-answered-caller-ends"));
});
afterAll(() => house?.end());
beforeEach(() => {
  clock = handClock(new Date("2026-11-22T18:00:00Z"));
  raised = [];
  balance = createBalanceService({
    ...{ db: house.db, clock, language: journalLanguage, log: openLog({ level: "silent" }) },
    settings: { current: () => house.settings },
    alarms: {
      async raise({ words }) {
        raised.push(words);
      },
    },
  });
});
afterEach(async () => {
  await balance.stop();
  await house.db.deleteFrom("balance_runs").execute();
});

async function ofDay(day: string) {
  const told = await balance.ofDay(day);
  if (told instanceof Refusal) throw new Error(told.title);
  return told;
}
const compared = () =>
  until("the day is compared", async () => {
    const { running, last } = await ofDay(DAY);
    return running === null ? last : null;
  });

test("a day that nobody compared says so, and once compared keeps what was found", async () => {
  expect(await ofDay(DAY)).toEqual({ day: DAY, last: null, running: null, failed: false });
  const begun = await balance.compare(DAY);
  expect(begun).toMatchObject({ running: { of: 18 } });
  const found = await compared();
  expect(found.checks).toHaveLength(18);
  expect(found.checks.every(({ off }) => off === 0)).toBe(true);
  expect(await balance.days()).toMatchObject([{ day: DAY, off: 0 }]);
});

test("what does not balance is kept with its words, until it does", async () => {
  const row = await house.db.selectFrom("report_calls").selectAll().executeTakeFirstOrThrow();
  await house.db.updateTable("report_calls").set({ seated_agent_id: house.staff.ben }).execute();
  await balance.compare(DAY);
  const off = (await compared()).checks.filter((one) => one.off > 0);
  expect(off).toMatchObject([
    {
      name: "seats",
      off: 1,
      first: [{ words: "The row says that ben sat there, the lease says nobody.", rowId: row.id }],
    },
  ]);
  await house.db.updateTable("report_calls").set({ seated_agent_id: row.seated_agent_id }).execute();
  await balance.compare(DAY);
  expect((await compared()).checks.every((one) => one.off === 0)).toBe(true);
});

test("each night the day before is compared, also when it was looked at while it went on, and people are alarmed", async () => {
  await balance.compare(DAY);
  await compared();
  await house.db.updateTable("report_calls").set({ seated_agent_id: house.staff.ben }).execute();
  balance.start();
  await until("people are alarmed", async () => {
    // Time stands still while the day is compared.
    if ((await ofDay(DAY)).running === null) clock.advance(QUARTER_MS);
    return raised.length > 0;
  });
  expect(clock.now() >= TWO_AT_NIGHT).toBe(true);
  expect(raised).toEqual([
    "On 22 November 2026 this does not balance: Who sat at the telephone, as the row says, held it (1).",
  ]);
  await house.db.updateTable("report_calls").set({ seated_agent_id: null }).execute();
});

test("days that are none, or have not begun, are refused", async () => {
  for (const day of ["2026-13-01", "2026-11-23", "today"]) {
    expect(await balance.compare(day)).toBeInstanceOf(Refusal);
    expect(await balance.ofDay(day)).toBeInstanceOf(Refusal);
  }
});
