import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Agent, Trunk } from "../../contract/views.ts";
import type { BaresipPhone } from "../rig/baresip-phone.ts";
import { startPhone } from "../rig/baresip-phone.ts";
import { type HouseRig, OUTSIDE, PASSWORD } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, sitDown, startBrowserAndHouse } from "./browser.ts";

const NUMBER = "+390550001001";

let house: HouseRig;
let browser: Browser;
let admin: Seat;
let carrier: Trunk;
let phone: BaresipPhone | undefined;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  // The rig brings a trunk along; here it is made by hand.
  const [given] = (await house.admin.get<ListPage<Trunk>>("/trunks")).rows;
  if (given === undefined) throw new Error("the rig has no trunk");
  carrier = given;
  await house.admin.remove(`/trunks/${given.id}`);
  admin = await openSeat(browser, house.address);
  await signInAs(admin.page, "admin");
  await admin.page.getByRole("link", { name: "Set up" }).click();
});
afterAll(async () => {
  await phone?.stop();
  await browser.close();
  await house.stop();
});

const field = (page: Page, name: string): Locator =>
  page
    .getByRole("complementary")
    .getByLabel(name, { exact: true })
    .or(page.getByRole("textbox", { name, exact: true }));

async function openNew(page: Page, list: string, one: string): Promise<void> {
  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: list, exact: true }).click();
  await page.getByRole("heading", { name: list, exact: true }).waitFor();
  await page
    .getByRole("button", { name: `New ${one}` })
    .first()
    .click();
  await page.getByRole("heading", { name: `New ${one}` }).waitFor();
}
const fill = (page: Page, name: string, value: string) => field(page, name).first().fill(value);
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const saved = (page: Page, name: string) => page.getByText(`${name} is made.`).waitFor();
async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name }).or(page.getByRole("textbox", { name })).first().click();
  await page.getByRole("option", { name: option }).click();
}

it("leads from an empty house by its first steps", async () => {
  const { page } = admin;
  await page.getByText("Six steps to the first call. They tick themselves off.").waitFor();
  await lookAt(page, "administration-first-steps");
});

it("says at the field what is wrong, before and after asking the server", async () => {
  const { page } = admin;
  await openNew(page, "Queues", "queue");
  await save(page);
  await page.getByText("Please fill in: Name").waitFor();
  await fill(page, "Name", "Support");
  await fill(page, "Ring, seconds", "2");
  await save(page);
  await page.getByText("At least 5").waitFor();
  await lookAt(page, "administration-bad-input");
  await fill(page, "Ring, seconds", "15");
  await fill(page, "Wrap-up, seconds", "0");
  await save(page);
  await saved(page, "Support");

  await openNew(page, "Queues", "queue");
  await fill(page, "Name", "Support");
  await save(page);
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("button", { name: "Close", exact: true }).first().click();
  await page.getByRole("button", { name: "Leave", exact: true }).click();
});

it("makes an agent of the queue, a break reason and dispositions", async () => {
  const { page } = admin;
  await openNew(page, "Agents", "agent");
  await fill(page, "Full name", "Anna Rossi");
  await fill(page, "Username", "anna");
  await fill(page, "Password", PASSWORD);
  await pick(page, "Queues", "Support");
  await page.keyboard.press("Escape");
  await save(page);
  await saved(page, "Anna Rossi");
  const [anna] = (await house.admin.get<ListPage<Agent>>("/agents")).rows;
  expect(anna).toMatchObject({ username: "anna", typology: "external", hotdesk: true });
  expect(anna?.queues).toHaveLength(1);

  await openNew(page, "Break reasons", "break reason");
  await fill(page, "Name", "Coffee");
  await save(page);
  await saved(page, "Coffee");

  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: "Dispositions" }).click();
  await page.getByRole("button", { name: "New disposition" }).first().click();
  await page.getByRole("textbox", { name: "New disposition" }).fill("Solved");
  await page.keyboard.press("Enter");
  await page.getByRole("treeitem", { name: "Solved" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add below Solved" }).click();
  await page.getByRole("textbox", { name: "New below Solved" }).fill("At once");
  await page.keyboard.press("Enter");
  await page.getByRole("treeitem", { name: "Solved › At once" }).waitFor();
  await page.keyboard.press("Escape");
  await lookAt(page, "administration-dispositions");
});

