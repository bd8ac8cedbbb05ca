import { type Database, type Db, inTransaction } from "../db/pool.ts";
import { countAttempt, type PinRule } from "./pin-attempt.ts";

/**
 * Counts an attempt before its PIN is judged. Whether the number was locked already, whether it is from now on unless
 * the PIN is right, and whether nobody had tried it lately.
 */
export function countPinAttempt(
  db: Database,
  number: string,
  now: Date,
  rule: PinRule,
): Promise<{ lockedBefore: boolean; lockedNow: boolean; first: boolean }> {
  return inTransaction(db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("pin_attempts")
      .values({ number, failures: 0, last_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    const first = (numInsertedOrUpdatedRows ?? 0n) > 0n;
    const row = await tx
      .selectFrom("pin_attempts")
      .where("number", "=", number)
      .select(["failures", "last_at as lastAt", "locked_until as lockedUntil"])
      .forUpdate()
      .executeTakeFirst();
    // Cleared between the two: as if it were the first.
    const counted = countAttempt(row ?? { failures: 0, lastAt: now, lockedUntil: null }, now, rule);
    if (counted === null) return { lockedBefore: true, lockedNow: true, first };
    await tx
      .updateTable("pin_attempts")
      .set({ failures: counted.failures, last_at: counted.lastAt, locked_until: counted.lockedUntil })
      .where("number", "=", number)
      .execute();
    return { lockedBefore: false, lockedNow: counted.lockedUntil !== null, first };
  });
}

/** The right PIN, a new one, or an administrator: the number is as if nobody had tried. False when nobody had. */
export async function clearPinAttempts(db: Db, number: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("pin_attempts").where("number", "=", number).executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Takes away what does not count any more: numbers that nobody has could else fill the table. What somebody is just
 * trying is left alone, so that no two of these wait for each other.
 */
export async function forgetPinAttempts(db: Db, now: Date, { lockMs }: PinRule): Promise<void> {
  const before = new Date(now.getTime() - lockMs);
  await db
    .deleteFrom("pin_attempts")
    .where("number", "in", (eb) =>
      eb
        .selectFrom("pin_attempts")
        .where("last_at", "<", before)
        .where((inner) => inner.or([inner("locked_until", "is", null), inner("locked_until", "<=", now)]))
        .select("number")
        .forUpdate()
        .skipLocked(),
    )
    .execute();
}

/** Who has this internal number and may use it, with the hash of his PIN; null is nobody. */
export async function findPin(
  db: Db,
  number: string,
): Promise<{
  agentId: number;
  name: string;
  pinHash: string | null;
  language: "en" | "it" | "es" | "fr" | null;
} | null> {
  const row = await db
    .selectFrom("agents")
    .innerJoin("staff", "staff.id", "agents.staff_id")
    .where("staff.internal", "=", number)
    .where("staff.deleted_at", "is", null)
    .where("staff.enabled", "=", true)
    .select(["staff.id as agentId", "staff.full_name as name", "agents.pin_hash as pinHash", "agents.language"])
    .executeTakeFirst();
  return row ?? null;
}
