import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Settings } from "../../contract/settings.ts";
import type { Agent, Queue, Session, Team } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import {
  lookAt,
  openSeat,
  pressKeyOf,
  type Seat,
  signInAs,
  sitDown,
  startBrowserAndHouse,
  telephoneOption,
} from "./browser.ts";

const NUMBER = "+390550001001";
const PATIENCE = { timeout: 30_000 };

let house: HouseRig;
let browser: Browser;
let support: Queue;
let anna: Agent;
const seats: Seat[] = [];

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  support = await house.queue("Support", NUMBER, { ringSeconds: 5, wrapUpSeconds: 60 });
  const team = await house.admin.post<Team>("/teams", { name: "Front", maxOnBreak: 1 });
  anna = await house.agent("anna", "Anna Rossi", [], { teamId: team.id });
  await house.agent("luca", "Luca Neri", [support], { teamId: team.id });
  for (const name of ["Coffee", "Lunch"]) await house.admin.post("/pauses", { name, maxMinutes: 15 });
  for (const number of [1, 2, 3]) {
    await house.telephone(`desk-${number}`, { fullName: `Desk ${number}`, place: "Floor 1" });
  }
  await settings({ phoneLossGraceSeconds: 1, phoneStableSeconds: 3, missedCallsBeforeSuspend: 1 });
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});
afterEach(async () => {
  expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  for (const { context } of seats.splice(0)) await context.close();
  for (const username of ["anna", "luca"]) {
    const api = await house.signIn(username);
    await api.remove("/telephones/asked");
    await api.remove("/session").catch((error: Error) => expect(error.message).toContain("session.none"));
  }
});

const settings = (change: Partial<Settings>) => house.admin.patch<Settings>("/settings", change);
/** The other look: ink on a small window. */
const SMALL = { colorScheme: "dark", viewport: { width: 1024, height: 640 } } as const;
async function seat(look: Parameters<typeof openSeat>[2] = {}): Promise<Page> {
  const made = await openSeat(browser, house.address, look);
  seats.push(made);
  return made.page;
}
const state = (page: Page, word: string) => page.locator(".bar-state").getByText(word, { exact: true });
const line = (page: Page, label: string | RegExp) => page.getByRole("region", { name: label });
/** The combobox above the list of telephones. */
const finder = (page: Page) => page.getByRole("combobox", { name: /place, name or number/ });

/** Luca is rung by a caller of the queue and answers. */
async function lucaTalks(page: Page) {
  const caller = await house.caller(NUMBER);
  const phone = house.phone("desk-1");
  await until("the telephone rings", () => phone.state === "ringing", { timeoutMs: 20_000 });
  await phone.accept();
  await state(page, "Talking").waitFor(PATIENCE);
  return caller;
}

it("lets one agent ask another for a telephone, who keeps it or gives it, all by keyboard", async () => {
  const [holder, asker] = [await seat(SMALL), await seat()];
  await sitDown(holder, "luca", "Desk 1");
  await signInAs(asker, "anna");
  await telephoneOption(asker, "Desk 1").getByText("Ask Luca for it").waitFor(PATIENCE);
  await finder(asker).fill("desk 1");
  await asker.getByRole("button", { name: "Ask Luca Neri for Desk 1" }).waitFor();
  await asker.keyboard.press("Enter");
  await line(asker, "The telephone you asked for").getByText("You asked Luca Neri for Desk 1.").waitFor(PATIENCE);

  const question = line(holder, "Anna Rossi asks for your telephone");
  await question.getByRole("alert").getByText("Anna Rossi asks for Desk 1.").waitFor(PATIENCE);
  expect(await holder.title()).toContain("Anna Rossi asks for Desk 1");
  await lookAt(holder, "takeover-question");
  await lookAt(asker, "takeover-asked");
  await holder.keyboard.press("F9");
  await holder.keyboard.press("Enter");
  await asker.getByText("Luca Neri keeps Desk 1.").waitFor(PATIENCE);
  await question.waitFor({ state: "detached" });
  await state(holder, "Ready").waitFor();

  await asker.getByRole("button", { name: "Close" }).click();
  await finder(asker).fill("desk 1");
  await asker.getByRole("button", { name: "Ask Luca Neri for Desk 1" }).waitFor(PATIENCE);
  await asker.keyboard.press("Enter");
  await question.getByRole("button", { name: "Give it" }).waitFor(PATIENCE);
  await holder.keyboard.press("F9");
  await holder.keyboard.press("Tab");
  await holder.keyboard.press("Enter");
  await state(asker, "Ready").waitFor(PATIENCE);
  await asker.getByRole("button", { name: /^Desk 1/ }).waitFor();
  await holder.getByText(/^Your session was ended at \d\d:\d\d: Anna Rossi took over Desk 1\.$/).waitFor(PATIENCE);
  await lookAt(holder, "takeover-given");
});

