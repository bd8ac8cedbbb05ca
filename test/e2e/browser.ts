import { mkdirSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { ensureChromium } from "../../cli/chromium.ts";
import { ensureDesktop } from "../../cli/desktop-build.ts";
import type { StartConfig } from "../../server/main.ts";
import { type HouseRig, PASSWORD, startHouse } from "../rig/house-rig.ts";

/** Pictures of every screen a test has passed are left here for people to look at. */
const PICTURES = path.join(import.meta.dirname, "..", "..", "test-results", "pictures");

/** A real Chromium and a house of its own. The desktop is built first: the server looks for its files when it starts. */
export async function startBrowserAndHouse(over: Partial<StartConfig> = {}): Promise<[Browser, HouseRig]> {
  await ensureDesktop(() => {});
  return await Promise.all([startBrowser(), startHouse(over)]);
}

/** A real Chromium, alone. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = await ensureChromium(() => {});
  // Without these Chromium asks the outside world for things at every start.
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return await chromium.launch({ executablePath, args: [...quiet, ...asRoot, "--disable-gpu", "--disable-quic"] });
}

export interface Seat {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: errors thrown, errors printed. */
  complaints: string[];
}

/**
 * Another person's browser: own cookies, own storage, 1280 x 720 unless said otherwise, and never in the house's time
 * zone, so that a time of the browser's own shows as a wrong one.
 */
export async function openSeat(
  browser: Browser,
  address: string,
  options: { colorScheme?: "light" | "dark"; viewport?: { width: number; height: number } } = {},
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
    timezoneId: "Asia/Kolkata",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused request is an answer that the page puts in words; Chromium prints it all the same.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  await page.goto(address);
  return { context, page, complaints };
}

export async function signInAs(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

/** Leaves a picture, and holds the page to WCAG 2.2 AA as far as axe can tell. */
export async function lookAt(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
}

/** An option of the list of telephones. */
export const telephoneOption = (page: Page, name: string) => page.getByRole("option", { name });

/** Signs in, sits down at the telephone and is ready. */
export async function sitDown(page: Page, username: string, telephone: string): Promise<void> {
  await signInAs(page, username);
  await telephoneOption(page, telephone).click();
  await page.getByText("Ready", { exact: true }).first().waitFor();
}

/** Presses the key of a button once the button would take it: a press is not kept for later. */
export async function pressKeyOf(page: Page, key: string, button: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: button }).first().click({ trial: true });
  await page.keyboard.press(key);
}

/** An instant as the house's clock shows it: hours and minutes in Rome. */
export const houseClock = (instant: string) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Rome",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(instant));
