import type { SelfTest, SelfTestStep } from "../../contract/telephones.ts";
import type { Db } from "../db/pool.ts";

export interface NewTest {
  telephoneId: number;
  startedBy: number;
  startedAt: Date;
  steps: readonly SelfTestStep[];
}

/** Writes a test down as going on. Throws the broken constraint `telephone_tests_open` where one goes on already. */
export async function insertTest(tx: Db, test: NewTest): Promise<number> {
  const { id } = await tx
    .insertInto("telephone_tests")
    .values({
      telephone_id: test.telephoneId,
      started_by: test.startedBy,
      started_at: test.startedAt,
      steps: JSON.stringify(test.steps),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function endTest(
  db: Db,
  id: number,
  end: { at: Date; outcome: "passed" | "failed" | "broken-off"; steps: readonly SelfTestStep[] },
): Promise<void> {
  await db
    .updateTable("telephone_tests")
    .set({ ended_at: end.at, outcome: end.outcome, steps: JSON.stringify(end.steps) })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}

/** Tests of a server that was killed over them. */
export async function endForgottenTests(db: Db, at: Date): Promise<void> {
  await db
    .updateTable("telephone_tests")
    .set({ ended_at: at, outcome: "broken-off" })
    .where("ended_at", "is", null)
    .execute();
}

/** Keeps the newest tests of a telephone and lets the older go. */
export async function removeOldTests(tx: Db, telephoneId: number, kept: number): Promise<void> {
  await tx
    .deleteFrom("telephone_tests")
    .where("telephone_id", "=", telephoneId)
    .where("id", "not in", (query) =>
      query
        .selectFrom("telephone_tests")
        .select("id")
        .where("telephone_id", "=", telephoneId)
        .orderBy("id", "desc")
        .limit(kept),
    )
    .execute();
}

/** The test that goes on, or the last one; null where there was none. */
export async function findNewestTest(db: Db, telephoneId: number): Promise<SelfTest | null> {
  const row = await db
    .selectFrom("telephone_tests as test")
    .innerJoin("staff as starter", "starter.id", "test.started_by")
    .select(["test.id", "test.started_at", "test.ended_at", "test.outcome", "test.steps"])
    .select(["starter.id as starter_id", "starter.full_name as starter_name"])
    .where("test.telephone_id", "=", telephoneId)
    .orderBy("test.id", "desc")
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    telephoneId,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    startedBy: { id: row.starter_id, name: row.starter_name },
    outcome: row.outcome,
    // Written by ourselves, from this very type.
    steps: row.steps as SelfTestStep[],
  };
}
