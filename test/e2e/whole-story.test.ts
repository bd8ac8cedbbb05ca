import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Agent, Disposition, Queue, Telephone } from "../../contract/views.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, signInAs, startBrowserAndHouse } from "./browser.ts";

const NUMBER = "+390550001001";

let house: HouseRig;
let browser: Browser;
let support: Queue;
let anna: Agent;
let desk3: Telephone;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  support = await house.queue("Support", NUMBER);
  anna = await house.agent("anna", "Anna Rossi", [support]);
  await house.agent("luca", "Luca Neri", []);
  await house.admin.post("/users", {
    fullName: "Teresa Sala",
    username: "teresa",
    password: "a password of tests",
    role: "supervisor",
  });
  await house.admin.post("/pauses", { name: "Coffee" });
  const solved = await house.admin.post<Disposition>("/dispositions", { name: "Solved" });
  await house.admin.post("/dispositions", { name: "At once", parentId: solved.id });
  await house.admin.post("/dispositions", { name: "Call back" });
  await house.admin.post("/contact-lists", { name: "Customers" });
  const desk = (number: number, more = {}) =>
    house.telephone(`desk-${number}`, {
      fullName: `Desk ${number}`,
      internal: `10${number}`,
      place: "Floor 1",
      ...more,
    });
  await desk(1);
  const desk2 = await desk(2);
  desk3 = await desk(3);
  await desk(4, { plugged: false });
  await house.logIn("luca", desk2);
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

it("goes from the ring on a real phone to the row in Report Call", async () => {
  const { page, complaints } = await openSeat(browser, house.address);
  await signInAs(page, "anna");

  // The list: free ones to choose, the others with their reason.
  await page.getByRole("heading", { name: "Choose your telephone" }).waitFor();
  const option = (name: string) => page.getByRole("option", { name });
  await expect.poll(() => option("Desk 1").getAttribute("aria-disabled")).toBe("false");
  expect(await option("Desk 2").getAttribute("aria-disabled")).toBe("true");
  expect(await option("Desk 2").textContent()).toContain("Luca Neri");
  expect(await option("Desk 4").textContent()).toContain("not registered");
  await lookAt(page, "telephone-choice");

  // A phone that is plugged in can be chosen without a reload.
  await house.plug("desk-4");
  await expect.poll(() => option("Desk 4").getAttribute("aria-disabled")).toBe("false");

  // By keyboard alone.
  await page.getByRole("combobox", { name: /place, name or number/ }).fill("desk 3");
  await page.keyboard.press("Enter");
  await page.getByText("Ready", { exact: true }).first().waitFor();

  // A caller from a real trunk rings the real phone.
  const caller = await house.caller(NUMBER);
  const phone = house.phone("desk-3");
  const card = page.getByRole("article", { name: /Call with/ });
  await until("the phone rings", () => phone.state === "ringing", { timeoutMs: 10_000 });
  await card.getByText("Ringing").waitFor();
  expect(await card.textContent()).toContain("Support");
  expect(await card.textContent()).toContain("Maria Bianchi");
  await lookAt(page, "call-ringing");

  await phone.accept();
  await until("they talk", () => phone.state === "talking" && caller.has("answered"));
  await card.getByText("Talking").first().waitFor();
  await lookAt(page, "call-talking");

  // The caller is nobody we know yet.
  await card.getByLabel("Full name").fill("Maria Bianchi");
  await card
    .getByRole("button", { name: /contact/i })
    .first()
    .click();
  await expect
    .poll(async () => (await house.admin.get<{ rows: { fullName: string }[] }>("/contacts?q=Maria")).rows.length)
    .toBe(1);

  caller.hangUp();
  await caller.done;
  await card.getByText("Ended").first().waitFor();
  await page.keyboard.press("F2");
  await page.keyboard.type("at once");
  await page.keyboard.press("Enter");
  await page.getByText("Solved › At once").first().waitFor();

  await page.getByRole("link", { name: "Voice Calls" }).click();
  await page.getByRole("cell", { name: "Solved › At once" }).or(page.getByText("Solved › At once")).first().waitFor();
  await lookAt(page, "voice-calls");

  // The supervisor reads it.
  const supervisor = await openSeat(browser, house.address);
  await signInAs(supervisor.page, "teresa");
  await supervisor.page.getByRole("link", { name: "Report Call" }).click();
  await supervisor.page.getByRole("row", { name: /Anna Rossi/ }).waitFor();
  await lookAt(supervisor.page, "report-call");
  const [row] = await house.rows(1);
  expect(row).toMatchObject({
    userId: anna.id,
    telephoneId: desk3.id,
    userDisposition: "Solved",
    contactName: "Maria Bianchi",
  });
  expect([...complaints, ...supervisor.complaints]).toEqual([]);
});
