import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Queue } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";
import {
  add,
  answer,
  canvas,
  card,
  draftOf,
  drawn,
  field,
  focused,
  onCanvas,
  panel,
  pull,
  saved,
} from "./designer-hands.ts";

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
  const { flow, issues } = await draftOf(house, "Front door");
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
  const { flow: drawn } = await draftOf(house, "Front door");
  await canvas(page).focus();
  const undo = page.getByRole("button", { name: /^Undo/ });
  while (await undo.isEnabled()) await page.keyboard.press("Control+z");
  await expect.poll(() => canvas(page).locator(".block-card").count()).toBe(1);
  const redo = page.getByRole("button", { name: /^Redo/ });
  while (await redo.isEnabled()) await page.keyboard.press("Control+y");
  await expect.poll(() => canvas(page).locator(".block-card").count()).toBe(4);
  await expect.poll(async () => (await draftOf(house, "Front door")).flow).toEqual(drawn);
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
  const { flow } = await draftOf(house, "By keys");
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
  await card(page, "Menu").waitFor();
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await page.getByText("the second beginning was left out").waitFor();
  await card(page, "Customer number").waitFor();
  await page.keyboard.press("Control+x");
  await expect.poll(() => card(page, "Customer number").count()).toBe(0);
  await saved(page);
  expect((await draftOf(house, "Front door")).flow.blocks.length).toBe(4);
});

it("stays quick with two hundred blocks", async () => {
  const { page } = admin;
  const plays = Array.from({ length: 200 }, (_, at) => ({
    ...{ id: `play-${at}`, type: "play", options: { say: [{ text: `Text number ${at}` }], canSkip: true } },
    exits: { next: at < 199 ? `play-${at + 1}` : "start" },
    at: { x: (at % 20) * 300, y: 200 + Math.floor(at / 20) * 150 },
  }));
  const made = await drawn(house, "Large", (flow) => ({ ...flow, blocks: [...flow.blocks, ...plays] }));
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
