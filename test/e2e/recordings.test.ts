import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as Listed } from "../../contract/page.ts";
import type { RecordingDetails, RecordingRow } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, signInAs, sitDown, startBrowserAndHouse } from "./browser.ts";

const SUPPORT = "+390550001001";

let house: HouseRig;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perch-tones-"));
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", SUPPORT, { recordPercent: 100 });
  await house.agent("anna", "Anna Rossi", [support]);
  await house.telephone("desk-1", { fullName: "Desk 1", plugged: false });
  const desk = await house.plug("desk-1", { speaks: toneFile(join(folder, "tone.wav"), 440, 60) });
  await until("Desk 1 is registered", () => desk.registered, { timeoutMs: 30_000 });
  await house.admin.post("/users", {
    ...{ fullName: "Teresa Sala", username: "teresa", password: "a password of tests", role: "supervisor" },
  });
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("an agent sees that a call is recorded and pauses it; a supervisor hears it, rates it and writes to a place", async () => {
  const anna = await openSeat(browser, house.address);
  await sitDown(anna.page, "anna", "Desk 1");
  const desk = house.phone("desk-1");
  const caller = await house.caller(SUPPORT);
  await until("Desk 1 rings", () => desk.state === "ringing", { timeoutMs: 30_000 });
  await desk.accept();
  await anna.page.getByRole("button", { name: "Pause recording" }).click();
  await anna.page.getByText("Recording · paused").waitFor();
  await lookAt(anna.page, "recording-paused");
  await anna.page.getByRole("button", { name: "Go on recording" }).click();
  await anna.page.getByRole("button", { name: "Pause recording" }).waitFor();
  caller.hangUp();
  await caller.done;
  const kept = await until(
    "the recording is kept",
    async () => (await house.admin.get<Listed<RecordingRow>>("/recordings")).rows[0],
    { timeoutMs: 60_000 },
  );

  const seat = await openSeat(browser, house.address);
  const { page } = seat;
  await signInAs(page, "teresa");
  await page.getByRole("link", { name: "Report Call" }).click();
  await page.getByRole("link", { name: "Listen" }).click();
  const panel = page.getByRole("complementary", { name: "Recording" });
  const place = panel.getByRole("slider", { name: "Place in the recording" });
  await place.waitFor();
  await lookAt(page, "recording");
  await panel.getByRole("button", { name: "Play", exact: true }).click();
  await until("it plays", async () => Number(await place.getAttribute("aria-valuenow")) >= 1 || (await ended(page)), {
    timeoutMs: 60_000,
  });
  await place.focus();
  await page.keyboard.press("Home");
  await panel.getByRole("button", { name: "4 of 5" }).click();
  await panel.getByLabel("Comment", { exact: true }).fill("A warm welcome");
  await panel.getByRole("button", { name: "Write" }).click();
  await panel.getByRole("button", { name: /^Comment at .*: A warm welcome/ }).waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await lookAt(page, "recording-dark");
  const details = await house.admin.get<RecordingDetails>(`/recordings/${kept.id}`);
  expect(details).toMatchObject({ rating: 4, remarks: [{ text: "A warm welcome", author: { name: "Teresa Sala" } }] });
  expect(details.pauses).toHaveLength(1);
  await page.keyboard.press("Escape");
  await page.getByRole("row", { name: /Anna Rossi/ }).waitFor();
  await page.getByLabel("Agent").selectOption("Anna Rossi");
  await page.getByLabel("Queue").selectOption("Support");
  await page.getByRole("row", { name: /Anna Rossi/ }).waitFor();
  await lookAt(page, "recordings");
  expect([...seat.complaints, ...anna.complaints]).toEqual([]);
});

/** A short one may be over before anybody looked. */
const ended = (page: Page) => page.evaluate(() => document.querySelector("audio")?.ended === true);
