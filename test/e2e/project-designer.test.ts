import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FlowIssue } from "../../contract/flow.ts";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Project, ProjectDraft } from "../../contract/project-views.ts";
import type { Queue } from "../../contract/views.ts";
import { PROJECT_EXAMPLES } from "../../desktop/model/projects/project-examples.ts";
import { type HouseRig, PASSWORD } from "../rig/house-rig.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

const QUEUE = { say: [], priority: 0, timeout: 0, keys: "", hears: "music", comesBack: false };

let house: HouseRig;
let browser: Browser;
let admin: Seat;
let support: Queue;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  support = await house.queue("Support", "+390550001001");
  await house.queue("Sales", "+390550001002");
  admin = await openSeat(browser, house.address);
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
/** Types into the question in front of the canvas, once it has the focus, and takes the first it finds. */
const answer = async (page: Page, question: string, typed: string) => {
  const asked = page.getByRole("dialog").getByPlaceholder(question);
  await expect.poll(() => asked.evaluate((input) => input === document.activeElement)).toBe(true);
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
};
const focused = (page: Page, name: string) =>
  expect.poll(() => field(page, name).evaluate((input) => input === document.activeElement)).toBe(true);
const onCanvas = (page: Page) =>
  expect.poll(() => canvas(page).evaluate((element) => element === document.activeElement)).toBe(true);
const add = async (page: Page, typed: string, title: string) => {
  await page.keyboard.press("Enter");
  await answer(page, "Which block?", typed);
  await card(page, title).waitFor();
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

it("is drawn by the keyboard alone", async () => {
  const { page } = admin;
  await page.goto(new URL("/administration/projects", house.address).href);
  await page.getByRole("heading", { name: "IVR projects" }).waitFor();
  await page.keyboard.press("n");
  await page.getByLabel("Name").fill("By keys");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "By keys" }).waitFor();
  await canvas(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("status").filter({ hasText: "Start. Next leads nowhere" }).waitFor();
  // Enter: a block behind the chosen one, wired to it.
  await add(page, "get dig", "Get digits");
  await onCanvas(page);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByPlaceholder("Which block?").waitFor();
  await lookAt(page, "project-adding");
  await answer(page, "Which block?", "hang");
  await card(page, "Hang up").waitFor();
  await onCanvas(page);
  // W: another exit, to a block from the list.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("w");
  await page.getByRole("dialog").getByText("Which exit of Get digits?").waitFor();
  await answer(page, "Which exit?", "too few");
  await answer(page, "To which block?", "hang");
  await onCanvas(page);
  // F2: its name. O: its options.
  await page.keyboard.press("F2");
  await focused(page, "Name");
  await page.keyboard.type("Customer number");
  await page.keyboard.press("Escape");
  await onCanvas(page);
  await card(page, "Customer number").waitFor();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("n");
  await focused(page, "Note");
  await page.keyboard.type("Ask Teresa about the words");
  await page.keyboard.press("Escape");
  await onCanvas(page);
  await canvas(page).getByText("Ask Teresa about the words").waitFor();
  await page.keyboard.press("Control+f");
  await answer(page, "A name, a text, an exit", "customer");
  await onCanvas(page);
  await page.keyboard.press("Control+d");
  await expect.poll(() => card(page, "Customer number").count()).toBe(2);
  await page.keyboard.press("Delete");
  await expect.poll(() => card(page, "Customer number").count()).toBe(1);
  await page.keyboard.press("t");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Add a block behind the chosen one").waitFor();
  await lookAt(page, "project-keys");
  await page.keyboard.press("Escape");
  await onCanvas(page);
  await page.keyboard.press("l");
  const list = page.getByRole("region", { name: "The project as a list" });
  await list.getByText("Too few →").waitFor();
  await lookAt(page, "project-list");
  await page.getByRole("button", { name: "As a drawing" }).click();
  await saved(page);
  const { flow } = await draftOf("By keys");
  expect(flow.blocks.map(({ id, title, exits }) => ({ id, title, exits }))).toEqual([
    { id: flow.blocks[0]?.id, title: undefined, exits: { next: "get-digits-1" } },
    { id: "get-digits-1", title: "Customer number", exits: { done: "hang-up-1", invalid: "hang-up-1" } },
    { id: "hang-up-1", title: undefined, exits: {} },
  ]);
  expect(flow.notes.map(({ text }) => text)).toEqual(["Ask Teresa about the words"]);
});

it("leads from what is wrong to its place", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: /^Issues/ }).click();
  await lookAt(page, "project-issues");
  await panel(page).getByRole("button", { name: "“No digits” of Customer number leads nowhere." }).click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("[data-exit]")?.getAttribute("data-exit")))
    .toBe("no-input");
});

