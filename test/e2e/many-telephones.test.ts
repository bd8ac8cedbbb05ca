import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BaresipPhone, startPhone } from "../rig/baresip-phone.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

let house: HouseRig;
let browser: Browser;
let light: Seat;
let dark: Seat;
let phone: BaresipPhone | undefined;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  [light, dark] = (await Promise.all(
    (["light", "dark"] as const).map((colorScheme) => openSeat(browser, house.address, { colorScheme })),
  )) as [Seat, Seat];
  for (const { page } of [light, dark]) {
    await signInAs(page, "admin");
    await page.getByRole("link", { name: "Set up" }).waitFor();
  }
});
afterAll(async () => {
  await phone?.stop();
  await browser.close();
  await house.stop();
});

async function open(page: Page, address: string, heading: string): Promise<void> {
  await page.goto(new URL(`/administration/telephones${address}`, house.address).href);
  await page.getByRole("heading", { name: heading, exact: true }).first().waitFor();
  await expect.poll(() => page.getByRole("status", { name: /^Loading/ }).count()).toBe(0);
}
/** The same page in both looks. */
async function judged(name: string, address: string, heading: string): Promise<void> {
  for (const [look, { page }] of [
    ["light", light],
    ["dark", dark],
  ] as const) {
    await open(page, address, heading);
    await lookAt(page, `telephones-${look}-${name}`);
  }
}

it("shows an empty pool with the ways to fill it", async () => {
  await judged("none", "", "Telephones");
  await light.page.getByText("No telephones yet").waitFor();
  await judged("import-empty", "/import", "Import telephones");
});

it("makes a row by the keyboard, whose secrets are shown once; a device registers with one and shows at once", async () => {
  const { page } = light;
  await open(page, "", "Telephones");
  await page.getByRole("button", { name: "New row…" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "To", exact: true }).fill("3");
  await page.getByRole("textbox", { name: "First internal number" }).fill("101");
  await page.getByRole("textbox", { name: "Place" }).fill("Floor 1");
  await page.getByRole("button", { name: "Make 3 telephones" }).waitFor();
  await lookAt(page, "telephones-light-row");
  await page.getByRole("textbox", { name: "Place" }).press("Enter");
  const desk = page.getByRole("row", { name: /desk-2/ });
  await desk.waitFor();
  await lookAt(page, "telephones-light-made");
  const secret = (await desk.locator(".copy-text").textContent()) ?? "";
  expect(secret).toHaveLength(20);

  const { port } = await house.admin.get<{ port: number }>("/telephones/registrar");
  phone = await startPhone({ username: "desk-2", password: secret, server: { host: "127.0.0.1", port } });
  await desk.getByText("registered", { exact: true }).waitFor();

  // Leaving would lose the secrets, and asks first.
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  await page.keyboard.press("Escape");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  expect((await saved).suggestedFilename()).toBe("telephones.csv");
  await page.getByRole("button", { name: "Print 3 sheets" }).click();
  await page.locator(".sheet").nth(2).waitFor({ state: "attached" });
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".sheet").first().isVisible()).toBe(true);
  expect(await page.getByRole("img", { name: /^Account of Desk/ }).count()).toBe(3);
  expect(await page.locator(".shell").isVisible()).toBe(false);
  await page.screenshot({ path: "test-results/pictures/telephones-sheet.png", fullPage: true });
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.locator(".sheet").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("heading", { name: "Telephones", exact: true }).waitFor();
  await page.getByRole("row", { name: /Desk 2.*registered.*127\.0\.0\.1/ }).waitFor();
  expect(await page.content()).not.toContain(secret);
});

it("tries a telephone out while somebody presses what the screen asks for", async () => {
  const { page } = light;
  await page.getByRole("row", { name: /Desk 2/ }).click();
  const test = page.getByRole("region", { name: "Self-test" });
  await test.getByText("Not tried out yet").waitFor();
  await test.getByRole("button", { name: "Try it out" }).click();
  await until("it rings", () => phone?.state === "ringing", { timeoutMs: 15_000 });
  await test.getByText(/Pick up/).waitFor();
  await lookAt(page, "telephones-light-test-rings");
  await phone?.accept();
  await test.getByText(/Press 5/).waitFor();
  await phone?.keys("5");
  await test.getByText(/^All well/).waitFor();
  await lookAt(page, "telephones-light-tested");
  expect(await test.getByRole("listitem").count()).toBe(6);
});

it("reads a file, shows every problem in its place, keeps what was typed, and makes all of it when it is right", async () => {
  const { page } = dark;
  await open(page, "/import", "Import telephones");
  const text = page.getByLabel("or paste its text");
  await text.fill("name,username,internal,place\nGate,gate-1,201,Yard\nGate 2,desk-2,7,Yard\n");
  await page.getByText("2 problems in 1 line").waitFor();
  await page.getByRole("row", { name: /desk-2 belongs to the telephone Desk 2/ }).waitFor();
  await lookAt(page, "telephones-dark-import-problems");
  expect(await page.getByRole("button", { name: /^Make/ }).isDisabled()).toBe(true);
  await text.fill((await text.inputValue()).replace("desk-2,7", "gate-2,202"));
  await page.getByRole("button", { name: "Make 2 telephones" }).click();
  await page.getByRole("row", { name: /gate-2/ }).waitFor();
  await lookAt(page, "telephones-dark-made");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  await saved;
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("heading", { name: "Telephones", exact: true }).waitFor();
});

it("lists some hundreds, narrowed by what they are, in both looks", async () => {
  await judged("few", "", "Telephones");
  await house.admin.post("/telephones/bulk", {
    fullName: "Hall {n}",
    username: "hall-{n}",
    from: 1,
    to: 300,
    internalFrom: "3001",
    place: "Hall, second floor",
    model: "grandstream",
  });
  await judged("many", "", "Telephones");
  await judged("panel", "?open=new", "New telephone");
  const { page } = light;
  await open(page, "", "Telephones");
  await page.getByText("305 telephones").waitFor();
  await page
    .getByRole("combobox", { name: "State" })
    .or(page.getByRole("textbox", { name: "State" }))
    .first()
    .click();
  await page.getByRole("option", { name: "Registered", exact: true }).click();
  await page.getByText("1 of 305 telephones").waitFor();
  await page.getByRole("row", { name: /Desk 2/ }).waitFor();
  await page.getByRole("row", { name: /Desk 2/ }).click();
  await page.getByRole("complementary", { name: "Desk 2" }).waitFor();
  await lookAt(page, "telephones-light-panel-desk");
  expect([...light.complaints, ...dark.complaints]).toEqual([]);
});
