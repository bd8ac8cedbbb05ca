import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { booksBalance } from "../rig/books-balance.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";
import { finishedCall } from "./finished-call.ts";

const NUMBER = "+390550001001";
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 720 } },
  { name: "dark-narrow", colorScheme: "dark", viewport: { width: 390, height: 800 } },
] as const;

let place: TestDatabase;
let db: Database;
let house: HouseRig;
let browser: Browser;
let supervisor: Seat;

beforeAll(async () => {
  place = await testDatabase();
  [browser, house] = await startBrowserAndHouse({ databaseUrl: place.url });
  db = openDatabase(place.url, { onError: () => {} });
  const support = await house.queue("Support", NUMBER);
  await house.agent("anna", "Anna Rossi", [support]);
  await house.admin.post("/users", {
    ...{ fullName: "Teresa Sala", username: "teresa", password: "a password of tests", role: "supervisor" },
  });
  await house.logIn("anna", await house.telephone("desk-1", { fullName: "Desk 1", place: "Floor 1" }));
  await finishedCall(house, "desk-1", NUMBER);
  await finishedCall(house, "desk-1", NUMBER);
  await house.rows(2);
  supervisor = await openSeat(browser, house.address);
  await signInAs(supervisor.page, "teresa");
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await db?.destroy();
  await place?.drop();
});

const lines = (page: Page) => page.getByRole("list", { name: "What was compared" }).getByRole("listitem");
async function compareAgain(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Compare (now|again)$/ });
  await button.click();
  await lines(page).first().waitFor();
  await expect.poll(() => button.isEnabled()).toBe(true);
}

it("opens on yesterday, which nobody compared yet, and compares today on demand: everything balances", async () => {
  const { page } = supervisor;
  await page.getByRole("link", { name: "Balance" }).click();
  await page.getByRole("heading", { name: "Balance", exact: true }).waitFor();
  await page.getByText(/^Nobody has compared/).waitFor();
  await lookAt(page, "balance-empty");
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await booksBalance(house.admin);
  await compareAgain(page);
  await page.getByText("Everything balances", { exact: true }).waitFor();
  expect(await lines(page).count()).toBeGreaterThan(10);
  expect(await lines(page).filter({ hasText: "Every call that is over has a row" }).textContent()).toContain(
    "2 compared",
  );
  await page
    .getByRole("group", { name: "The last two months" })
    .getByRole("button", { name: /everything balances$/ })
    .waitFor();
  await lookAt(page, "balance-even");
});

it("shows what does not balance with its words, and why the row is whose it is", async () => {
  const { page } = supervisor;
  const row = await db.selectFrom("report_calls").select(["id", "seated_agent_id"]).limit(1).executeTakeFirstOrThrow();
  await db.updateTable("report_calls").set({ seated_agent_id: null }).where("id", "=", row.id).execute();
  await sql`update report_slots set talk_ms = talk_ms + 1000 where rows > 0`.execute(db);
  await compareAgain(page);
  await page
    .getByText(/^[2-9] do not balance$/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "1 does not balance" }).first().click();
  const list = page.getByRole("table", { name: /What is off: Who sat at the telephone/ });
  await list.getByText("The row says that nobody sat there, the lease says Anna Rossi.").waitFor();
  await list.getByRole("button", { name: "Why" }).click();
  const panel = page.getByRole("complementary", { name: "Why this user" });
  await panel.getByRole("region", { name: "The call as a picture" }).waitFor();
  await lookAt(page, "balance-odd");
  await panel.getByRole("button", { name: "Close", exact: true }).click();
  expect(supervisor.complaints).toEqual([]);
});

it.each(LOOKS)("is readable and fits in $name", async ({ name, ...look }) => {
  const seat = await openSeat(browser, house.address, look);
  const { page } = seat;
  await signInAs(page, "teresa");
  await page.getByRole("heading", { name: "Floor" }).waitFor();
  await page.goto(new URL("/balance", house.address).href);
  await page.getByRole("button", { name: "Today", exact: true }).click();
  await lines(page).first().waitFor();
  await page.getByRole("button", { name: "1 does not balance" }).first().click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBe(0);
  await lookAt(page, `balance-${name}`);
  await page.getByRole("button", { name: "Why" }).click();
  await page.getByRole("region", { name: "The call as a picture" }).waitFor();
  await lookAt(page, `balance-${name}-why`);
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});

it("is compared again when its books are put right", async () => {
  const { page } = supervisor;
  await db
    .updateTable("report_calls")
    .set({ seated_agent_id: sql`(select id from staff where username = 'anna')` })
    .execute();
  await sql`update report_slots set talk_ms = talk_ms - 1000 where rows > 0`.execute(db);
  await compareAgain(page);
  await page.getByText("Everything balances", { exact: true }).waitFor();
});
