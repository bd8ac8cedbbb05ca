import { brokenConstraint, type Db } from "../db/pool.ts";

/** Pauses one that is not; answers the pause's id, or null where it is paused already. */
export async function openPause(
  tx: Db,
  pause: { source: string; legId: string; by: number; at: Date },
): Promise<number | null> {
  try {
    const { id } = await tx
      .insertInto("recording_pauses")
      .values({ source: pause.source, leg_id: pause.legId, paused_at: pause.at, paused_by: pause.by })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    if (brokenConstraint(error) === "recording_pauses_open") return null;
    throw error;
  }
}

/** The telephone system did not pause it: nothing was. */
export async function forgetPause(db: Db, id: number): Promise<void> {
  await db.deleteFrom("recording_pauses").where("id", "=", id).execute();
}

/** Ends the pause of a recording; null where there is none. */
export async function closePause(tx: Db, source: string, by: number, at: Date): Promise<number | null> {
  const row = await tx
    .updateTable("recording_pauses")
    .set((eb) => ({ resumed_at: eb.fn<Date>("greatest", [eb.val(at), "paused_at"]), resumed_by: by }))
    .where("source", "=", source)
    .where("resumed_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The telephone system did not go on: the pause lasts. */
export async function reopenPause(db: Db, id: number): Promise<void> {
  await db.updateTable("recording_pauses").set({ resumed_at: null, resumed_by: null }).where("id", "=", id).execute();
}

/** Those of the recordings that were ever paused, and whether they are now. */
export async function readPauses(db: Db, sources: readonly string[]): Promise<Map<string, boolean>> {
  if (sources.length === 0) return new Map();
  const rows = await db
    .selectFrom("recording_pauses")
    .where("source", "in", [...sources])
    .select(["source", "resumed_at"])
    .execute();
  const pauses = new Map<string, boolean>();
  for (const { source, resumed_at } of rows) pauses.set(source, resumed_at === null || (pauses.get(source) ?? false));
  return pauses;
}
