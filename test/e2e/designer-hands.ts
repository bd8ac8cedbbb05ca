import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Project, ProjectDraft } from "../../contract/project-views.ts";
import type { HouseRig } from "../rig/house-rig.ts";

/** The draft of a project by its name, as the server keeps it. */
export async function draftOf(house: HouseRig, name: string): Promise<ProjectDraft> {
  const { rows } = await house.admin.get<ListPage<Project>>("/projects");
  const project = rows.find((one) => one.name === name);
  if (project === undefined) throw new Error(`there is no project ${name}`);
  return house.admin.get<ProjectDraft>(`/projects/${project.id}/draft`);
}

/** A project that is drawn by the API: its flow is what `flowOf` makes of the start it is born with. */
export async function drawn(
  house: HouseRig,
  name: string,
  flowOf: (flow: ProjectDraft["flow"]) => unknown,
): Promise<ProjectDraft> {
  const { id, revision } = await house.admin.post<Project>("/projects", { name });
  const { flow } = await draftOf(house, name);
  return house.admin.put<ProjectDraft>(`/projects/${id}/draft`, { revision, flow: flowOf(flow) });
}

/** The drawing of a project. */
export const canvas = (page: Page) => page.getByRole("application", { name: /^Canvas/ });
/** A block on it, by what stands on its card. */
export const card = (page: Page, title: string) => canvas(page).locator(".block-card").filter({ hasText: title });
/** Settles when everything drawn is kept. */
export const saved = (page: Page) => page.locator(".designer").getByText("saved", { exact: true }).waitFor();
/** What stands beside the canvas. */
export const panel = (page: Page) => page.getByRole("complementary", { name: "Panel" });
/** A field of the panel by its label, needed or not. */
export const field = (page: Page, name: string) =>
  panel(page)
    .getByLabel(new RegExp(`^${name}( \\*)?$`))
    .first();
/** Takes one of the choices of a field of the panel. */
export const choose = async (page: Page, label: string, option: string | RegExp) => {
  await field(page, label).click();
  await page.getByRole("option", { name: option }).first().click();
};
/** Types into the question in front of the canvas, once it has the focus, and takes the first it finds. */
export const answer = async (page: Page, question: string, typed: string) => {
  const asked = page.getByRole("dialog").getByPlaceholder(question);
  await expect.poll(() => asked.evaluate((input) => input === document.activeElement)).toBe(true);
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
};
/** Settles when that field of the panel has the focus. */
export const focused = (page: Page, name: string) =>
  expect.poll(() => field(page, name).evaluate((input) => input === document.activeElement)).toBe(true);
/** Settles when the canvas has the focus, and with it the keys. */
export const onCanvas = (page: Page) =>
  expect.poll(() => canvas(page).evaluate((element) => element === document.activeElement)).toBe(true);
/** Adds a block behind the chosen one, by the keyboard. */
export const add = async (page: Page, typed: string, title: string) => {
  await page.keyboard.press("Enter");
  await answer(page, "Which block?", typed);
  await card(page, title).waitFor();
};
/** Pulls a wire with the mouse. */
export const pull = async (page: Page, from: string, exit: string, to: string) => {
  const out = card(page, from).locator(".block-exit").filter({ hasText: exit }).locator(".react-flow__handle");
  await out.dragTo(card(page, to).locator(".block-in"));
};
