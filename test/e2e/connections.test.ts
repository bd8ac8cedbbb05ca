import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../database.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";
import { canvas, card, choose, panel as designerPanel, drawn, field } from "./designer-hands.ts";

const TOKEN = "t0p-secret-token";

let house: HouseRig;
let browser: Browser;
let admin: Seat;
let other: TestDatabase;

beforeAll(async () => {
  other = await testDatabase();
  [browser, house] = await startBrowserAndHouse();
  await house.telephone("desk-1", { internal: "101" });
  admin = await openSeat(browser, house.address);
  await signInAs(admin.page, "admin");
  await admin.page.getByRole("link", { name: "Set up" }).click();
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await other?.drop();
});

async function open(page: Page, list: string): Promise<void> {
  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: list, exact: true }).click();
  await page.getByRole("heading", { name: list, exact: true }).waitFor();
}
const panel = (page: Page): Locator => page.getByRole("complementary").last();
const box = (page: Page, name: string | RegExp) => panel(page).getByRole("textbox", { name });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const inBoth = async (page: Page, name: string) => {
  await page.emulateMedia({ colorScheme: "light" });
  await lookAt(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await lookAt(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: "light" });
};

it("a secret is written once and shown to nobody again", async () => {
  const { page } = admin;
  await open(page, "Secrets");
  await page.getByRole("button", { name: "New secret" }).first().click();
  await box(page, "Name").fill("sms");
  await box(page, "Secret").fill(TOKEN);
  await save(page);
  await page.getByRole("cell", { name: "any host" }).waitFor();
  await page.getByRole("button", { name: "New secret" }).first().click();
  await box(page, "Name").fill("crm");
  await panel(page).getByRole("combobox", { name: "For" }).or(panel(page).getByLabel("For")).first().click();
  await page.getByRole("option", { name: "A database that projects ask" }).click();
  await box(page, "Secret").fill("mysql://wrong");
  await save(page);
  await page.getByText("Write it as postgresql://user:password@host:5432/name.").first().waitFor();
  const place = new URL(other.url);
  place.searchParams.set("sslmode", "disable");
  await box(page, "Secret").fill(place.href);
  await save(page);
  const row = page.getByRole("row").filter({ hasText: "crm" });
  await row.getByText(/ at .+ as /).waitFor();
  await row.click();
  await panel(page).getByRole("button", { name: "Change", exact: true }).waitFor();
  await inBoth(page, "secrets");
  expect(await page.content()).not.toContain(TOKEN);
});

it("a query is written, and asked with values that are typed in", async () => {
  const { page } = admin;
  await open(page, "Database queries");
  await page.getByRole("button", { name: "New query" }).first().click();
  await box(page, "Name").fill("Customer");
  await panel(page).getByRole("combobox", { name: "Database" }).or(panel(page).getByLabel("Database")).first().click();
  await page.getByRole("option", { name: /^crm/ }).click();
  await box(page, "SQL").fill("delete from customers");
  await save(page);
  await page.getByText("It begins with SELECT, WITH or VALUES: it only reads.").first().waitFor();
  await box(page, "SQL").fill("select 'Ada' as name, :caller::text as number");
  await save(page);
  await page.getByRole("row").filter({ hasText: "Customer" }).click();
  const trying = page.getByRole("region", { name: "Try it" });
  await trying.getByLabel("caller").fill("0612345");
  await trying.getByRole("button", { name: "Ask it as it is saved" }).click();
  await trying.getByText(/does not name it/).waitFor();
  const { hostname, port } = new URL(other.url);
  await house.admin.patch("/settings", { databaseBlockAllowed: [`${hostname}:${port}`] });
  await trying.getByRole("button", { name: "Ask it as it is saved" }).click();
  await trying.getByText("Ada").waitFor();
  await trying.getByText("0612345").waitFor();
  await inBoth(page, "database-queries");
});

