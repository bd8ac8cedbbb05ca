import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Calendar, CallLimit, InboundRoute } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

const NUMBER = "+390550001009";

let house: HouseRig;
let browser: Browser;
let admin: Seat;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  await house.queue("Support", "+390550001001");
  await house.agent("anna", "Anna Rossi", [], { internal: "201" });
  await house.telephone("desk-1", { internal: "101" });
  admin = await openSeat(browser, house.address);
  await signInAs(admin.page, "admin");
  await admin.page.getByRole("link", { name: "Set up" }).click();
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

async function open(page: Page, list: string): Promise<void> {
  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: list, exact: true }).click();
  await page.getByRole("heading", { name: list, exact: true }).waitFor();
}
const panel = (page: Page): Locator => page.getByRole("complementary").last();
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
async function pick(page: Page, name: string, option: string): Promise<void> {
  await panel(page).getByRole("combobox", { name }).or(panel(page).getByRole("textbox", { name })).first().click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
const value = (page: Page, name: string) => panel(page).getByLabel(name, { exact: true }).inputValue();

it("a calendar is drawn by keys and by the mouse", async () => {
  const { page } = admin;
  await open(page, "Calendars");
  await page.getByRole("button", { name: "New calendar" }).first().click();
  await panel(page).getByRole("textbox", { name: "Name", exact: true }).first().fill("Office");
  const cell = (name: string) => panel(page).getByRole("button", { name, exact: true });
  await cell("Saturday 09:00").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await until("Saturday is drawn", async () => (await value(page, "Saturday")) === "09:00–10:30");
  await cell("Sunday 10:00").hover();
  await page.mouse.down();
  await cell("Sunday 10:30").hover();
  await cell("Sunday 11:00").hover();
  await page.mouse.up();
  await until("Sunday is drawn", async () => (await value(page, "Sunday")) === "10:00–11:30");
  await cell("Sunday 10:30").click();
  await until("a half hour is rubbed out", async () => (await value(page, "Sunday")) === "10:00–10:30, 11:00–11:30");
  await panel(page).getByLabel("Monday", { exact: true }).fill("8:15-12, 13-17:45");
  await page.keyboard.press("Enter");
  await panel(page).getByRole("button", { name: "Add a day" }).click();
  const day = panel(page)
    .getByRole("listitem")
    .filter({ has: page.getByLabel("Every year") });
  await day.getByLabel("Name").fill("Christmas");
  await day.getByLabel("Day").fill("2026-12-25");
  await day.getByRole("switch", { name: "Every year" }).click();
  await lookAt(page, "administration-calendar");
  await save(page);
  await page.getByText("Office is made.").waitFor();
  const [calendar] = (await house.admin.get<ListPage<Calendar>>("/calendars")).rows;
  expect(calendar?.week).toEqual([
    { day: 1, from: "08:15", to: "12:00" },
    { day: 1, from: "13:00", to: "17:45" },
    ...[2, 3, 4, 5].map((each) => ({ day: each, from: "09:00", to: "18:00" })),
    { day: 6, from: "09:00", to: "10:30" },
    { day: 7, from: "10:00", to: "10:30" },
    { day: 7, from: "11:00", to: "11:30" },
  ]);
  expect(calendar?.exceptions).toEqual([{ name: "Christmas", date: "2026-12-25", yearly: true, hours: [] }]);
  await page
    .getByText(/^(Open now, until|Closed now, opens)/)
    .first()
    .waitFor();
});

it("a route's actions are put in order, and said in words for an instant", async () => {
  const { page } = admin;
  await open(page, "Inbound routes");
  await page.getByRole("button", { name: "New inbound route" }).first().click();
  await panel(page).getByRole("textbox", { name: "Called number" }).fill(NUMBER);
  await pick(page, "First action", "Anna Rossi");
  await pick(page, "Then", "Support");
  await pick(page, "Then", "Busy tone");
  await panel(page).getByRole("button", { name: "Support queue earlier" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await pick(page, "When step 1 has its turn", "while Office is open");
  await lookAt(page, "administration-inbound-route");
  await save(page);
  await page.getByText(`${NUMBER} is made.`).waitFor();
  const { rows } = await house.admin.get<ListPage<InboundRoute>>("/inbound-routes");
  const route = rows.find(({ number }) => number === NUMBER);
  expect(route?.actions).toMatchObject([
    { queue: expect.any(Number), when: { is: "open" } },
    { agent: expect.any(Number) },
    { hangup: true, cause: "busy" },
  ]);
  await page.getByRole("row").filter({ hasText: NUMBER }).click();
  const words = panel(page).getByRole("status").first();
  // A Tuesday.
  await panel(page).getByLabel("What happens at").fill("2026-11-24T10:00");
  await until("it is open", async () =>
    /Support queue, else Anna Rossi, else busy tone/.test((await words.textContent()) ?? ""),
  );
  await panel(page).getByLabel("What happens at").fill("2026-12-25T10:00");
  await until("it is closed", async () => /: Anna Rossi, else busy tone/.test((await words.textContent()) ?? ""));
  await pick(page, "Telephone to try it from", "desk-1");
  await panel(page).getByRole("button", { name: "Test call" }).click();
  await panel(page)
    .getByText(/The telephone rings/)
    .waitFor();
  await until("it rings", () => house.phone("desk-1").events.some(({ type }) => type === "CALL_INCOMING"));
  await lookAt(page, "administration-inbound-route-now");
});

it("what everybody may call is there, and one telephone may be told otherwise", async () => {
  const { page } = admin;
  await open(page, "Calling limits");
  await page.getByText("National, Mobile, Short and special numbers").waitFor();
  await page.getByRole("button", { name: "New set of limits" }).first().click();
  await pick(page, "Telephone", "desk-1");
  await panel(page).getByRole("textbox", { name: "Calls at once" }).fill("5");
  await lookAt(page, "administration-calling-limits");
  await save(page);
  await until("they are kept", async () => {
    const { rows } = await house.admin.get<ListPage<CallLimit>>("/call-limits");
    return rows.some(({ of, callsAtOnce }) => of === "telephone" && callsAtOnce === 5);
  });
  expect(admin.complaints).toEqual([]);
});