it("finishes the call first, and starts a break that was asked for during it when it ends", async () => {
  const [holder, asker] = [await seat(), await seat()];
  await sitDown(holder, "luca", "Desk 1");
  const first = await lucaTalks(holder);
  await holder.getByRole("button", { name: "Other reasons to pause" }).click();
  await holder.getByText("Starts when the call ends").waitFor();
  await holder.getByRole("menuitem", { name: "Lunch" }).click();
  await holder.getByText("Lunch after this call").waitFor(PATIENCE);
  await lookAt(holder, "break-after-call");
  await pressKeyOf(holder, "F8", /^Cancel the break/);
  await holder.getByText("Lunch after this call").waitFor({ state: "detached", ...PATIENCE });
  await pressKeyOf(holder, "F8", /^Pause: Lunch/);
  await holder.getByText("Lunch after this call").waitFor(PATIENCE);
  first.hangUp();
  await first.done;
  await state(holder, "Lunch").waitFor(PATIENCE);
  await holder.getByText(/^00:\d\d of 15:00$/).waitFor();

  // The team has one place, and he has it.
  await sitDown(asker, "anna", "Desk 2");
  await pressKeyOf(asker, "F8", /^Pause: /);
  await asker
    .getByRole("alert")
    .getByText(/Front has no place left on break.*Luca Neri since \d\d:\d\d/)
    .waitFor(PATIENCE);
  await lookAt(asker, "break-team-full");
  await pressKeyOf(holder, "F8", /^Resume/);

  // The wrap-up of that call is under the break: more time once, then done with it.
  await state(holder, "Wrap-up").waitFor(PATIENCE);
  await pressKeyOf(holder, "F7", /^More time/);
  await holder.getByRole("button", { name: "More time" }).waitFor({ state: "detached", ...PATIENCE });
  await lookAt(holder, "wrap-up-extended");
  await holder.getByRole("button", { name: "Finish" }).click();
  await state(holder, "Ready").waitFor(PATIENCE);

  const second = await lucaTalks(holder);
  await asker.getByRole("button", { name: /^Desk 2/ }).click();
  await asker.getByRole("menuitem", { name: "Change telephone…" }).click();
  await telephoneOption(asker, "Desk 1").getByText("Ask Luca for it").click();
  await holder.getByRole("button", { name: "Give when the call ends" }).click();
  await line(holder, "Your session ends with this call").getByText("Anna Rossi gets Desk 1.").waitFor(PATIENCE);
  await asker.getByText("Luca Neri gives you Desk 1 when the call on it ends.").waitFor(PATIENCE);
  second.hangUp();
  await second.done;
  await asker.getByRole("button", { name: /^Desk 1/ }).waitFor(PATIENCE);
  await holder.getByText(/Anna Rossi took over Desk 1\.$/).waitFor(PATIENCE);
});

it("shows a telephone that goes and comes: to its agent what to do, to others in their list, and he is ready again by himself", async () => {
  const [page, list] = [await seat(SMALL), await seat()];
  await sitDown(page, "anna", "Desk 3");
  await signInAs(list, "luca");
  await telephoneOption(list, "Desk 2").waitFor(PATIENCE);
  await page.getByTitle("Desk 3 is registered", { exact: true }).waitFor();
  for (const look of ["once", "twice"]) {
    await Promise.all([house.phone("desk-3").stop(), house.phone("desk-2").stop()]);
    const advice = line(page, "Your telephone");
    await advice.getByText(/^Desk 3 is not connected since \d\d:\d\d: check cable and power\.$/).waitFor(PATIENCE);
    await state(page, "Phone lost").waitFor();
    await expect.poll(() => telephoneOption(list, "Desk 2").textContent(), PATIENCE).toContain("not registered");
    if (look === "once") await lookAt(page, "telephone-lost");
    await Promise.all([house.plug("desk-3"), house.plug("desk-2")]);
    await page.getByText("Desk 3 is back.").waitFor(PATIENCE);
    await state(page, "Ready").waitFor(PATIENCE);
    await expect.poll(() => telephoneOption(list, "Desk 2").getAttribute("aria-disabled"), PATIENCE).toBe("false");
  }
});

