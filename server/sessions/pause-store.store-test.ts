import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PauseHouse, pauseHouse } from "../../test/pause-house.ts";

let desk: PauseHouse;
beforeAll(async () => {
  desk = await pauseHouse();
});
afterAll(() => desk.close());
beforeEach(() => desk.begin());
afterEach(() => desk.clear());

describe("the database", () => {
  const id = async () => (await desk.session())?.id ?? 0;
  const minute = (n: number) => new Date(desk.clock.now().getTime() + n * 60_000);
  const insert = async (from: Date, to: Date | null) =>
    desk.house.db
      .insertInto("pause_causes")
      .values({ session_id: await id(), cause: "capacity", started_at: from, ended_at: to })
      .execute();

  it("refuses a cause that begins before its session, and two of a kind that overlap", async () => {
    await expect(insert(minute(-600), minute(0))).rejects.toThrow("lies outside its session");
    await insert(minute(1), minute(3));
    await expect(insert(minute(2), minute(4))).rejects.toThrow("conflicting key value");
    await insert(minute(3), minute(4));
    await desk.house.db.deleteFrom("pause_causes").where("cause", "=", "capacity").execute();
  });

  it("refuses to end a session in which a cause is open, or which ends before one of its causes", async () => {
    const end = async () =>
      desk.house.db
        .updateTable("sessions")
        .set({ ended_at: desk.clock.now(), end_reason: "logged-out" })
        .where("id", "=", await id())
        .execute();
    await insert(desk.clock.now(), null);
    await expect(end()).rejects.toThrow("lies outside its session");
    await desk.house.db
      .updateTable("pause_causes")
      .set({ ended_at: minute(5) })
      .where("ended_at", "is", null)
      .execute();
    await expect(end()).rejects.toThrow("lies outside its session");
  });

  it("takes an end although a clock was set back: it is never before what was there", async () => {
    await insert(minute(5), null);
    await desk.house.endings.end(desk.agent(0), "released");
    const last = await desk.house.db
      .selectFrom("sessions")
      .where("agent_id", "=", desk.agent(0))
      .orderBy("id", "desc")
      .limit(1)
      .select("ended_at")
      .executeTakeFirstOrThrow();
    expect(last.ended_at).toEqual(minute(5));
    desk.clock.advance(6 * 60_000);
  });
});
