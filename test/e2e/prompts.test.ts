import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Page as ListPage } from "../../contract/page.ts";
import type { Prompt } from "../../contract/views.ts";
import { type HouseRig, PASSWORD } from "../rig/house-rig.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowserAndHouse } from "./browser.ts";

let house: HouseRig;
let browser: Browser;
let seat: Seat;
let files: string;

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), "perch-sounds-"));
  [browser, house] = await startBrowserAndHouse();
  await house.admin.post("/users", {
    ...{ fullName: "Teresa Sala", username: "teresa", password: PASSWORD, role: "supervisor" },
  });
  await house.telephone("desk-1", { fullName: "Desk 1" });
  seat = await openSeat(browser, house.address);
  await signInAs(seat.page, "teresa");
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  rmSync(files, { recursive: true, force: true });
});

const prompts = async () => (await house.admin.get<ListPage<Prompt>>("/prompts")).rows;

it("a supervisor makes a prompt, writes and hears it, brings a file, removes it and takes that back", async () => {
  const { page } = seat;
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByRole("navigation", { name: "Set up" }).getByRole("link", { name: "Prompts" }).click();
  await page.getByText("No prompts yet").waitFor();
  await lookAt(page, "prompts-none");

  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Welcome");
  await page.keyboard.press("Control+Enter");
  const panel = page.getByRole("complementary", { name: "Welcome" });
  const english = panel.getByRole("group", { name: "English" });
  await english.getByText("No voice").waitFor();

  await english.getByRole("button", { name: "Text for English" }).click();
  await english.getByRole("textbox", { name: "What is spoken in English" }).fill("Welcome to the house.");
  await english.getByRole("button", { name: "Hear it" }).click();
  await english
    .getByRole("button", { name: "Stop" })
    .or(english.getByRole("button", { name: "Hear it" }))
    .waitFor();
  await english.getByRole("button", { name: "Keep" }).click();
  await english.getByText("English is spoken now.").waitFor();
  await english.getByText("Spoken: Welcome to the house.").waitFor();

  const italian = panel.getByRole("group", { name: "Italian" });
  const [choosing] = await Promise.all([
    page.waitForEvent("filechooser"),
    italian.getByRole("button", { name: "File for Italian" }).click(),
  ]);
  await choosing.setFiles(toneFile(join(files, "benvenuti.wav"), 440, 2));
  await italian.getByText("Italian is benvenuti.wav now.").waitFor();
  const [made] = await prompts();
  expect(made?.voices.map(({ language, source }) => `${language} ${source}`)).toEqual(["en text", "it file"]);
  await lookAt(page, "prompt-voices");

  const heard = page.waitForResponse((answer) => answer.url().includes("/voices/it/audio"));
  await italian.getByRole("button", { name: "Play: Italian" }).click();
  expect((await heard).status()).toBeLessThan(300);

  await italian.getByRole("button", { name: "Remove Italian" }).click();
  await italian.getByText("No voice").waitFor();
  await italian.getByRole("button", { name: "Undo" }).click();
  await italian.getByText("Italian is back.").waitFor();
  const [back] = await prompts();
  expect(back?.voices[1]).toMatchObject({ language: "it", fileName: "benvenuti.wav" });
  expect(Math.abs((back?.voices[1]?.lengthMs ?? 0) - (made?.voices[1]?.lengthMs ?? 0))).toBeLessThan(200);
});

it("is said on a telephone that rings", async () => {
  const { page } = seat;
  const spanish = page.getByRole("complementary", { name: "Welcome" }).getByRole("group", { name: "Spanish" });
  await spanish.getByRole("button", { name: "Say Spanish on a telephone" }).click();
  await spanish
    .getByRole("textbox", { name: "Telephone" })
    .or(spanish.getByRole("combobox", { name: "Telephone" }))
    .first()
    .click();
  await page.getByRole("option", { name: "Desk 1" }).click();
  await spanish.getByRole("button", { name: "Ring" }).click();
  const phone = house.phone("desk-1");
  await until("Desk 1 rings", () => phone.state === "ringing", { timeoutMs: 30_000 });
  await spanish.getByText("Desk 1 rings: pick up.").waitFor();
  await lookAt(page, "prompt-is-said");
  await phone.accept();
  await spanish.getByText("Speak after the tone; # ends it.").waitFor();
  await phone.hangUp();
  await spanish.getByText("It was hung up before it was kept.").waitFor();
  await spanish.getByRole("button", { name: "Say Spanish on a telephone" }).click();
});

it("says why a file is no voice, and takes one that is dropped", async () => {
  const { page } = seat;
  const panel = page.getByRole("complementary", { name: "Welcome" });
  const french = panel.getByRole("group", { name: "French" });
  const notes = join(files, "notes.wav");
  writeFileSync(notes, "no sound at all");
  const [choosing] = await Promise.all([
    page.waitForEvent("filechooser"),
    french.getByRole("button", { name: "File for French" }).click(),
  ]);
  await choosing.setFiles(notes);
  await french.getByText("This file holds no sound that can be read.").waitFor();
  await lookAt(page, "prompt-no-sound");

  const bytes = [...readFileSync(toneFile(join(files, "bonjour.wav"), 500, 1))];
  const dropping = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(content)], "bonjour.wav", { type: "audio/wav" }));
    return transfer;
  }, bytes);
  await french.dispatchEvent("drop", { dataTransfer: dropping });
  await french.getByText("French is bonjour.wav now.").waitFor();
  await panel
    .getByRole("button", { name: "Done" })
    .or(panel.getByRole("button", { name: "Close" }))
    .first()
    .click();

  const row = page.getByRole("row", { name: /Welcome/ });
  await row.getByRole("button", { name: "Play: Welcome, French" }).waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await lookAt(page, "prompts-dark");
  await row.getByText("Welcome", { exact: true }).click();
  await panel.getByRole("button", { name: "Delete…" }).click();
  await page.getByText("Its 3 voices cannot be got back.").waitFor();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("No prompts yet").waitFor();
  expect(await prompts()).toEqual([]);
  expect(seat.complaints).toEqual([]);
});
