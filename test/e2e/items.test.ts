import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Item } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, sitDown } from "./browser.ts";
import { type ItemsHouse, MARIA, SUPPORT, startItemsHouse } from "./items-house.ts";

const STRANGER = "+390555550199";
const PATIENCE = { timeout: 30_000 };

let scene: ItemsHouse;
let house: HouseRig;
let browser: Browser;
const seats: Seat[] = [];

beforeAll(async () => {
  scene = await startItemsHouse();
  ({ house, browser } = scene);
});
afterAll(() => scene?.stop());
afterEach(async () => {
  expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  for (const { context } of seats.splice(0)) await context.close();
});

async function seat(look: Parameters<typeof openSeat>[2] = {}): Promise<Page> {
  const made = await openSeat(browser, house.address, look);
  seats.push(made);
  return made.page;
}
const door = (page: Page) => page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: /^Items/ });
const row = (page: Page, name: RegExp) => page.getByRole("table", { name: "Items" }).getByRole("row", { name });
const panel = (page: Page) => page.getByRole("complementary", { name: "Maria Bianchi" });
/** What has the focus, where something has it. */
const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement === document.body ? "" : (document.activeElement?.textContent ?? "")));

it("an agent hears a message, takes it, calls back and disposes it, by keyboard, and takes that back", async () => {
  const page = await seat();
  await sitDown(page, "anna", "Desk 1");
  await page.keyboard.press("F10");
  await page.getByText("Nothing waits").waitFor();
  await lookAt(page, "items-none");
  await scene.message(MARIA);
  await page.getByRole("link", { name: /^1 item/ }).waitFor(PATIENCE);
  await expect.poll(() => door(page).textContent()).toContain("1");
  await row(page, /Voicemail.*Maria Bianchi.*Support.*new.*Open/).waitFor(PATIENCE);

  await page.getByRole("link", { name: "Home" }).click();
  await page
    .getByRole("region", { name: /^Items/ })
    .getByText("Support")
    .waitFor();
  await lookAt(page, "items-home");
  await page.keyboard.press("F10");
  await expect.poll(() => focused(page), PATIENCE).toContain("Maria Bianchi");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page), PATIENCE).toBe("Take");
  await panel(page).getByText("Nobody has heard it yet").waitFor();
  await lookAt(page, "item-open");

  const place = panel(page).getByRole("slider", { name: "Place in the message" });
  await place.press(" ");
  await panel(page)
    .getByText(/^Anna Rossi heard it first, /)
    .waitFor(PATIENCE);
  await row(page, /new/).waitFor({ state: "detached", ...PATIENCE });

  await panel(page).getByRole("button", { name: "Take" }).press("Enter");
  await panel(page)
    .getByText(/^You have it since \d\d:\d\d\.$/)
    .waitFor(PATIENCE);
  await expect.poll(() => focused(page), PATIENCE).toBe("Call +39 055 555 0101");
  await page.keyboard.press("Enter");
  const desk = house.phone("desk-1");
  await until("Desk 1 rings", () => desk.state === "ringing", { timeoutMs: 30_000 });
  await desk.accept();
  const rung = await until(
    "Maria is rung",
    () => scene.outside.calls.find((one) => one.incoming && one.state === "ringing"),
    {
      timeoutMs: 30_000,
    },
  );
  rung.answer();
  const card = page.getByRole("article", { name: "Call with Maria Bianchi" });
  await card.getByText("Talking").first().waitFor(PATIENCE);
  const waiting = card.getByRole("region", { name: "Waiting of this caller" });
  await waiting.getByText(/^You, since /).waitFor(PATIENCE);
  await lookAt(page, "item-on-call");
  await rung.hangUp();
  await card.getByText("Ended").first().waitFor(PATIENCE);

  await waiting.getByRole("link", { name: "Voicemail" }).click();
  await panel(page)
    .getByText(/^Called 1 time, last at /)
    .waitFor(PATIENCE);
  await panel(page).getByText("Anna Rossi called +39 055 555 0101").waitFor(PATIENCE);
  await page.keyboard.press("F2");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await expect.poll(() => focused(page), PATIENCE).toContain("Maria Bianchi");
  await page.keyboard.press("Enter");
  await panel(page).getByLabel("Note on this item").fill("Called back, all is well");
  await page.keyboard.press("F2");
  await page.keyboard.type("at once");
  await page.keyboard.press("Enter");
  await page.getByText("Maria Bianchi is disposed as Solved › At once.").waitFor(PATIENCE);
  await page.getByText("Nothing waits").waitFor(PATIENCE);
  await door(page)
    .getByText("1")
    .waitFor({ state: "detached", ...PATIENCE });
  expect(await scene.items()).toMatchObject([
    { state: "done", contact: { name: "Maria Bianchi" }, done: { note: "Called back, all is well" }, attempts: 1 },
  ]);

  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await panel(page)
    .getByText(/^You have it since /)
    .waitFor(PATIENCE);
  await panel(page).getByRole("button", { name: "Give back" }).press("Enter");
  await page.getByText("Maria Bianchi is open again for everybody.").waitFor(PATIENCE);
  await page.getByRole("button", { name: "Undo" }).click();
  await panel(page)
    .getByText(/^You have it since /)
    .waitFor(PATIENCE);
  await page.keyboard.press("F2");
  await page.keyboard.type("at once");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing waits").waitFor(PATIENCE);
  await page.getByLabel("State", { exact: true }).selectOption("Done");
  await row(page, /Solved › At once/).waitFor(PATIENCE);
});

