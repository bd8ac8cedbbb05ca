import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { HouseRig } from "../rig/house-rig.ts";
import { lookAt, openSeat, signInAs, sitDown, startBrowserAndHouse } from "./browser.ts";

let house: HouseRig;
let browser: Browser;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", "+390550001001");
  const team = await house.admin.post<{ id: number }>("/teams", { name: "Mornings", maxOnBreak: 1 });
  await house.agent("anna", "Anna Rossi", [support], { teamId: team.id });
  await house.agent("luca", "Luca Neri", []);
  await house.telephone("desk-1", { fullName: "Desk 1", place: "Floor 1" });
  await house.admin.post("/users", {
    fullName: "Sara Bo",
    username: "sara",
    password: "a password of tests",
    role: "supervisor",
  });
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

it("a supervisor finds an agent on the floor, pauses him, unpauses him and logs him out; his day tells it", async () => {
  const anna = await openSeat(browser, house.address);
  await sitDown(anna.page, "anna", "Desk 1");
  const sara = await openSeat(browser, house.address);
  const { page } = sara;
  await signInAs(page, "sara");
  const row = page.getByRole("row", { name: /Anna Rossi/ });
  await row.getByText("Ready").waitFor();
  await expect.poll(() => page.getByRole("button", { name: /^Logged out/ }).textContent()).toContain("1");

  // By keyboard alone: the count narrows the floor, the row opens, the act is the first thing in its panel.
  await page.getByRole("button", { name: /^Ready/ }).press("Enter");
  await expect.poll(() => page.getByRole("row", { name: /Luca Neri/ }).count()).toBe(0);
  await row.focus();
  await row.press("Enter");
  const panel = page.getByRole("complementary", { name: "Anna Rossi" });
  const pause = panel.getByRole("button", { name: "Pause…" });
  await expect.poll(() => pause.evaluate((button) => button === document.activeElement)).toBe(true);
  await pause.press("Enter");
  await page.getByLabel("Words for the agent").fill("Please come to my desk");
  await lookAt(page, "floor-pause");
  await page.keyboard.press("Tab");
  await page.getByRole("dialog").getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("Anna Rossi is paused.").waitFor();
  await anna.page.getByText("Paused by Sara Bo").first().waitFor();

  await page.getByRole("button", { name: "Undo" }).click();
  await anna.page.getByText("Ready", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: /^Ready/ }).click();

  await panel.getByRole("button", { name: "Log out…" }).click();
  await page.getByRole("dialog", { name: "Log Anna Rossi out?" }).getByRole("button", { name: "Log out" }).click();
  await page.getByText("Anna Rossi is logged out; Desk 1 is free.").waitFor();
  await anna.page.getByRole("heading", { name: "Choose your telephone" }).waitFor();

  await panel.getByRole("link", { name: "Anna Rossi’s days" }).click();
  await page.getByRole("heading", { name: "Days" }).waitFor();
  const state = page.getByRole("group", { name: "State" });
  await state.getByRole("button", { name: /Paused by a supervisor.*“Please come to my desk”/ }).waitFor();
  const sums = page.getByRole("complementary", { name: "Sums of the day" });
  await sums.getByRole("row", { name: /^Logged in \d+:\d\d:\d\d$/ }).waitFor();
  await sums.getByText("logged out by a supervisor (Sara Bo)").waitFor();

  // One stop of Tab for a lane; the arrows walk in it and across, and what is looked at is told below.
  await state.getByRole("button").first().focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.locator(".time-line-looked").textContent()).toContain("Telephone Desk 1");
  await page.getByRole("button", { name: "Show as a table" }).click();
  await page
    .getByRole("table", { name: "The day as a table" })
    .getByRole("row", { name: /Desk 1/ })
    .waitFor();
  await lookAt(page, "days");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  expect((await saving).suggestedFilename()).toMatch(/^Anna Rossi \d{4}-\d{2}-\d{2}\.csv$/);

  // The agent sees his own days, and nobody else's.
  await anna.page.getByRole("link", { name: "Days" }).click();
  await anna.page.getByRole("heading", { name: "My days" }).waitFor();
  await anna.page
    .getByRole("group", { name: "Telephone" })
    .getByRole("button", { name: /Desk 1/ })
    .waitFor();
  expect([...anna.complaints, ...sara.complaints]).toEqual([]);
});
