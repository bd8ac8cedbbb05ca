import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Disposition, Queue, Telephone } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { houseClock, lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";
import { finishedCall } from "./finished-call.ts";

const SUPPORT = "+390550001001";
const SALES = "+390550001002";
const FORMULA = "=1+1";

let house: HouseRig;
let browser: Browser;
let supervisor: Seat;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", SUPPORT);
  const sales = await house.queue("Sales", SALES);
  await house.admin.post("/users", {
    fullName: "Teresa Sala",
    username: "teresa",
    password: "a password of tests",
    role: "supervisor",
  });
  await furnishCalls(support, sales);
  supervisor = await openSeat(browser, house.address);
  await signInAs(supervisor.page, "teresa");
  await supervisor.page.getByRole("link", { name: "Report Call" }).click();
  await rowOf(supervisor.page, "Anna Rossi").first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

/** Three calls: one of Support that Anna disposed, one that she has not, and one of Sales that nobody answered. */
async function furnishCalls(support: Queue, sales: Queue): Promise<void> {
  await house.agent("anna", "Anna Rossi", [support]);
  await house.agent("luca", "Luca Neri", [sales]);
  const solved = await house.admin.post<Disposition>("/dispositions", { name: "Solved" });
  await house.admin.post("/dispositions", { name: FORMULA, parentId: solved.id });
  await house.admin.post("/dispositions", { name: "Unsolved" });
  const desk = async (number: number): Promise<Telephone> =>
    await house.telephone(`desk-${number}`, { fullName: `Desk ${number}`, place: "Floor 1" });
  const anna = await house.logIn("anna", await desk(1));
  await house.logIn("luca", await desk(2));

  await finishedCall(house, "desk-1", SUPPORT);
  const waiting = await until(
    "it waits to be disposed",
    async () => (await anna.get<{ rows: { legId: string }[] }>("/calls/to-dispose")).rows[0],
    { timeoutMs: 15_000 },
  );
  await anna.post(`/calls/${waiting.legId}/disposition`, { disposition: ["Solved", FORMULA] });
  await finishedCall(house, "desk-1", SUPPORT);
  const caller = await house.caller(SALES, { from: { number: "+390555550199", name: "Nobody's Caller" } });
  await until("Desk 2 rings", () => house.phone("desk-2").state === "ringing", { timeoutMs: 10_000 });
  caller.hangUp();
  await caller.done;
  await house.rows(3);
}

const table = (page: Page) => page.getByRole("table", { name: "Report Call" });
const rowOf = (page: Page, who: string | RegExp) => table(page).getByRole("row", { name: who });
const rowCount = async (page: Page) => (await table(page).locator("tbody tr[data-index]").count()) ?? 0;
async function filter(page: Page, name: string, option: string): Promise<void> {
  await pick(page, page.getByRole("search").getByRole("combobox", { name, exact: true }), option);
}
async function group(page: Page, option: string): Promise<void> {
  await pick(page, page.getByRole("combobox", { name: "Group by", exact: true }), option);
}
async function pick(page: Page, box: Locator, option: string): Promise<void> {
  await box.click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

it("shows each call with its user, its result and the house's time", async () => {
  const { page } = supervisor;
  await expect.poll(() => rowCount(page)).toBe(3);
  const [newest] = await house.rows(3);
  expect(await rowOf(page, /Sales/).textContent()).toMatch(/No answer/);
  expect(await rowOf(page, /Sales/).textContent()).toContain(houseClock(newest?.startedAt ?? ""));
  // On a shared telephone the user is the telephone until the call is disposed; who sat there stands beside.
  await rowOf(page, /Desk 1 seated: Anna Rossi/).waitFor();
  expect(await rowOf(page, /Solved › =1\+1/).textContent()).toContain("Anna Rossi");
  await lookAt(page, "report-call-rows");
});

it("narrows by filters that stand in the address, and comes back by it", async () => {
  const { page } = supervisor;
  await filter(page, "Queue", "Support");
  await expect.poll(() => rowCount(page)).toBe(2);
  await filter(page, "Disposition", "Solved");
  await expect.poll(() => rowCount(page)).toBe(1);
  await page.reload();
  await rowOf(page, /Solved/).waitFor();
  expect(await rowCount(page)).toBe(1);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await expect.poll(() => rowCount(page)).toBe(3);
  await filter(page, "Answered", "Not answered");
  await expect.poll(() => rowCount(page)).toBe(1);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("search").getByRole("textbox", { name: "Number" }).fill("0199");
  await expect.poll(() => rowCount(page)).toBe(1);
  await page.getByRole("search").getByRole("textbox", { name: "Number" }).fill("998877");
  await page.getByText("No calls like that in this period").waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect.poll(() => rowCount(page)).toBe(3);
});

const groupTable = (page: Page) => page.getByRole("table", { name: "Report Call in groups" });
const groupsOf = (page: Page) =>
  groupTable(page)
    .locator("tbody tr[data-index]")
    .evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent)));

