import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Disposition } from "../../contract/views.ts";
import { type DeskPhone, servePhonesPage } from "../../demo/phones-page.ts";
import type { HouseRig } from "../rig/house-rig.ts";
import { until } from "../until.ts";
import { lookAt, openSeat, type Seat, signInAs, sitDown, startBrowserAndHouse } from "./browser.ts";
import { finishedCall } from "./finished-call.ts";

const NUMBER = "+390550001001";
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 720 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1024, height: 640 } },
] as const;

let house: HouseRig;
let browser: Browser;
let lucaId: number;

beforeAll(async () => {
  [browser, house] = await startBrowserAndHouse();
  const support = await house.queue("Support", NUMBER);
  await house.queue("Complaints and second level", "+390550001002", { wrapUpSeconds: 30, mandatoryDisposition: true });
  const team = await house.admin.post<{ id: number }>("/teams", { name: "Front office", maxOnBreak: 1 });
  await house.agent("anna", "Anna Rossi", [support], { internal: "201", teamId: team.id });
  lucaId = (await house.agent("luca", "Luca Neri", [support], { teamId: team.id })).id;
  await house.agent("remote", "Rita Longobardi-Santangelo", [], { typology: "remote", hotdesk: false });
  for (const name of ["Coffee", "Lunch", "Training"]) await house.admin.post("/pauses", { name });
  const solved = await house.admin.post<Disposition>("/dispositions", { name: "Solved" });
  const once = await house.admin.post<Disposition>("/dispositions", { name: "At once", parentId: solved.id });
  await house.admin.post("/dispositions", { name: "By telephone", parentId: once.id });
  const list = await house.admin.post<{ id: number }>("/contact-lists", { name: "Customers" });
  await house.admin.post("/contacts", { listId: list.id, fullName: "Maria Bianchi", numbers: ["+390555550101"] });
  const desk = (number: number, more = {}) =>
    house.telephone(`desk-${number}`, {
      fullName: `Desk ${number}`,
      internal: `10${number}`,
      place: "Floor 1",
      ...more,
    });
  await desk(1);
  const held = await desk(2);
  await desk(3, { plugged: false, place: "Reception" });
  const luca = await house.logIn("luca", held);
  await finishedCall(house, "desk-2", NUMBER);
  const toDispose = () => luca.get<{ rows: { legId: string }[] }>("/calls/to-dispose");
  await until("the call waits for its outcome", async () => (await toDispose()).rows.length === 1);
  const [waiting] = (await toDispose()).rows;
  await luca.post(`/calls/${waiting?.legId}/disposition`, { disposition: ["Solved", "At once", "By telephone"] });
  await finishedCall(house, "desk-2", NUMBER);
});
afterAll(async () => {
  await browser.close();
  await house.stop();
});

/** A picture and axe's judgement; and the page itself never scrolls, neither way. */
async function judged(page: Page, name: string): Promise<void> {
  const spill = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: scrollWidth - innerWidth, y: scrollHeight - innerHeight };
  });
  expect(spill, `${name} is wider or higher than the window`).toEqual({ x: 0, y: 0 });
  const away = await page.getByRole("button", { name: "Choose columns" }).evaluateAll(
    (buttons) =>
      buttons.filter((button) => {
        const around = button.closest(".table-frame, .screen-head")?.getBoundingClientRect();
        const { left, right } = button.getBoundingClientRect();
        return around !== undefined && (left < around.left || right > around.right + 1);
      }).length,
  );
  expect(away, `${name} has columns to choose that have to be scrolled to`).toBe(0);
  await lookAt(page, `looks-${name}`);
}

async function open(page: Page, address: string, heading: string): Promise<void> {
  await page.goto(new URL(address, house.address).href);
  await page.getByRole("heading", { name: heading, exact: true }).first().waitFor();
  // The page that shows how loading looks is never done with it.
  if (heading !== "Design") await expect.poll(() => page.getByRole("status", { name: /^Loading/ }).count()).toBe(0);
}

