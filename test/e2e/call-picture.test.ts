import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Leg } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

const NUMBER = "+390550001001";
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark-narrow", colorScheme: "dark", viewport: { width: 390, height: 800 } },
] as const;

let house: HouseRig;
let browser: Browser;
let supervisor: Seat;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", NUMBER);
  await house.agent("anna", "Anna Rossi", [support]);
  const desk = await house.telephone("desk-1", { fullName: "Desk 1", internal: "101", place: "Floor 1" });
  await house.telephone("desk-2", { fullName: "Desk 2", internal: "102", place: "Floor 1" });
  await heldAndTransferred(await house.logIn("anna", desk));
  await house.rows(2);
  supervisor = await openPanel(LOOKS[0]);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** Anna answers, holds, takes back and transfers to Desk 2, where the caller hangs up. */
async function heldAndTransferred(anna: Api): Promise<void> {
  const leg = (state: Leg["state"]) =>
    until(`Anna's call is ${state}`, async () => {
      const [one] = (await anna.get<{ rows: Leg[] }>("/calls/current")).rows;
      return one?.state === state;
    });
  const caller = await house.caller(NUMBER);
  const [first, second] = [house.phone("desk-1"), house.phone("desk-2")];
  await until("Desk 1 rings", () => first.state === "ringing", { timeoutMs: 15_000 });
  await first.accept();
  await leg("talking");
  await first.hold();
  await leg("held");
  await first.resume();
  await leg("talking");
  await first.transfer("102");
  await until("Desk 2 rings", () => second.state === "ringing", { timeoutMs: 15_000 });
  await second.accept();
  await until("they talk", () => second.state === "talking");
  caller.hangUp();
  await caller.done;
  await until("Desk 2 is idle", () => second.state === "idle");
}

/** Report Call, with the panel of Anna's row open. */
async function openPanel(look: Omit<(typeof LOOKS)[number], "name">): Promise<Seat> {
  const seat = await openSeat(browser, house.address, look);
  await signInAs(seat.page, "admin");
  await seat.page.getByRole("heading", { name: "Floor" }).waitFor();
  await seat.page.goto(new URL("/report-call", house.address).href);
  await seat.page.getByRole("row", { name: /Anna Rossi/ }).click();
  await picture(seat.page).waitFor();
  return seat;
}

const picture = (page: Page) => page.getByRole("region", { name: "The call as a picture" });
const lane = (page: Page, name: RegExp) => picture(page).getByRole("group", { name });
const part = (page: Page, who: RegExp, says: RegExp) => lane(page, who).getByRole("img", { name: says });

it("draws every party of the call with what it did, the row's own marked", async () => {
  const { page } = supervisor;
  await lane(page, /^Maria Bianchi, \+390555550101$/).waitFor();
  await lane(page, /^Desk 1, 101 · Anna Rossi, this row$/).waitFor();
  await lane(page, /^Desk 2, 102$/).waitFor();
  await part(page, /^Maria/, /^Waited in Support, /).waitFor();
  await part(page, /^Desk 1/, /^Rang, /).waitFor();
  await part(page, /^Desk 1/, /^On hold, with Maria Bianchi, /).waitFor();
  await part(page, /^Desk 1/, /^Transferred the call to 102, without asking first, /).waitFor();
  await part(page, /^Desk 2/, /^Talked with Maria Bianchi, /).waitFor();
});

it("is read with the keys, along a lane and across lanes", async () => {
  const { page } = supervisor;
  await part(page, /^Desk 1/, /^Rang, /).focus();
  await picture(page)
    .getByText(/^Desk 1 Rang, \d\d:\d\d:\d\d to \d\d:\d\d:\d\d, [\d.]+ s$/)
    .waitFor();
  const press = async (key: string, reads: RegExp) => {
    await page.keyboard.press(key);
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(reads);
  };
  await press("ArrowRight", /^(Talked with|On hold)/);
  await press("Home", /^Rang/);
  await press("End", /^(Transferred|Talked|Alone)/);
  await press("ArrowDown", /^(Rang|Talked)/);
  await press("Home", /^Rang/);
  await press("ArrowUp", /^(Transferred|Talked|Alone)/);
  await press("ArrowUp", /^(Talked|Alone|On hold|Called)/);
  await press("Home", /^(Called|Waited)/);
});

it("says the same as a table", async () => {
  const { page } = supervisor;
  await picture(page)
    .getByText(/^The same as a table, \d+ lines$/)
    .click();
  await picture(page)
    .getByRole("row", { name: /Desk 1 \(this row\) Talked with Maria Bianchi/ })
    .first()
    .waitFor();
  await lookAt(page, "call-picture-table");
  expect(supervisor.complaints).toEqual([]);
});

it.each(LOOKS)("is readable in $name", async ({ name, ...look }) => {
  const seat = await openPanel(look);
  // What is narrow may lie under its neighbours: it is pointed at, wherever it is.
  await part(seat.page, /^Maria/, /^Waited in Support, /).dispatchEvent("pointerover");
  await picture(seat.page)
    .getByText(/^Maria Bianchi Waited in Support, /)
    .waitFor();
  await lookAt(seat.page, `call-picture-${name}`);
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});
