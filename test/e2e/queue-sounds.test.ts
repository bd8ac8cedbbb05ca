import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Prompt, Queue } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { lookAt, openSeat, signInAs, startBrowserAndHouse } from "./browser.ts";

let house: HouseRig;
let browser: Browser;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  for (const name of ["Please hold", "Waltz"]) {
    const { id } = await house.admin.post<Prompt>("/prompts", { name });
    await house.admin.put(`/prompts/${id}/voices/en/text`, { text: name });
  }
  await house.queue("Support", "+390550001001");
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const queues = async () => (await house.admin.get<ListPage<Queue>>("/queues")).rows;

it.each(["light", "dark"] as const)(
  "what callers of a queue hear is chosen in its form, in the %s",
  async (colorScheme) => {
    const { page } = await openSeat(browser, house.address, { colorScheme, viewport: { width: 1280, height: 1400 } });
    await signInAs(page, "admin");
    await page.getByRole("link", { name: "Set up" }).click();
    await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: "Queues", exact: true }).click();
    await page.getByText("Support", { exact: true }).first().click();
    const form = page.getByRole("complementary", { name: "Support" });
    const pick = async (label: string, option: string) => {
      await form
        .getByRole("combobox", { name: label })
        .or(form.getByRole("textbox", { name: label }))
        .first()
        .click();
      await page.getByRole("option", { name: option }).click();
    };
    if (colorScheme === "light") {
      // What would mean nothing is not asked.
      expect(await form.getByLabel("Up to place").count()).toBe(0);
      expect(await form.getByLabel("Said again after, seconds").count()).toBe(0);
      await pick("Callers are told their place", "Only up to a place");
      await form.getByLabel("Up to place").fill("3");
      await form.getByRole("switch", { name: "Say the estimated wait, once" }).check();
      await pick("Prompt while they wait", "Please hold");
      await form.getByLabel("Prompt first after, seconds").fill("5");
      await pick("Music", "Waltz");
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByText("Support is saved.").waitFor();
      const [row] = await queues();
      expect(row).toMatchObject({
        ...{ announcePosition: "limit", announceLimit: 3, announceWait: true, periodicFirstSeconds: 5 },
        ...{ periodicPromptId: expect.any(Number), musicPromptId: expect.any(Number) },
      });
      await page.getByRole("cell", { name: "place, wait, Please hold, ♪ Waltz" }).waitFor();
      await page.getByText("Support", { exact: true }).first().click();
    }
    await form.getByLabel("Up to place").waitFor();
    await lookAt(page, `queue-sounds-${colorScheme}`);
  },
);
