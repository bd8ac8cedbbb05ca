import { afterAll, beforeAll, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { migratedDatabase } from "../../test/migrated-database.ts";
import { until } from "../../test/until.ts";
import { openLog } from "../log.ts";
import { createRunRetention } from "./run-retention.ts";
import { insertRuns, type KeptRun, listRuns } from "./run-store.ts";

let home: Awaited<ReturnType<typeof migratedDatabase>>;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home?.close());

it("keeps the ways through projects as long as the house says, and those of calls that go on", async () => {
  const { db } = home;
  const clock = handClock();
  const { id: projectId } = await db
    .insertInto("projects")
    .values({ name: "Reception", draft: JSON.stringify({ blocks: [], notes: [] }), changed_at: clock.now() })
    .returning("id")
    .executeTakeFirstOrThrow();
  const run = (days: number, over = true): KeptRun => {
    const startedAt = new Date(clock.now().getTime() - days * 86_400_000);
    return {
      ...{ projectId, version: null, channelId: `c${days}`, linkedId: `l${days}`, caller: "", dialled: "", startedAt },
      ...{ steps: [], variables: {}, trial: false, block: over ? null : "wait" },
      ended: over ? { at: startedAt, ending: "ended" } : null,
    };
  };
  await insertRuns(db, [run(1), run(29), run(31), run(400), run(40, false)]);
  const kept = async () => {
    const { rows } = await listRuns(db, projectId, { from: null, to: null, limit: 10, after: null });
    return rows.map(({ linkedId }) => linkedId);
  };
  const settings = { current: () => ({ projectRunDays: 30 }) };
  const retention = createRunRetention({ db, clock, log: openLog({ level: "silent" }), settings });
  retention.start();
  clock.advance(120_000);
  await until("what is old is gone", async () => (await kept()).length === 3);
  await retention.stop();
  expect(await kept()).toEqual(["l1", "l29", "l40"]);
});
