import { mkdirSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { ensureChromium } from "../../cli/chromium.ts";
import { ensureDesktop } from "../../cli/desktop-build.ts";
import { PASSWORD } from "../rig/house-rig.ts";

/** Pictures of every screen a test has passed are left here for people to look at. */
const PICTURES = path.join(import.meta.dirname, "..", "..", "test-results", "pictures");

/** A real Chromium on the built desktop. */
export async function startBrowser(): Promise<Browser> {
  await ensureDesktop(() => {});
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

/** Another person's browser: own cookies, own storage, 1280 x 720 unless said otherwise. */
export async function openSeat(
  browser: Browser,
  address: string,
  options: { colorScheme?: "light" | "dark"; viewport?: { width: number; height: number } } = {},
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
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