it("the gateway of short messages is described once, and says what it answers", async () => {
  const { page } = admin;
  await open(page, "SMS");
  await page.getByLabel("URL").fill("http://127.0.0.1:9/sms");
  await page.getByLabel("Value of header 1").fill("Bearer {secret.sms}");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Send a few words to").fill("+393331234567");
  await page.getByRole("button", { name: "Send a few words" }).click();
  await page.getByText(/Projects may not reach 127.0.0.1/).waitFor();
  await inBoth(page, "sms");
});

it("headers offer secrets, a lookup says what its query wants, and the draft is called on a telephone", async () => {
  const { page } = admin;
  const { rows } = await house.admin.get<{ rows: { id: number }[] }>("/data-queries");
  const digits = { say: [{ digits: "1" }], variable: "x", least: 1, most: 4, wait: 30, rounds: 1, sayInvalid: [] };
  const draft = await drawn(house, "Reception", ({ blocks: [start] }) => ({
    notes: [],
    blocks: [
      { ...start, exits: { next: "look" } },
      {
        ...{ id: "look", type: "database-lookup", at: { x: 250, y: 0 } },
        options: { query: rows[0]?.id, give: [], read: [{ variable: "who", column: "name" }] },
        exits: { found: "ask", nothing: "ask", failed: "ask" },
      },
      {
        ...{ id: "ask", type: "get-digits", at: { x: 500, y: 0 }, options: { ...digits, secret: false } },
        exits: { done: "web", "no-input": "web", invalid: "web" },
      },
      {
        ...{ id: "web", type: "http-request", at: { x: 750, y: 0 } },
        options: {
          ...{ method: "GET", url: "https://crm.example.com/", as: "json", body: "", timeout: 5, read: [] },
          headers: [{ name: "X-Key", value: "" }],
        },
        exits: { done: "bye", refused: "bye", failed: "bye" },
      },
      { id: "bye", type: "hang-up", options: { say: [] }, exits: {}, at: { x: 1000, y: 0 } },
    ],
  }));
  await page.goto(new URL(`/project?open=${draft.id}`, house.address).href);
  await card(page, "Database lookup").click();
  await designerPanel(page).getByText("Parameters: caller. Each takes the variable of its name.").waitFor();
  await inBoth(page, "project-database-lookup");
  await card(page, "HTTP request").click();
  const value = field(page, "Value");
  await value.click();
  await value.pressSequentially("Bearer {sec");
  await page.getByRole("option", { name: "{secret.sms}" }).click();
  expect(await value.inputValue()).toBe("Bearer {secret.sms}");
  await page.locator(".designer").getByText("saved", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Try it" }).click();
  await designerPanel(page).getByRole("button", { name: "Call it" }).click();
  await designerPanel(page).getByRole("button", { name: "Give a code" }).click();
  await designerPanel(page)
    .getByText(/^Dial \*16[0-9]{6} on any telephone/)
    .waitFor();
  await designerPanel(page).getByRole("button", { name: "Take it back" }).click();
  await designerPanel(page).getByText("It was taken back.").waitFor();
  await choose(page, "On which telephone", /· 101$/);
  await designerPanel(page).getByRole("button", { name: "Ring" }).click();
  const phone = house.phone("desk-1");
  await until("the telephone rings", () => phone.state === "ringing", { timeoutMs: 15_000 });
  await designerPanel(page)
    .getByText(/rings: pick up\.$/)
    .waitFor();
  await phone.accept();
  await designerPanel(page).getByText("On the line.").waitFor();
  const way = designerPanel(page).getByRole("list", { name: "Its way" });
  await way.getByText("→ Found").waitFor();
  await designerPanel(page).getByText("Ada").waitFor();
  await canvas(page).locator(".block-card").first().waitFor();
  await inBoth(page, "project-call-it");
  await designerPanel(page).getByRole("button", { name: "Hang up" }).click();
  await designerPanel(page).getByText("Over: the caller hung up").waitFor();
  await page.getByRole("button", { name: "Live" }).click();
  await designerPanel(page).getByText("trial").first().waitFor();
});
