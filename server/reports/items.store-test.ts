import { afterAll, beforeAll, expect, it } from "vitest";
import { cellsOf, type ReportHouse, reportHouse } from "../../test/report-house.ts";

let house: ReportHouse;
let sales: number;
const on = (time: string) => new Date(`2026-03-02T${time}Z`);
const DAY = { from: "2026-03-01T23:00:00Z", to: "2026-03-02T23:00:00Z" };

beforeAll(async () => {
  house = await reportHouse(new Date("2026-03-03T09:00:00Z"));
  const { db } = house;
  const { anna, ben } = house.staff;
  sales = (await db.selectFrom("queues").where("name", "=", "sales").select("id").executeTakeFirstOrThrow()).id;
  const item = async (over: object) => {
    const { id } = await db
      .insertInto("items")
      .values({
        ...{ kind: "voicemail", since: on("09:00:00"), queue_id: sales, linked_id: "n-1.1" },
        ...{ caller: "0551234567", number: "0551234567", canonical: "+390551234567" },
        ...over,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  };
  const done = await item({ state: "done", done_by: anna, done_at: on("09:10:00"), disposition: ["Sale", "Won"] });
  await db
    .insertInto("voicemails")
    .values({
      ...{ item_id: done, source: "a", length_ms: 12_500, peaks: Buffer.alloc(0), format: "mp3", bytes: 1, file: "" },
      ...{ sha256: Buffer.alloc(32), key_id: "", made_at: on("09:00:00") },
    })
    .execute();
  for (const time of ["09:05:00", "09:08:00"]) {
    await db
      .insertInto("item_attempts")
      .values({ item_id: done, at: on(time), by_id: anna, number: "1" })
      .execute();
  }
  await item({ since: on("10:00:00"), kind: "callback", state: "taken", taken_by: ben, taken_at: on("11:00:00") });
  await item({ since: on("10:00:00"), queue_id: null, owner_id: anna, number: "", caller: "", canonical: "" });
  await item({ since: new Date("2026-02-20T10:00:00Z"), state: "open" });
});
afterAll(() => house?.end());

it("says of each how long it waited, who worked it off and how it ended, the newest first", async () => {
  const all = await house.ask("items", DAY);
  expect(cellsOf(all, "kind", "queue", "owner", "state", "person", "attempts")).toEqual([
    ["Voicemail", null, "anna", "Open", null, 0],
    ["Callback", "sales", null, "Taken", "ben", 0],
    ["Voicemail", "sales", null, "Done", "anna", 2],
  ]);
  expect(cellsOf(all, "number", "said", "first", "waited", "disposition").at(-1)).toEqual([
    ...["0551234567", 12.5, 300, 600, "Sale › Won"],
  ]);
});

it("is narrowed by queue, agent, number, kind and state, and goes on page after page", async () => {
  const found = async (asked: Record<string, string>) =>
    cellsOf(await house.ask("items", { ...DAY, ...asked }), "kind", "state").map((cells) => cells.join(" "));
  expect(await found({ queueId: String(sales) })).toEqual(["Callback Taken", "Voicemail Done"]);
  expect(await found({ agentId: String(house.staff.anna) })).toEqual(["Voicemail Open", "Voicemail Done"]);
  expect(await found({ number: "123456" })).toEqual(["Callback Taken", "Voicemail Done"]);
  expect(await found({ itemKind: "callback" })).toEqual(["Callback Taken"]);
  expect(await found({ itemState: "waiting" })).toEqual(["Voicemail Open", "Callback Taken"]);
  expect(await found({ itemState: "done" })).toEqual(["Voicemail Done"]);
  const first = await house.ask("items", { ...DAY, limit: "2" });
  expect(await found({ limit: "2", cursor: first.next ?? "" })).toEqual(["Voicemail Done"]);
});