describe.each(LOOKS)("in $name", ({ name, colorScheme, viewport }) => {
  const seats: Seat[] = [];
  const seat = async () => {
    const made = await openSeat(browser, house.address, { colorScheme, viewport });
    seats.push(made);
    return made.page;
  };
  afterAll(async () => {
    for (const { context } of seats) await context.close();
  });

  it("the agent's screens are readable and fit", async () => {
    const page = await seat();
    await page.getByLabel("Username").waitFor();
    await judged(page, `${name}-sign-in`);
    await signInAs(page, "anna");
    await page.getByRole("heading", { name: "Choose your telephone" }).waitFor();
    await judged(page, `${name}-choice`);
    await page.getByRole("option", { name: "Desk 1" }).click();
    await page.getByText("Ready", { exact: true }).first().waitFor();
    await judged(page, `${name}-home`);
    await page.getByRole("button", { name: "Other reasons to pause" }).click();
    await page.getByRole("menuitem", { name: "Training" }).waitFor();
    await judged(page, `${name}-pause-menu`);
    await page.keyboard.press("Escape");
    for (const [address, heading] of [
      ["/voice-calls", "Voice Calls"],
      ["/to-dispose", "To dispose"],
      ["/items", "Items"],
      ["/contacts", "Contacts"],
      ["/days", "My days"],
    ] as const) {
      await open(page, address, heading);
      await judged(page, `${name}${address.replace("/", "-")}`);
    }
    await page.getByRole("banner").getByRole("button", { name: "Desk 1" }).click();
    await page.getByRole("menuitem", { name: "Log out…" }).click();
    await page.getByRole("dialog", { name: "Log out?" }).waitFor();
    await judged(page, `${name}-log-out`);
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByText("Not logged in").waitFor();
  });

  it("the call with its card is readable and fits", async () => {
    const page = await seat();
    await sitDown(page, "anna", "Desk 1");
    const luca = await house.signIn("luca");
    await luca.post("/session/pause", { reason: "Lunch" });
    const caller = await house.caller(NUMBER);
    const phone = house.phone("desk-1");
    await expect.poll(() => phone.state).toBe("ringing");
    await page.getByRole("article").getByText("Ringing").waitFor();
    await judged(page, `${name}-ringing`);
    await phone.accept();
    await page.getByRole("article").getByText("Talking").first().waitFor();
    await page.keyboard.press("F2");
    await judged(page, `${name}-talking`);
    caller.hangUp();
    await caller.done;
    await page.getByRole("article").getByText("Ended").first().waitFor();
    await judged(page, `${name}-ended`);
    await page.getByRole("button", { name: "Leave for later" }).click();
    await page.getByRole("heading", { name: "Your calls today" }).waitFor();
    await judged(page, `${name}-day`);
    const anna = await house.signIn("anna");
    await anna.remove("/session");
    await luca.remove("/session/pause");
  });

  it("the administrator's screens are readable and fit", async () => {
    const page = await seat();
    await signInAs(page, "admin");
    await page.getByRole("heading", { name: "Floor" }).waitFor();
    await page.getByRole("row", { name: /Luca Neri.*Desk 2/ }).waitFor();
    await judged(page, `${name}-floor`);
    await page.getByRole("row", { name: /Luca Neri.*Desk 2/ }).click();
    await page.getByRole("complementary", { name: "Luca Neri" }).getByRole("button", { name: "Pause…" }).waitFor();
    await judged(page, `${name}-floor-panel`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Telephones", exact: true }).click();
    await page.getByRole("row", { name: /Desk 3.*not registered/ }).waitFor();
    await judged(page, `${name}-floor-telephones`);
    await open(page, "/days", "Days");
    await page.getByText("Whose days?").waitFor();
    await judged(page, `${name}-days-whose`);
    await open(page, `/days?agent=${lucaId}`, "Days");
    await page.getByRole("group", { name: "State" }).waitFor();
    await page.getByRole("button", { name: "Show as a table" }).click();
    await page
      .getByRole("row", { name: /Talking/ })
      .first()
      .waitFor();
    await judged(page, `${name}-days-of`);
    await page.getByRole("button", { name: "The day before" }).click();
    await page.getByText("Not logged in that day").waitFor();
    await judged(page, `${name}-days-empty`);
    await open(page, "/report-call", "Report Call");
    await page
      .getByRole("row", { name: /Luca Neri/ })
      .first()
      .waitFor();
    await judged(page, `${name}-report-call`);
    await page
      .getByRole("row", { name: /Solved/ })
      .first()
      .click();
    await page.getByRole("complementary").getByRole("listitem").first().waitFor();
    await judged(page, `${name}-report-why`);
    for (const [address, heading] of [
      ["", "Overview"],
      ["/users?open=new", "Users"],
      ["/agents", "Agents"],
      ["/agents?open=new", "New agent"],
      ["/teams", "Teams"],
      ["/teams?open=new", "New team"],
      ["/telephones", "Telephones"],
      ["/telephones/row", "New row of telephones"],
      ["/queues", "Queues"],
      ["/pauses", "Break reasons"],
      ["/dispositions", "Dispositions"],
      ["/trunks", "Trunks"],
      ["/inbound-routes?open=new", "New inbound route"],
      ["/outbound-routes?open=new", "New outbound route"],
      ["/contact-lists", "Contact lists"],
      ["/settings", "Settings"],
    ] as const) {
      await open(page, `/administration${address}`, heading);
      await judged(page, `${name}-set-up${address.replace(/[/?]/g, "-").replace("=", "-")}`);
    }
    await page.getByRole("button", { name: "Find anything" }).or(page.getByText("Find anything")).first().click();
    await judged(page, `${name}-palette`);
    await page.keyboard.press("Escape");
    await open(page, "/design", "Design");
    await judged(page, `${name}-design`);
    expect(seats.flatMap(({ complaints }) => complaints)).toEqual([]);
  });

  it("the administration has room on a narrow screen", async () => {
    const narrow = await openSeat(browser, house.address, { colorScheme, viewport: { width: 390, height: 844 } });
    seats.push(narrow);
    const { page } = narrow;
    await signInAs(page, "admin");
    await page.getByRole("heading", { name: "Floor" }).waitFor();
    await open(page, "/administration", "Overview");
    await judged(page, `${name}-narrow-overview`);
    const doors = page.getByRole("navigation", { name: "Set up" }).getByRole("combobox");
    for (const heading of ["Queues", "Telephones", "Settings", "Mail"]) {
      await doors.selectOption(heading);
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      await judged(page, `${name}-narrow-${heading}`);
    }
    await open(page, "/administration/queues?open=new", "New queue");
    const field = await page.getByLabel("Name", { exact: false }).first().boundingBox();
    expect(field?.width).toBeGreaterThan(200);
    await judged(page, `${name}-narrow-new-queue`);
  });

  it("the demo's telephones are readable in a narrow window, and only the keys that do something are there", async () => {
    const standing = (state: ReturnType<DeskPhone["display"]>["state"], number: number): DeskPhone => ({
      username: `desk-${number}`,
      label: `Desk ${number}`,
      place: number < 4 ? "Floor 1" : "Reception",
      display: () => ({ state, other: state === "idle" ? "101" : state === "unplugged" ? "" : "Maria Bianchi" }),
      answer: async () => {},
      hangUp: async () => {},
      dial: async () => {},
      keys: async () => {},
      plug: async () => {},
      unplug: async () => {},
      watch: () => () => {},
    });
    const states = ["idle", "ringing", "talking", "dialling", "unplugged"] as const;
    const phones = await servePhonesPage(
      states.map((state, at) => standing(state, at + 1)),
      { port: 0, perchAddress: house.address },
    );
    const narrow = await openSeat(browser, phones.address, { colorScheme, viewport: { width: 480, height: 720 } });
    seats.push(narrow);
    const { page } = narrow;
    await page.getByRole("button", { name: "Answer: Desk 2" }).waitFor();
    expect(await page.getByRole("button").allTextContents()).toEqual([
      "Unplug",
      "Answer",
      "Hang up",
      "Hang up",
      "Hang up",
      "Plug in",
    ]);
    await judged(page, `${name}-demo-telephones`);
    await phones.stop();
  });
});
