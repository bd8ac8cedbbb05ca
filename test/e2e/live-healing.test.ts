import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Session } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, pressKeyOf, type Seat, sitDown, startBrowserAndHouse } from "./browser.ts";

const NUMBER = "+390550001001";

let house: HouseRig;
let browser: Browser;
let seat: Seat;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", NUMBER);
  await house.agent("anna", "Anna Rossi", [support]);
  await house.admin.post("/pauses", { name: "Coffee" });
  await house.admin.post("/pauses", { name: "Lunch" });
  await house.telephone("desk-1", { fullName: "Desk 1", place: "Floor 1" });
  seat = await openSeat(browser, house.address);
  await sitDown(seat.page, "anna", "Desk 1");
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

it("pauses and goes on by F8 and by button, for another reason from the list, and the server agrees", async () => {
  const { page } = seat;
  const anna = await house.signIn("anna");
  const causes = async () => (await anna.get<Session>("/session")).causes.map((one) => one.reason);

  await pressKeyOf(page, "F8", /^Pause: Coffee/);
  await page.locator(".bar-state").getByText("Coffee").waitFor();
  expect(await causes()).toEqual(["Coffee"]);
  await lookAt(page, "home-paused");
  await pressKeyOf(page, "F8", /^Resume/);
  await page.locator(".bar-state").getByText("Ready").waitFor();
  expect(await causes()).toEqual([]);

  await page.getByRole("button", { name: "Other reasons to pause" }).click();
  await page.getByRole("menuitem", { name: "Lunch" }).click();
  await page.locator(".bar-state").getByText("Lunch").waitFor();
  await page.getByRole("button", { name: /^Resume/ }).click();
  await page.locator(".bar-state").getByText("Ready").waitFor();
  // The last reason is the one that F8 takes next.
  await page.getByRole("button", { name: /^Pause: Lunch/ }).waitFor();
});

it("says that Asterisk is down while it is, and takes it back when it is up again", async () => {
  const { page } = seat;
  const notice = page.getByText("Asterisk is down: telephones are as they were last seen");
  const said = notice.waitFor();
  await house.killAsterisk();
  await said;
  await notice.waitFor({ state: "hidden" });
  await house.replug("desk-1");
  await page.locator(".bar-state").getByText("Ready").waitFor();
});

it("turns grey with its age when Perch stops, and shows what happened meanwhile without a reload", async () => {
  const { page } = seat;
  await page.evaluate(() => Reflect.set(window, "theSamePage", true));
  await house.stopPerch();
  const veil = page.locator(".veil-stale");
  await veil.getByText("Not connected.").waitFor();
  const age = veil.locator(".veil-line").getByRole("timer");
  await expect.poll(() => age.textContent()).toMatch(/00:0[2-9]/);
  expect(await page.getByRole("button", { name: /^Pause/ }).isDisabled()).toBe(true);
  await lookAt(page, "not-connected");

  // Calls go on: one is rung and answered while nobody watches.
  const caller = await house.caller(NUMBER);
  const phone = house.phone("desk-1");
  await until("the telephone rings", () => phone.state === "ringing", { timeoutMs: 10_000 });
  await phone.accept();
  await until("they talk", () => phone.state === "talking" && caller.has("answered"));

  await house.startPerch();
  await veil.waitFor({ state: "detached" });
  await page.getByRole("article", { name: "Call with Maria Bianchi" }).getByText("Talking").first().waitFor();
  caller.hangUp();
  await caller.done;
  await page.getByRole("article").getByText("Ended").first().waitFor();
  expect(await page.evaluate(() => Reflect.get(window, "theSamePage"))).toBe(true);
  expect(seat.complaints.filter((text) => !text.includes("WebSocket connection"))).toEqual([]);
});