it("shows what was missed and waits for a press on Ready", async () => {
  const page = await seat();
  await sitDown(page, "luca", "Desk 1");
  const caller = await house.caller(NUMBER);
  await until("it rings", () => house.phone("desk-1").state === "ringing", { timeoutMs: 20_000 });
  await line(page, "Your telephone").getByText("You missed a call.").waitFor(PATIENCE);
  caller.hangUp();
  await caller.done;
  const missed = page.getByRole("region", { name: /^Missed today/ });
  await missed.getByText("Maria Bianchi").first().waitFor(PATIENCE);
  await missed
    .getByText(/^Support, rang \d+:\d\d$/)
    .first()
    .waitFor();
  await lookAt(page, "calls-missed");
  await pressKeyOf(page, "F8", /^Ready/);
  await state(page, "Ready").waitFor(PATIENCE);
});

it("takes no calls from the login on until he presses Ready, where the house wants it so", async () => {
  const page = await seat(SMALL);
  await settings({ startPaused: true });
  await signInAs(page, "anna");
  await telephoneOption(page, "Desk 2").click();
  await line(page, "Not ready yet").getByText("Press Ready to take calls.").waitFor(PATIENCE);
  await lookAt(page, "not-ready-yet");
  await pressKeyOf(page, "F8", /^Ready/);
  await state(page, "Ready").waitFor(PATIENCE);
  await settings({ startPaused: false });
});

it("says who paused him and with which words, and who ended his session", async () => {
  const page = await seat();
  await sitDown(page, "anna", "Desk 2");
  await house.admin.post(`/supervision/agents/${anna.id}/pause`, { reason: "Team meeting" });
  await line(page, "Paused by a supervisor")
    .getByText(/ paused you at \d\d:\d\d: “Team meeting”$/)
    .waitFor(PATIENCE);
  await page.getByRole("button", { name: "Resume" }).waitFor({ state: "detached" });
  await lookAt(page, "paused-by-supervisor");
  await house.admin.remove(`/supervision/agents/${anna.id}/pause`);
  await state(page, "Ready").waitFor(PATIENCE);
  await house.admin.post(`/supervision/agents/${anna.id}/log-out`);
  await page.getByText(/^Your session was ended at \d\d:\d\d: .* logged you out\.$/).waitFor(PATIENCE);
  await page.getByRole("heading", { name: "Choose your telephone" }).waitFor();
});

it("turns a second desktop away, or signs the first one out, as the house wants it", async () => {
  const [first, second] = [await seat(), await seat()];
  await sitDown(first, "anna", "Desk 2");
  await settings({ secondLogin: "refuse" });
  await signInAs(second, "anna");
  await second
    .getByRole("alert")
    .getByText(/You are signed in at .* since \d\d:\d\d\. Sign out there first\./)
    .waitFor(PATIENCE);
  await settings({ secondLogin: "end-other" });
  await signInAs(second, "anna");
  await state(second, "Ready").waitFor(PATIENCE);
  await first.getByText(/You signed in at another desktop at \d\d:\d\d\. This one was signed out\./).waitFor(PATIENCE);
  await lookAt(first, "signed-out-elsewhere");
  await settings({ secondLogin: "resume" });
});

/** Presses the key until what has the focus is called so. */
async function keyTo(page: Page, key: "Tab" | "ArrowDown", name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    const focused = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (name.test(focused)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

/** Opens the menu of the telephone and takes one of its items. */
async function seatMenu(page: Page, telephone: RegExp, item: string): Promise<void> {
  await keyTo(page, "Tab", telephone);
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: item }).waitFor(PATIENCE);
  await keyTo(page, "ArrowDown", new RegExp(item));
  await page.keyboard.press("Enter");
}

it("is worked by keyboard alone from the sign-in over a break and a move to the logout", async () => {
  const page = await seat();
  await page.getByLabel("Username").waitFor();
  await page.keyboard.type("anna");
  await page.keyboard.press("Tab");
  await page.keyboard.type("a password of tests");
  await page.keyboard.press("Enter");
  await telephoneOption(page, "Desk 2").waitFor(PATIENCE);
  await page.keyboard.type("desk 2");
  await page.keyboard.press("Enter");
  await state(page, "Ready").waitFor(PATIENCE);

  await pressKeyOf(page, "F8", /^Pause: /);
  await state(page, "Coffee").waitFor(PATIENCE);
  await pressKeyOf(page, "F8", /^Resume/);
  await state(page, "Ready").waitFor(PATIENCE);

  await seatMenu(page, /^Desk 2/, "Change telephone…");
  await finder(page).waitFor(PATIENCE);
  await page.keyboard.type("desk 3");
  await page.getByRole("button", { name: "Move to Desk 3" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Desk 3/ }).waitFor(PATIENCE);
  const { telephone } = await (await house.signIn("anna")).get<Session>("/session");
  expect(telephone.name).toBe("Desk 3");

  await seatMenu(page, /^Desk 3/, "Log out…");
  await page.getByRole("dialog", { name: "Log out?" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Choose your telephone" }).waitFor(PATIENCE);
});
