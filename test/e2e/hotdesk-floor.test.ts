import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Session, Telephone } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { houseClock, lookAt, openSeat, signInAs, sitDown, startBrowserAndHouse, telephoneOption } from "./browser.ts";

let house: HouseRig;
let browser: Browser;
const telephones: Telephone[] = [];

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  for (const [username, name] of [
    ["anna", "Anna Rossi"],
    ["luca", "Luca Neri"],
  ] as const) {
    await house.agent(username, name, []);
  }
  for (const number of [1, 2, 3]) {
    telephones.push(await house.telephone(`desk-${number}`, { fullName: `Desk ${number}`, place: "Floor 1" }));
  }
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

const seat = () => openSeat(browser, house.address);
const choosable = (page: Page, name: string) => telephoneOption(page, name).getAttribute("aria-disabled");
const sentence = (page: Page, name: string) => telephoneOption(page, name).textContent();

async function logOutByHand(page: Page, telephone: string): Promise<void> {
  await page.getByRole("button", { name: telephone }).click();
  await page.getByRole("menuitem", { name: "Log out…" }).click();
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await page.getByRole("heading", { name: "Choose your telephone" }).waitFor();
}

/** Lets none of the two logins leave before both have begun. */
async function heldBack(pages: Page[]): Promise<void> {
  let begun = 0;
  let go = () => {};
  const bothBegun = new Promise<void>((resolve) => {
    go = resolve;
  });
  const wait = async (route: Route) => {
    if (route.request().method() !== "POST") return await route.continue();
    begun += 1;
    if (begun === pages.length) go();
    await bothBegun;
    await route.continue();
  };
  for (const page of pages) await page.route("**/api/v1/session", wait);
}

it("shows a taken telephone with its name and since, in the house's time, and frees it live at logout", async () => {
  const anna = await seat();
  const luca = await seat();
  await signInAs(luca.page, "luca");
  await expect.poll(() => choosable(luca.page, "Desk 1")).toBe("false");

  await sitDown(anna.page, "anna", "Desk 1");
  await expect.poll(() => choosable(luca.page, "Desk 1")).toBe("true");
  const { since } = await (await house.signIn("anna")).get<Session>("/session");
  expect(await sentence(luca.page, "Desk 1")).toContain(`in use: Anna Rossi since ${houseClock(since)}`);

  await logOutByHand(anna.page, "Desk 1");
  await expect.poll(() => choosable(luca.page, "Desk 1")).toBe("false");
  expect([...anna.complaints, ...luca.complaints]).toEqual([]);
  await anna.context.close();
  await luca.context.close();
});

it("gives a telephone that two want at once to one of them, and tells the other why in place", async () => {
  const seats = [await seat(), await seat()] as const;
  const pages = seats.map(({ page }) => page);
  for (const [at, page] of pages.entries()) {
    await signInAs(page, at === 0 ? "anna" : "luca");
    await page.getByRole("combobox", { name: /place, name or number/ }).fill("desk 2");
    await expect.poll(() => telephoneOption(page, "Desk 2").getAttribute("aria-selected")).toBe("true");
  }
  await heldBack(pages);
  await Promise.all(pages.map((page) => page.keyboard.press("Enter")));

  const won = (page: Page) => page.getByText("Ready", { exact: true }).first().isVisible();
  await expect.poll(async () => (await Promise.all(pages.map(won))).filter(Boolean).length).toBe(1);
  const [winner, loser] = (await won(seats[0].page)) ? seats : [seats[1], seats[0]];
  const name = winner === seats[0] ? "Anna Rossi" : "Luca Neri";
  await loser.page
    .getByRole("alert")
    .getByText(new RegExp(`${name} .*sat down at Desk 2|held by ${name}`))
    .waitFor();
  expect(await loser.page.getByRole("heading", { name: "Choose your telephone" }).isVisible()).toBe(true);
  await expect.poll(() => sentence(loser.page, "Desk 2")).toContain(`in use: ${name}`);
  await lookAt(loser.page, "telephone-lost-race");

  await logOutByHand(winner.page, "Desk 2");
  await winner.context.close();
  await loser.context.close();
});

it("keeps the telephone of a desktop that vanished, says so, and gives it back to its agent anywhere", async () => {
  const anna = await seat();
  const luca = await seat();
  await signInAs(luca.page, "luca");
  await sitDown(anna.page, "anna", "Desk 3");
  await anna.context.close();
  await expect
    .poll(() => sentence(luca.page, "Desk 3"), { timeout: 20_000 })
    // A quarter of an hour before midnight it is free tomorrow, and says the day.
    .toMatch(/busy: Anna Rossi since \d\d:\d\d, did not log out; free at (?:\d+ \w+ )?\d\d:\d\d/);
  expect(await choosable(luca.page, "Desk 3")).toBe("true");

  const elsewhere = await seat();
  await signInAs(elsewhere.page, "anna");
  await elsewhere.page.getByText("Ready", { exact: true }).first().waitFor();
  await elsewhere.page.getByRole("button", { name: "Desk 3" }).waitFor();
  await expect.poll(() => sentence(luca.page, "Desk 3")).toContain("in use: Anna Rossi");
  expect(luca.complaints).toEqual([]);

  await logOutByHand(elsewhere.page, "Desk 3");
  await elsewhere.context.close();
  await luca.context.close();
});

it("offers every telephone when none is registered, asks before one is taken over, and tells who sat there", async () => {
  const anna = await seat();
  const luca = await seat();
  await sitDown(anna.page, "anna", "Desk 1");
  await signInAs(luca.page, "luca");
  await Promise.all(telephones.map(({ username }) => house.phone(username).stop()));
  await luca.page.getByText("No telephone is registered at the moment").waitFor({ timeout: 10_000 });
  for (const name of ["Desk 1", "Desk 2", "Desk 3"]) expect(await choosable(luca.page, name)).toBe("false");
  await lookAt(luca.page, "telephone-none-registered");
  await anna.page.getByTitle(/^Desk 1 is not (registered|connected).*: no call can reach it$/).waitFor();

  await telephoneOption(luca.page, "Desk 1").click();
  const question = luca.page.getByRole("dialog", { name: "Take over Desk 1?" });
  await question.getByText("Anna Rossi's session ends and is told so").waitFor();
  await lookAt(luca.page, "telephone-takeover");
  await question.getByRole("button", { name: "Take it over" }).click();
  await luca.page.getByRole("button", { name: "Desk 1" }).waitFor();
  await anna.page.getByText(/^Your session was ended at \d\d:\d\d: Luca Neri took over Desk 1\.$/).waitFor();
  await lookAt(anna.page, "telephone-taken-away");
  expect([...anna.complaints, ...luca.complaints]).toEqual([]);
});