it("the outcome of a call is that of what waits of its caller too, where that was chosen", async () => {
  const item = await scene.message(MARIA);
  const page = await seat();
  await signInAs(page, "anna");
  const call = scene.outside.dial(SUPPORT, MARIA);
  const desk = house.phone("desk-1");
  await until("Desk 1 rings", () => desk.state === "ringing", { timeoutMs: 30_000 });
  await desk.accept();
  const card = page.getByRole("article", { name: "Call with Maria Bianchi" });
  await card.getByText("Talking").first().waitFor(PATIENCE);
  await card.getByLabel(/^Done with the voicemail of \d\d:\d\d too$/).check();
  await page.keyboard.press("F2");
  await page.keyboard.type("at once");
  await page.keyboard.press("Enter");
  await card.getByRole("region", { name: "Waiting of this caller" }).waitFor({ state: "detached", ...PATIENCE });
  expect(await house.admin.get<Item>(`/items/${item.id}`)).toMatchObject({
    state: "done",
    done: { by: { name: "Anna Rossi" }, disposition: ["Solved", "At once"] },
  });
  await call.hangUp();
});

it("who is slower reads who has it, and sees it go back", async () => {
  const item = await scene.message(MARIA);
  const luca = await house.signIn("luca");
  const page = await seat({ colorScheme: "dark", viewport: { width: 1024, height: 640 } });
  await signInAs(page, "anna");
  await door(page).click();
  await row(page, /Maria Bianchi/)
    .first()
    .click();
  await page.route("**/items/*/take", async (route) => {
    await luca.post(`/items/${item.id}/take`);
    await route.continue();
  });
  await panel(page).getByRole("button", { name: "Take" }).click();
  await panel(page).getByText("Luca Neri has this item.").waitFor(PATIENCE);
  await panel(page)
    .getByText(/^Luca Neri has it since \d\d:\d\d\.$/)
    .waitFor(PATIENCE);
  await panel(page).getByRole("button", { name: "Take" }).waitFor({ state: "detached" });
  await lookAt(page, "item-taken-by-another");
  await page.unroute("**/items/*/take");
  await luca.post(`/items/${item.id}/give-back`);
  await panel(page).getByRole("button", { name: "Take" }).waitFor(PATIENCE);
});