it("copies blocks from one project into another", async () => {
  const { page } = admin;
  await admin.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.getByText("4 parts on the clipboard.").waitFor();
  await page.getByRole("link", { name: "Projects" }).click();
  await page.getByText("Front door", { exact: true }).click();
  await card(page, "Main menu").waitFor();
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await page.getByText("the second beginning was left out").waitFor();
  await card(page, "Customer number").waitFor();
  await page.keyboard.press("Control+x");
  await expect.poll(() => card(page, "Customer number").count()).toBe(0);
  await saved(page);
  expect((await draftOf("Front door")).flow.blocks.length).toBe(4);
});

it("says who saved meanwhile, and keeps both where that is wanted", async () => {
  const { page } = admin;
  const theirs = await draftOf("Front door");
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
  expect((await draftOf("Front door")).flow.notes.map(({ text }) => text)).toEqual(["Theirs"]);
  expect((await draftOf("Front door (mine)")).flow.blocks.map(({ title }) => title)).toContain("My menu");
});

it("goes out as a file and comes back from one", async () => {
  const { page } = admin;
  await page.getByRole("link", { name: "Projects" }).click();
  const more = page.getByRole("button", { name: "More about Front door", exact: true });
  await more.click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as a file" }).click();
  const file = await (await coming).path();
  await house.admin.remove(`/projects/${(await draftOf("Front door")).id}`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText("Front door is here, not published yet.").waitFor();
  const { flow, published } = await draftOf("Front door");
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
  expect((await draftOf("Front door")).flow.blocks.map(({ title }) => title)).toContain("First menu");
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
  await page.getByText("By keys", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "New project" }).count()).toBe(0);
  await page.getByText("By keys", { exact: true }).click();
  await card(page, "Customer number").click();
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
  const { id } = await draftOf("Front door");
  const spill = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.goto(new URL("/administration/projects", house.address).href);
  await page.getByText("By keys", { exact: true }).waitFor();
  expect(await spill()).toBe(0);
  await lookAt(page, `projects-${name}`);
  await page.goto(new URL(`/project?open=${id}`, house.address).href);
  if (look.viewport.width > 860) await card(page, "First menu").click();
  else await page.getByRole("button", { name: "First menu" }).first().waitFor();
  expect(await spill()).toBe(0);
  await lookAt(page, `project-${name}`);
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});

it("stays quick with two hundred blocks", async () => {
  const { page } = admin;
  const made = await house.admin.post<Project>("/projects", { name: "Large" });
  const { flow } = await draftOf("Large");
  const plays = Array.from({ length: 200 }, (_, at) => ({
    ...{ id: `play-${at}`, type: "play", options: { say: [{ text: `Text number ${at}` }], canSkip: true } },
    exits: { next: at < 199 ? `play-${at + 1}` : "start" },
    at: { x: (at % 20) * 300, y: 200 + Math.floor(at / 20) * 150 },
  }));
  await house.admin.put(`/projects/${made.id}/draft`, {
    revision: made.revision,
    flow: { ...flow, blocks: [...flow.blocks, ...plays] },
  });
  await page.goto(new URL(`/project?open=${made.id}`, house.address).href);
  await card(page, "Start").waitFor();
  await canvas(page).focus();
  await page.keyboard.press("Control+f");
  await answer(page, "A name, a text, an exit", "number 137");
  await onCanvas(page);
  await page.keyboard.press("F2");
  await focused(page, "Name");
  await page.keyboard.type("Found");
  await card(page, "Found").waitFor();
  await saved(page);
  await page.keyboard.press("Escape");
  await onCanvas(page);
  await page.keyboard.press("f");
  const scale = () =>
    canvas(page)
      .locator(".react-flow__viewport")
      .evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);
  await expect.poll(scale).toBeLessThan(0.3);
  await lookAt(page, "project-large");
  await page.keyboard.press("t");
  await saved(page);
  expect(admin.complaints).toEqual([]);
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
  const made = await house.admin.post<Project>("/projects", { name: "Live" });
  const { flow } = await draftOf("Live");
  const [start] = flow.blocks;
  if (start === undefined) throw new Error("a project begins with a start");
  const exits = { timeout: "hang-up-1", key: "hang-up-1", unavailable: "hang-up-1", talked: "hang-up-1" };
  await house.admin.put(`/projects/${made.id}/draft`, {
    revision: made.revision,
    flow: {
      notes: [],
      blocks: [
        { ...start, exits: { next: "queue-1" } },
        { ...{ id: "queue-1", type: "queue", exits, at: { x: 300, y: 0 } }, options: { ...QUEUE, queue: support.id } },
        { id: "hang-up-1", type: "hang-up", options: { say: [] }, exits: {}, at: { x: 600, y: 0 } },
      ],
    },
  });
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
