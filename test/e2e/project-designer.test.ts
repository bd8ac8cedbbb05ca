import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Project, ProjectDraft } from "../../contract/project-views.ts";
import type { Queue } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

let house: HouseRig;
let browser: Browser;
let admin: Seat;
let support: Queue;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  support = await house.queue("Support", "+390550001001");
  await house.queue("Sales", "+390550001002");
  admin = await openSeat(browser, house.address);
  admin.page.setDefaultTimeout(8000);
  await signInAs(admin.page, "admin");
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const canvas = (page: Page) => page.getByRole("application", { name: /^Canvas/ });
const card = (page: Page, title: string) => canvas(page).locator(".block-card").filter({ hasText: title });
const saved = (page: Page) => page.locator(".designer").getByText("saved", { exact: true }).waitFor();
const projects = async () => (await house.admin.get<ListPage<Project>>("/projects")).rows;
const draftOf = async (name: string): Promise<ProjectDraft> => {
  const project = (await projects()).find((one) => one.name === name);
  if (project === undefined) throw new Error(`there is no project ${name}`);
  return house.admin.get<ProjectDraft>(`/projects/${project.id}/draft`);
};
const panel = (page: Page) => page.getByRole("complementary", { name: "Panel" });
/** A field of the panel by its label, needed or not. */
const field = (page: Page, name: string) =>
  panel(page)
    .getByLabel(new RegExp(`^${name}( \\*)?$`))
    .first();
const choose = async (page: Page, label: string, option: string | RegExp) => {
  await field(page, label).click();
  await page.getByRole("option", { name: option }).first().click();
};
const pull = async (page: Page, from: string, exit: string, to: string) => {
  const out = card(page, from).locator(".block-exit").filter({ hasText: exit }).locator(".react-flow__handle");
  await out.dragTo(card(page, to).locator(".block-in"));
};

it("begins with an empty list, and makes the first project", async () => {
  const { page } = admin;
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByRole("link", { name: "IVR projects" }).click();
  await page.getByText("No projects yet").waitFor();
  await lookAt(page, "projects-empty");
  await page.getByRole("button", { name: "New project" }).first().click();
  await page.getByRole("textbox", { name: "Name" }).fill("Front door");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Front door" }).waitFor();
  await card(page, "Start").waitFor();
  await lookAt(page, "project-begun");
});

it("is drawn with the mouse: blocks dragged in, wires pulled, options filled in", async () => {
  const { page } = admin;
  const palette = page.getByRole("complementary", { name: "Blocks" });
  const drag = (name: string, x: number, y: number) =>
    palette.getByRole("button", { name, exact: true }).dragTo(canvas(page), { targetPosition: { x, y } });
  await drag("Menu", 485, 40);
  await drag("Queue", 485, 250);
  await drag("Hang up", 40, 420);
  await pull(page, "Start", "Next", "Menu");
  await card(page, "Menu").click();
  await panel(page).getByRole("button", { name: "Say…" }).first().click();
  await page.getByRole("menuitem", { name: "Text, spoken" }).click();
  await field(page, "Text, spoken 1").fill("Press one for support.");
  await panel(page).getByRole("button", { name: "Add key" }).click();
  await field(page, "What it is for").fill("Support");
  await pull(page, "Menu", "Support", "Queue");
  await pull(page, "Menu", "No key", "Queue");
  await pull(page, "Menu", "Wrong key", "Hang up");
  await card(page, "Queue").click();
  await field(page, "Queue").click();
  await page.getByRole("option", { name: "Support" }).click();
  for (const exit of ["Waited too long", "Left by a key", "Cannot wait there", "Talked to an agent"]) {
    await field(page, exit).click();
    await page.getByRole("option", { name: "Hang up" }).click();
  }
  await saved(page);
  const { flow, issues } = await draftOf("Front door");
  expect(issues).toEqual([]);
  const [, menu, queue] = flow.blocks;
  expect(flow.blocks[0]?.exits).toEqual({ next: "menu-1" });
  expect(menu?.exits).toEqual({ "1": "queue-1", "no-input": "queue-1", invalid: "hang-up-1" });
  expect(menu?.options).toMatchObject({
    say: [{ text: "Press one for support." }],
    keys: [{ key: "1", label: "Support" }],
  });
  expect(queue?.options).toMatchObject({ queue: support.id, hears: "music" });
  await card(page, "Queue").getByText("Support").waitFor();
  await lookAt(page, "project-drawn");
});

it("takes back every step and does it again", async () => {
  const { page } = admin;
  const { flow: drawn } = await draftOf("Front door");
  await canvas(page).focus();
  const undo = page.getByRole("button", { name: /^Undo/ });
  while (await undo.isEnabled()) await page.keyboard.press("Control+z");
  await expect.poll(() => canvas(page).locator(".block-card").count()).toBe(1);
  const redo = page.getByRole("button", { name: /^Redo/ });
  while (await redo.isEnabled()) await page.keyboard.press("Control+y");
  await expect.poll(() => canvas(page).locator(".block-card").count()).toBe(4);
  await expect.poll(async () => (await draftOf("Front door")).flow).toEqual(drawn);
});

it("is published with a note, changed, compared, and gone back to", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What changed").fill("The first one");
  await lookAt(page, "project-publish");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Callers go through version 1 from now on.").waitFor();
  expect((await projects())[0]).toMatchObject({ published: 1, changed: false });
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
  await expect.poll(async () => (await projects())[0]).toMatchObject({ changed: true });
  await page.getByRole("button", { name: "Back to the draft" }).click();
});