it("puts the rows of a filter in groups, each of which opens its rows, and goes back", async () => {
  const { page } = supervisor;
  await group(page, "By queue");
  await expect
    .poll(() => groupsOf(page))
    .toEqual([
      ["Sales", "1"],
      ["Support", "2"],
    ]);
  expect(await groupTable(page).locator("tfoot").textContent()).toMatch(/^Total3100\.0 %/);
  await lookAt(page, "report-call-groups");
  await groupTable(page).getByRole("button", { name: "Talk", exact: true }).click();
  await groupTable(page).getByRole("button", { name: "Talk", exact: true }).click();
  await expect
    .poll(() => groupsOf(page))
    .toEqual([
      ["Support", "2"],
      ["Sales", "1"],
    ]);
  await page.reload();
  await groupTable(page).waitFor();
  await expect.poll(async () => (await groupsOf(page))[0]).toEqual(["Support", "2"]);

  await groupTable(page).locator("tbody tr[data-index]").first().focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => rowCount(page)).toBe(2);
  await page.goBack();
  await groupTable(page)
    .getByRole("row", { name: /^Sales/ })
    .getByRole("link")
    .last()
    .click();
  await rowOf(page, /Sales.*No answer/).waitFor();
  expect(await rowCount(page)).toBe(1);
  await page.goBack();
  await groupTable(page).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("report-call-by-queue.csv");
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect(lines.map((line) => line.split(",")[0]?.replace("\uFEFF", ""))).toEqual([
    "Queue",
    "Support",
    "Sales",
    "Total",
  ]);

  await group(page, "By disposition");
  await page.setViewportSize({ width: 1024, height: 720 });
  await page.emulateMedia({ colorScheme: "dark" });
  await groupTable(page)
    .getByRole("row", { name: /^Not disposed/ })
    .waitFor();
  await lookAt(page, "report-call-groups-dark");
  await groupTable(page)
    .getByRole("row", { name: /^Solved › =1\+1/ })
    .getByRole("link")
    .first()
    .click();
  await expect.poll(() => rowCount(page)).toBe(1);
  await page.getByRole("button", { name: "Solved › =1+1" }).click();
  await expect.poll(() => rowCount(page)).toBe(3);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1280, height: 720 });

  await group(page, "By day");
  await page.getByRole("search").getByRole("textbox", { name: "Number" }).fill("998877");
  await page.getByText("No calls like that in this period").waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await groupTable(page).waitFor();
  await group(page, "Not in groups");
  await expect.poll(() => rowCount(page)).toBe(3);
  expect(supervisor.complaints).toEqual([]);
});

it("explains itself: why this user, down to the journal's lines", async () => {
  const { page } = supervisor;
  await rowOf(page, /Desk 1 seated: Anna Rossi/).click();
  const panel = page.getByRole("complementary", { name: "Why this user" });
  await panel.getByRole("listitem").first().waitFor();
  expect(await panel.textContent()).toMatch(/Lease\s*Anna Rossi/);
  await lookAt(page, "report-call-why");
  await panel.getByText(/^Journal, \d+ lines/).click();
  await panel
    .getByRole("cell", { name: /CHAN_START/ })
    .first()
    .waitFor();
  await lookAt(page, "report-call-journal");
  await panel.getByRole("button", { name: "Close", exact: true }).click();
});

it("shows the columns that are chosen, and remembers them", async () => {
  const { page } = supervisor;
  const head = (name: string) => table(page).getByRole("columnheader", { name });
  expect(await head("Caller id").count()).toBe(0);
  await page.getByRole("button", { name: "Choose columns" }).click();
  await page.getByRole("checkbox", { name: "Caller id" }).check();
  await page.keyboard.press("Escape");
  await head("Caller id").waitFor();
  await page.reload();
  await head("Caller id").waitFor();
  await page.getByRole("button", { name: "Choose columns" }).click();
  await page.getByRole("checkbox", { name: "Caller id" }).uncheck();
  await page.keyboard.press("Escape");
});

it("gives the filtered rows as CSV, in which no text is a formula", async () => {
  const { page } = supervisor;
  await filter(page, "Queue", "Support");
  await expect.poll(() => rowCount(page)).toBe(2);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  expect(lines).toHaveLength(3);
  expect(lines.join("\n")).toContain("Anna Rossi");
  expect(lines.join("\n")).toContain("Solved");
  expect(lines.join("\n")).toContain(`'${FORMULA}`);
  expect(lines.join("\n")).not.toContain("Sales");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
});

it("changes the row under the supervisor's eyes when the agent disposes later", async () => {
  const anna = await openSeat(browser, house.address);
  await signInAs(anna.page, "anna");
  await anna.page
    .getByRole("link", { name: /To dispose/ })
    .first()
    .click();
  await anna.page
    .getByRole("table", { name: "Calls to dispose" })
    .getByRole("row", { name: /Maria Bianchi/ })
    .click();
  await anna.page.getByRole("article", { name: "Call with Maria Bianchi" }).getByText("Ended").first().waitFor();
  await anna.page.keyboard.press("F2");
  await anna.page.keyboard.type("solved");
  await lookAt(anna.page, "dispose-later");
  await anna.page.keyboard.press("Enter");
  await anna.page.keyboard.press("Enter");
  await anna.page.getByText("is disposed as").waitFor();

  await rowOf(supervisor.page, /Desk 1 seated/).waitFor({ state: "detached" });
  await expect.poll(() => rowOf(supervisor.page, /Person Anna Rossi.*Solved/).count()).toBe(2);
  expect([...supervisor.complaints, ...anna.complaints]).toEqual([]);
});

it("lets a supervisor correct the disposition of an agent's call, and says in Why who did", async () => {
  const { page } = supervisor;
  await rowOf(page, /Solved › =1\+1/)
    .last()
    .click();
  const panel = page.getByRole("complementary", { name: "Why this user" });
  await panel.getByRole("button", { name: "Correct the disposition" }).click();
  await panel.getByText(/The call stays Anna Rossi’s\. Who changes it is written down\./).waitFor();
  await lookAt(page, "report-call-correct");
  await panel.getByRole("combobox", { name: "Find a disposition" }).fill("unsolved");
  await page.keyboard.press("Enter");
  await panel.getByText(/Teresa Sala changed the disposition from Solved › =1\+1 to Unsolved\.$/).waitFor();
  await rowOf(page, /Person Anna Rossi.*Unsolved/).waitFor();
  await panel.getByRole("button", { name: "Close", exact: true }).click();
  expect(supervisor.complaints).toEqual([]);
});