it("a caller who asks to be called stands among the items; a supervisor narrows them, assigns and reopens", async () => {
  await scene.asksToBeCalled(STRANGER);
  const page = await seat();
  await signInAs(page, "teresa");
  await page.getByRole("link", { name: "2 open items of Support" }).waitFor(PATIENCE);
  await lookAt(page, "items-floor");
  await page.getByRole("link", { name: "2 open items of Support" }).click();
  await expect.poll(() => page.url()).toContain(`queue=${scene.support.id}`);
  await page.getByLabel("Kind", { exact: true }).selectOption("Callback");
  await row(page, /Maria Bianchi/).waitFor({ state: "detached", ...PATIENCE });
  // The filters stand in the address: who opens it sees the same.
  await page.reload();
  await row(page, /Callback.*\+39 055 555 0199.*Support/).click();
  const stranger = page.getByRole("complementary", { name: "+39 055 555 0199" });
  await stranger.getByRole("button", { name: "Assign…" }).press("Enter");
  await page.getByLabel("Who gets it").first().fill("Luca");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await lookAt(page, "item-assign");
  await page.getByRole("dialog").getByRole("button", { name: "Assign", exact: true }).click();
  await page.getByText("Luca Neri has +39 055 555 0199 now.").waitFor(PATIENCE);
  await row(page, /Luca Neri, since/).waitFor(PATIENCE);
  await page.getByRole("button", { name: "Undo" }).click();
  await row(page, /Open/).waitFor(PATIENCE);
  await page.getByText("Luca Neri has +39 055 555 0199 now.").waitFor({ state: "detached" });

  await page.getByLabel("Number", { exact: true }).fill("nobody");
  await page.getByRole("button", { name: "Show all that wait" }).click();
  await row(page, /Maria Bianchi/).waitFor(PATIENCE);
  await page.getByLabel("State", { exact: true }).selectOption("Done");
  await row(page, /Solved › At once/)
    .first()
    .click();
  await panel(page).getByRole("button", { name: "Reopen" }).click();
  await panel(page).getByRole("button", { name: "Assign…" }).waitFor(PATIENCE);
  await panel(page).getByText("Teresa Sala reopened it").waitFor(PATIENCE);
  await page.emulateMedia({ colorScheme: "dark" });
  await lookAt(page, "item-supervisor-dark");
  await page.setViewportSize({ width: 420, height: 800 });
  await lookAt(page, "item-narrow");
});

it("turns grey while nobody answers, says what cannot be read, and is true again by itself", async () => {
  const page = await seat();
  await signInAs(page, "anna");
  await page.route("**/api/v1/items?*", (route) =>
    route.fulfill({
      status: 503,
      json: {
        ...{ type: "about:blank", code: "database.unavailable", title: "The database is away.", status: 503 },
      },
    }),
  );
  await door(page).click();
  await page.getByRole("alert").getByText("The database is away.").waitFor(PATIENCE);
  await lookAt(page, "items-error");
  await page.unroute("**/api/v1/items?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await row(page, /Maria Bianchi/)
    .first()
    .click();
  await panel(page).getByRole("button", { name: "Take" }).waitFor();
  await house.stopPerch();
  await page.locator(".veil-stale").getByText("Not connected.").waitFor(PATIENCE);
  expect(await panel(page).getByRole("button", { name: "Take" }).isDisabled()).toBe(true);
  await lookAt(page, "items-not-connected");
  await house.startPerch();
  await page.locator(".veil-stale").waitFor({ state: "detached", ...PATIENCE });
  await panel(page).getByRole("button", { name: "Take" }).click();
  await panel(page)
    .getByText(/^You have it since /)
    .waitFor(PATIENCE);
  const [seen] = seats;
  if (seen !== undefined) seen.complaints = seen.complaints.filter((text) => !text.includes("WebSocket connection"));
});
