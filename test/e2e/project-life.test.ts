import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FlowIssue } from "../../contract/flow.ts";
import type { Queue } from "../../contract/views.ts";
import { PROJECT_EXAMPLES } from "../../desktop/model/projects/project-examples.ts";
import { type HouseRig, PASSWORD } from "../rig/house-rig.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";
import { canvas, card, choose, draftOf, drawn, field, panel, saved } from "./designer-hands.ts";

const QUEUE = { say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false };
const MENU = { say: [{ text: "Press one for support." }], wait: 6, rounds: 3, sayInvalid: [] };

let house: HouseRig;
let browser: Browser;
let admin: Seat;
let support: Queue;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  support = await house.queue("Support", "+390550001001");
  const front = await drawn(house, "Front door", ({ blocks: [start] }) => ({
    notes: [],
    blocks: [
      { ...start, exits: { next: "menu-1" } },
      {
        ...{ id: "menu-1", type: "menu", at: { x: 300, y: 0 } },
        options: { ...MENU, keys: [{ key: "1", label: "Support" }] },
        exits: { "1": "queue-1", "no-input": "queue-1", invalid: "hang-up-1" },
      },
      {
        ...{ id: "queue-1", type: "queue", at: { x: 600, y: 100 }, options: { ...QUEUE, queue: support.id } },
        exits: { timeout: "hang-up-1", key: "hang-up-1", unavailable: "hang-up-1", talked: "hang-up-1" },
      },
      { id: "hang-up-1", type: "hang-up", options: { say: [] }, exits: {}, at: { x: 900, y: 0 } },
    ],
  }));
  admin = await openSeat(browser, house.address);
  await signInAs(admin.page, "admin");
  await admin.page.getByRole("link", { name: "Home" }).waitFor();
  await admin.page.goto(new URL(`/project?open=${front.id}`, house.address).href);
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

it("is published with a note, changed, compared, and gone back to", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What changed").fill("The first one");
  await lookAt(page, "project-publish");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Callers go through version 1 from now on.").waitFor();
  expect(await draftOf(house, "Front door")).toMatchObject({ published: 1, changed: false });
  await card(page, "Menu").click();
  await field(page, "Name").fill("Main menu");
  await panel(page).getByRole("button", { name: "Without key 1" }).click();
  await saved(page);
  await page.getByRole("button", { name: "Publish…" }).click();
  await dialog.getByText("was called Menu").waitFor();
  await dialog.getByText(/exit Support: Queue → nowhere/).waitFor();
  await lookAt(page, "project-publish-errors");
  expect(await dialog.getByRole("button", { name: "Publish" }).isEnabled()).toBe(false);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await canvas(page).focus();
  await page.keyboard.press("Control+z");
  await saved(page);
  await page.getByRole("button", { name: "Publish…" }).click();
  await dialog.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Callers go through version 2 from now on.").waitFor();
  await page.getByRole("button", { name: "Versions" }).click();
  await choose(page, "Look at", /^Version 2/);
  await choose(page, "Compared with", "Version 1");
  await page.getByRole("list", { name: "What is different" }).getByText("was called Menu").waitFor();
  await lookAt(page, "project-diff");
  await page.getByRole("button", { name: "Go back to version 1" }).click();
  await dialog.getByRole("button", { name: "Go back" }).click();
  await expect.poll(async () => await draftOf(house, "Front door")).toMatchObject({ changed: true });
  await page.getByRole("button", { name: "Back to the draft" }).click();
});

it("says who saved meanwhile, and keeps both where that is wanted", async () => {
  const { page } = admin;
  const theirs = await draftOf(house, "Front door");
  const flow = { ...theirs.flow, notes: [{ id: "theirs", text: "Theirs", at: { x: 0, y: -200 } }] };
  await house.admin.put(`/projects/${theirs.id}/draft`, { revision: theirs.revision, flow });
  await card(page, "Main menu").click();
  await field(page, "Name").fill("My menu");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Administrator saved this project too").waitFor();
  await lookAt(page, "project-conflict");
  await dialog.getByRole("button", { name: /^Open both/ }).click();
  await page.getByRole("heading", { name: "Front door (mine)" }).waitFor();
  await card(page, "My menu").waitFor();
  expect((await draftOf(house, "Front door")).flow.notes.map(({ text }) => text)).toEqual(["Theirs"]);
  expect((await draftOf(house, "Front door (mine)")).flow.blocks.map(({ title }) => title)).toContain("My menu");
});