it("makes a telephone whose secret is shown once, and sees the device register", async () => {
  const { page } = admin;
  await openNew(page, "Telephones", "telephone");
  await fill(page, "Name", "Desk 1");
  await fill(page, "Username", "desk-1");
  await fill(page, "Place", "Floor 1");
  await page.getByRole("button", { name: "Generate" }).click();
  const secret = await field(page, "Secret").first().inputValue();
  expect(secret.length).toBeGreaterThanOrEqual(16);
  await save(page);
  await page.getByText("Enter this on the device").waitFor();
  const panel = page.getByRole("complementary", { name: "Desk 1" });
  expect(await panel.textContent()).toContain(secret);
  await panel.getByText("Waiting for it to register").waitFor();
  await lookAt(page, "administration-secret-once");

  const shown = async (label: string) =>
    (await panel
      .locator(".field", { has: page.getByText(label, { exact: true }) })
      .locator(".copy-text")
      .textContent()) ?? "";
  phone = await startPhone({
    username: "desk-1",
    password: secret,
    server: { host: await shown("Server"), port: Number(await shown("Port")) },
  });
  await panel.getByText(/registered from 127\.0\.0\.1/).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page
    .getByRole("row", { name: /Desk 1/ })
    .getByText("registered", { exact: true })
    .waitFor();
  await page.getByRole("row", { name: /Desk 1/ }).click();
  await page.getByRole("complementary", { name: "Desk 1" }).getByText("Change", { exact: true }).waitFor();
  expect(await page.content()).not.toContain(secret);
  expect(JSON.stringify(await house.admin.get("/telephones"))).not.toContain(secret);
  await page.getByRole("button", { name: "Close", exact: true }).first().click();
});

it("makes trunk and route, and then a real call arrives and is told in Report Call", async () => {
  const { page } = admin;
  await openNew(page, "Trunks", "trunk");
  await fill(page, "Name", "Carrier");
  await fill(page, "Host", "not a host");
  await save(page);
  await page.getByText("A host name or an address").waitFor();
  await fill(page, "Host", OUTSIDE);
  await fill(page, "Port", String(carrier.port));
  await page
    .getByRole("combobox", { name: "Addresses its calls come from" })
    .or(page.getByRole("textbox", { name: "Addresses its calls come from" }))
    .first()
    .fill(OUTSIDE);
  await page.keyboard.press("Enter");
  await save(page);
  await saved(page, "Carrier");

  await openNew(page, "Inbound routes", "inbound route");
  await fill(page, "Called number", NUMBER);
  await pick(page, "First action", "Support");
  await save(page);
  await saved(page, NUMBER);
  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: "Overview" }).click();
  await page.getByText("Still missing").waitFor({ state: "detached" });
  await page.getByText("Six steps").waitFor({ state: "detached" });
  await lookAt(page, "administration-overview");

  const anna = await openSeat(browser, house.address);
  await sitDown(anna.page, "anna", "Desk 1");
  const caller = await house.caller(NUMBER);
  await until("the telephone rings", () => phone?.state === "ringing", { timeoutMs: 15_000 });
  await anna.page.getByRole("article", { name: "Call with Maria Bianchi" }).getByText("Support").waitFor();
  await phone?.accept();
  await anna.page.getByRole("article").getByText("Talking").first().waitFor();
  caller.hangUp();
  await caller.done;

  await page.getByRole("link", { name: "Report Call" }).click();
  await page.getByRole("row", { name: /Desk 1.*seated: Anna Rossi/ }).waitFor();
  expect([...admin.complaints, ...anna.complaints]).toEqual([]);
});