it("goes out as a file and comes back from one", async () => {
  const { page } = admin;
  await page.getByRole("link", { name: "Projects" }).click();
  const more = page.getByRole("button", { name: "More about Front door", exact: true });
  await more.click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  const file = await (await coming).path();
  await house.admin.remove(`/projects/${(await draftOf(house, "Front door")).id}`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText("Front door is here, not published yet.").waitFor();
  const { flow, published } = await draftOf(house, "Front door");
  expect(published).toBeNull();
  expect(flow.blocks.find(({ type }) => type === "queue")?.options.queue).toBe(support.id);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByText(/^The file is no project of Perch/).waitFor();
  await lookAt(page, "projects-list");
  const dropped = await page.evaluateHandle(
    (text) => {
      const files = new DataTransfer();
      files.items.add(
        new File([text.replace('"Front door"', '"Dropped"')], "dropped.json", { type: "application/json" }),
      );
      return files;
    },
    readFileSync(file, "utf8"),
  );
  await page.locator(".projects").dispatchEvent("drop", { dataTransfer: dropped });
  await page.getByText("Dropped is here, not published yet.").waitFor();
  await page.getByRole("button", { name: "More about Dropped" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("Dropped is deleted.").waitFor();
});

it("is tried out without a telephone, and the way is drawn", async () => {
  const { page } = admin;
  await page.getByText("Front door", { exact: true }).click();
  await card(page, "Main menu").waitFor();
  await page.getByRole("button", { name: "Try it" }).click();
  await panel(page).getByRole("button", { name: "Begin" }).click();
  const log = panel(page).getByRole("list", { name: "What happened" });
  await log.getByText("Press one for support.").waitFor();
  await expect.poll(() => card(page, "Main menu").getAttribute("class")).toContain("is-here");
  await lookAt(page, "project-trial");
  await panel(page).getByRole("button", { name: "1", exact: true }).click();
  await log.getByText("→ Support").waitFor();
  await panel(page).getByRole("group", { name: "What happens" }).getByRole("button").first().click();
  await log.getByText(/^Over:/).waitFor();
  await lookAt(page, "project-tried");
  expect(admin.complaints).toEqual([]);
});

it("asks before it is left with what could not be saved, and keeps it when the line is back", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await card(page, "Main menu").click();
  await page.route("**/draft", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  await field(page, "Name").fill("First menu");
  await page.getByText("not saved: no connection").waitFor();
  await lookAt(page, "project-unsaved");
  await page.getByRole("link", { name: "Projects" }).click();
  await page.getByRole("dialog").getByText("Leave without saving?").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.unroute("**/draft");
  await saved(page);
  expect((await draftOf(house, "Front door")).flow.blocks.map(({ title }) => title)).toContain("First menu");
});

it("lets a supervisor look and change nothing", async () => {
  await house.admin.post("/users", {
    ...{ fullName: "Teresa Sala", username: "teresa", password: PASSWORD, role: "supervisor" },
  });
  const seat = await openSeat(browser, house.address);
  const { page } = seat;
  await signInAs(page, "teresa");
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByRole("link", { name: "IVR projects" }).click();
  await page.getByText("Front door", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "New project" }).count()).toBe(0);
  await page.getByText("Front door", { exact: true }).click();
  await card(page, "First menu").click();
  expect(await field(page, "Name").isEditable()).toBe(false);
  expect(await page.getByRole("button", { name: "Publish…" }).count()).toBe(0);
  expect(await page.getByRole("complementary", { name: "Blocks" }).count()).toBe(0);
  await lookAt(page, "project-supervisor");
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});

it.each([
  { name: "dark", colorScheme: "dark", viewport: { width: 1024, height: 640 } },
  { name: "wide", colorScheme: "light", viewport: { width: 1920, height: 1080 } },
  { name: "narrow", colorScheme: "dark", viewport: { width: 390, height: 800 } },
] as const)("is readable and fits in $name", async ({ name, ...look }) => {
  const seat = await openSeat(browser, house.address, look);
  const { page } = seat;
  await signInAs(page, "admin");
  await page.getByRole("link", { name: "Home" }).waitFor();
  const { id } = await draftOf(house, "Front door");
  const spill = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.goto(new URL("/administration/projects", house.address).href);
  await page.getByText("Front door", { exact: true }).waitFor();
  expect(await spill()).toBe(0);
  await lookAt(page, `projects-${name}`);
  await page.goto(new URL(`/project?open=${id}`, house.address).href);
  if (look.viewport.width > 860) await card(page, "First menu").click();
  else await page.getByRole("button", { name: "First menu" }).first().waitFor();
  expect(await spill()).toBe(0);
  await lookAt(page, `project-${name}`);
  if (name === "dark") {
    for (const tab of ["Issues", "Try it", "Versions", "Live"]) {
      await page.getByRole("button", { name: tab, exact: true }).click();
      await expect.poll(() => page.getByRole("status", { name: /^Loading/ }).count()).toBe(0);
      await lookAt(page, `project-dark-${tab.toLowerCase().replace(" ", "-")}`);
    }
  }
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});

it("begins with examples that lack nothing but this house's own queues and calendars", async () => {
  const { page } = admin;
  await page.getByRole("link", { name: "Projects" }).click();
  await page.getByRole("button", { name: "From an example" }).click();
  await page.getByRole("menuitem", { name: /^Opening hours/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make it" }).click();
  await page.getByRole("heading", { name: "Opening hours" }).waitFor();
  await card(page, "We are closed").waitFor();
  await lookAt(page, "project-example");
  for (const { name, flow } of PROJECT_EXAMPLES) {
    const { issues } = await house.admin.post<{ issues: FlowIssue[] }>("/projects/check", flow);
    const others = issues.filter(({ option }) => option !== "queue" && option !== "calendar");
    expect(others, name).toEqual([]);
  }
});

it("shows who stands where now, how often each exit was taken, and the way of one call", async () => {
  const { page } = admin;
  const exits = { timeout: "hang-up-1", key: "hang-up-1", unavailable: "hang-up-1", talked: "hang-up-1" };
  const made = await drawn(house, "Live", ({ blocks: [start] }) => ({
    notes: [],
    blocks: [
      { ...start, exits: { next: "queue-1" } },
      { ...{ id: "queue-1", type: "queue", exits, at: { x: 300, y: 0 } }, options: { ...QUEUE, queue: support.id } },
      { id: "hang-up-1", type: "hang-up", options: { say: [] }, exits: {}, at: { x: 600, y: 0 } },
    ],
  }));
  await house.admin.post(`/projects/${made.id}/publish`, {});
  await house.admin.post("/inbound-routes", { number: "+390550001009", actions: [{ project: made.id }] });
  await page.goto(new URL(`/project?open=${made.id}`, house.address).href);
  await page.getByRole("button", { name: "Live", exact: true }).click();
  await panel(page).getByText("None that is over in this time.").waitFor();
  const caller = await house.caller("+390550001009", { talkMs: null });
  await card(page, "Queue").getByText("1 caller").waitFor({ timeout: 30_000 });
  await lookAt(page, "project-live");
  caller.hangUp();
  // What was taken is counted when a run is over.
  await canvas(page).locator(".wire-count").first().waitFor({ timeout: 30_000 });
  await lookAt(page, "project-counts");
  const run = panel(page).getByRole("region", { name: "Calls" }).getByRole("button").first();
  await run.filter({ hasText: "the caller hung up" }).waitFor({ timeout: 30_000 });
  await run.click();
  const way = panel(page).getByRole("list", { name: "Its way" });
  await way.getByRole("button", { name: "Queue" }).waitFor();
  await expect.poll(() => card(page, "Queue").getAttribute("class")).toContain("is-passed");
  await lookAt(page, "project-run");
  // The number leads here: it stays.
  await page.getByRole("link", { name: "Projects" }).click();
  await page.getByRole("button", { name: "More about Live" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("alert").getByText("+390550001009").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(admin.complaints).toEqual([]);
});
