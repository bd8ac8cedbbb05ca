import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureDesktop } from "../../cli/desktop-build.ts";
import type { Queue } from "../../contract/views.ts";
import { ADMIN_PASSWORD, buildServer, PASSWORD, type TestServer } from "../build.ts";
import { unzipped } from "../unzipped.ts";
import { lookAt, openSeat, type Seat, signInAs, startBrowser } from "./browser.ts";

let server: TestServer;
let browser: Browser;
let support: Queue;
const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 720 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 720 } },
  { name: "narrow", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;
const FEW = "from=2026-03-02T00:00:00.000Z&to=2026-03-03T00:00:00.000Z";
const MANY = "from=2026-01-31T23:00:00.000Z&to=2026-02-28T23:00:00.000Z";
const NONE = "from=2025-01-01T00:00:00.000Z&to=2025-01-02T00:00:00.000Z";

beforeAll(async () => {
  await ensureDesktop(() => {});
  const desktop = join(import.meta.dirname, "..", "..", "desktop", "dist");
  [browser, server] = await Promise.all([startBrowser(), buildServer({ desktop })]);
  support = await server.make.queue({ name: "Support" });
  await server.make.queue({ name: "Sales and second level" });
  for (const name of ["Anna Rossi", "Luca Neri", "Rita Longobardi-Santangelo"]) {
    await server.make.agent({
      fullName: name,
      username: name.split(" ")[0]?.toLowerCase() ?? "",
      queues: [support.id],
    });
  }
  await server.make.telephone({ fullName: "Desk 1" });
  await server.db.updateTable("staff").set({ created_at: sql`'2026-01-01'` }).execute();
  await furnish("2026-03-02T08:00:00Z", 6, 40);
  await furnish("2026-01-31T23:00:00Z", 4000, 28 * 24 * 60);
  await session("2026-03-02T07:00:00Z", "2026-03-02T15:00:00Z");
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** So many calls into the queues over so many minutes, most at noon and few at night, every fifth one given up. */
async function furnish(from: string, calls: number, minutes: number): Promise<void> {
  await sql`select make_call_month(date_trunc('month', ${from}::timestamptz at time zone 'UTC' + n * interval '1 month')::date)
    from generate_series(0, 1) as n`.execute(server.db);
  const made = sql`
    select n, ${from}::timestamptz + make_interval(secs => floor((n + 0.5) * ${minutes * 60}::float / ${calls})) as at
    from generate_series(0, ${calls - 1}) as n`;
  const named = sql`
    select n, at, 'node1-' || extract(epoch from at)::bigint || '.' || n as linked_id, n % 5 = 0 as lost, 4 + (n * 37) % 240 as wait,
      (select id from queues order by id offset n % 3 % 2 limit 1) as queue_id,
      (select staff_id from agents order by staff_id offset n % 3 limit 1) as agent_id
    from (${made}) as made
    where ${calls < 100} or extract(hour from at at time zone 'Europe/Rome') between 7 + n % 3 and 20 - n % 5`;
  await sql`insert into calls (linked_id, call_at, node, type, started_at, ended_at)
    select linked_id, call_at(linked_id), 'node1', 'inbound', at, at from (${named}) as c`.execute(server.db);
  await sql`insert into queue_visits (id, linked_id, call_at, queue_id, entered_at, left_at, outcome)
    select linked_id, linked_id, call_at(linked_id), queue_id, at, at + make_interval(secs => wait),
      case when lost then 'abandoned' else 'answered' end from (${named}) as c`.execute(server.db);
  await sql`insert into report_calls (id, leg_id, linked_id, call_at, type, source, destination, caller_id, started_at, rang_at,
      answered_at, ended_at, duration_ms, billable_ms, hold_ms, disposition, user_id, queue_id)
    select linked_id, linked_id, linked_id, call_at(linked_id), 'inbound', '0555' || 100000 + n % 700, '100', '', at, at,
      case when not lost then at + make_interval(secs => wait) end, at + make_interval(secs => wait + 90),
      (wait + 90) * 1000, case when not lost then (60 + n % 200) * 1000 end, 0,
      case when lost then 'NO ANSWER' else 'ANSWERED' end, case when not lost then agent_id end, queue_id
    from (${named}) as c`.execute(server.db);
}

/** Anna's day with a break, a wrap-up and a telephone that was lost. */
async function session(from: string, to: string): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into sessions (agent_id, started_at, ended_at, end_reason)
    select staff_id, ${from}, ${to}, 'logged-out' from agents order by staff_id limit 1 returning id`.execute(
    server.db,
  );
  const id = rows[0]?.id ?? 0;
  for (const [cause, reason, begin, end] of [
    ["break", "Lunch", "11:00", "11:40"],
    ["wrap-up", null, "09:00", "09:25"],
    ["phone-lost", "unreachable", "13:00", "13:12"],
  ]) {
    await sql`insert into pause_causes (session_id, cause, reason, started_at, ended_at) values
      (${id}, ${cause}, ${reason}, ${`2026-03-02T${begin}:00Z`}, ${`2026-03-02T${end}:00Z`})`.execute(server.db);
  }
}

async function open(page: Page, report: string, asked: string): Promise<void> {
  await page.goto(`${server.url}/reports?report=${report}&${asked}`);
  await page.getByRole("region").getByRole("heading", { level: 1 }).waitFor();
  await expect.poll(() => page.getByRole("status", { name: /^Loading/ }).count()).toBe(0);
}
const rows = (page: Page) => page.getByRole("region").getByRole("row");

const chart = (page: Page, name: string) =>
  page.getByRole("radiogroup", { name: "Chart" }).getByText(name, { exact: true });

/** A picture and axe's judgement; and the page itself never scrolls sideways. */
async function judged(page: Page, name: string): Promise<void> {
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(spill, `${name} is wider than the window`).toBe(0);
  const cut = await page
    .locator("td.number, tfoot td")
    .evaluateAll((cells) =>
      cells.flatMap((cell) =>
        cell.scrollWidth > cell.clientWidth && getComputedStyle(cell).overflowX === "hidden" ? [cell.textContent] : [],
      ),
    );
  expect(cut, `${name} cuts figures off`).toEqual([]);
  await lookAt(page, `reports-${name}`);
}

describe.each(LOOKS)("in $name", ({ name, ...look }) => {
  let seat: Seat;
  beforeAll(async () => {
    seat = await openSeat(browser, server.url, look);
    await signInAs(seat.page, "admin", ADMIN_PASSWORD);
    await seat.page.getByRole("link", { name: "Reports" }).waitFor();
  });
  afterAll(() => seat?.context.close());

  it("reports are readable with none, few and many rows", async () => {
    const { page } = seat;
    for (const [report, asked, picture] of [
      ["queues", NONE, "none"],
      ["queues", FEW, "few"],
      ["queues", `${MANY}&groupBy=day`, "many"],
      ["queue-agents", `${MANY}&groupBy=agent`, "names"],
      ["agents", FEW, "states"],
      ["abandoned", MANY, "list"],
      ["telephone-use", FEW, "telephones"],
      ["repeat-callers", MANY, "callers"],
    ] as const) {
      await open(page, report, asked);
      if (asked !== NONE) await expect.poll(() => rows(page).count()).toBeGreaterThan(1);
      await judged(page, `${name}-${picture}`);
    }
    await open(page, "queues", `${MANY}&groupBy=weekday`);
    await chart(page, "Week").click();
    await page.getByRole("img", { name: /Offered by weekday and hour/ }).waitFor();
    await page.getByText(/^Most: /).waitFor();
    await judged(page, `${name}-week`);
    await chart(page, "Waits").click();
    await page.getByRole("img", { name: /How long people waited/ }).waitFor();
    await judged(page, `${name}-waits`);
    await chart(page, "Bars").click();
    expect(seat.complaints).toEqual([]);
  });
});

describe("a supervisor", () => {
  let seat: Seat;
  let page: Page;
  beforeAll(async () => {
    await server.admin.post("/users", {
      ...{ username: "teresa", fullName: "Teresa Sala", role: "supervisor", password: PASSWORD },
    });
    seat = await openSeat(browser, server.url);
    page = seat.page;
    await signInAs(page, "teresa", PASSWORD);
    await page.getByRole("link", { name: "Reports" }).click();
  });
  afterAll(() => seat?.context.close());

  it("walks along a chart with the arrows, and hears what stands there", async () => {
    await open(page, "queues", FEW);
    await page.getByRole("img", { name: /Answered, abandoned/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText(/: Answered \d+, Abandoned \d+/).waitFor();
  });

  it("groups, sorts, and sees what all of it comes to", async () => {
    await open(page, "queues", FEW);
    await page.getByRole("combobox", { name: "Group by" }).click();
    await page.getByRole("option", { name: "Hour of the day" }).click();
    await rows(page).filter({ hasText: "09:00" }).first().waitFor();
    await page.getByRole("button", { name: "Offered" }).click();
    await page.getByRole("button", { name: "Offered" }).click();
    await expect.poll(() => rows(page).nth(1).textContent()).toContain("09:00");
    expect(await rows(page).last().textContent()).toMatch(/^Total6/);
  });

  it("goes from a number to the rows behind it", async () => {
    await open(page, "queues", FEW);
    const number = rows(page).filter({ hasText: "Support" }).getByRole("link").nth(2);
    const count = Number(await number.textContent());
    await number.click();
    await page.getByRole("heading", { name: "Calls of the queues" }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(count + 1);
    await rows(page).nth(1).getByRole("link").first().click();
    await page.getByRole("heading", { name: "Report Call" }).waitFor();
    await expect
      .poll(() => page.getByRole("table", { name: "Report Call" }).locator("tbody tr[data-index]").count())
      .toBe(1);
    await judged(page, "behind");
  });

  it("keeps columns in the order chosen, on every desktop", async () => {
    await open(page, "queues", FEW);
    await page.getByRole("button", { name: "Choose columns" }).click();
    await page.getByRole("checkbox", { name: "Hold" }).check();
    for (let step = 0; step < 3; step += 1)
      await page.getByRole("button", { name: "Abandoned further left", exact: true }).click();
    await judged(page, "columns");
    await page.keyboard.press("Escape");
    const heads = () => page.getByRole("columnheader").allTextContents();
    await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(["Queue", "Abandoned", "Offered"]);
    await expect
      .poll(async () => JSON.stringify(await server.db.selectFrom("report_layouts").select("columns").execute()))
      .toContain("hold");
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(["Queue", "Abandoned", "Offered"]);
    expect(await heads()).toContain("Hold");
  });

  it("saves a filter under a name and comes back to it", async () => {
    await open(page, "calls", `${FEW}&groupBy=agent`);
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("menuitem", { name: "Save this filter…" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("By agent");
    await page.getByRole("checkbox", { name: /Shared/ }).check();
    await judged(page, "save-filter");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Saved filters" }).getByText("By agent").waitFor();
    await open(page, "calls", NONE);
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("menuitem", { name: /By agent/ }).click();
    await rows(page).filter({ hasText: "Anna Rossi" }).first().waitFor();
  });

  it("takes a report along as CSV and as a spreadsheet", async () => {
    await open(page, "queues", FEW);
    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      return await readFile(await download.path());
    };
    expect((await take("CSV")).toString("utf8")).toContain("Support,");
    expect(unzipped(await take("Excel")).get("xl/worksheets/sheet1.xml")).toContain("Support");
  });

  it("has a report sent by mail, and sees when", async () => {
    await open(page, "queues", "period=last-week");
    await page.getByRole("button", { name: "Mail…" }).click();
    await page.getByRole("combobox", { name: "To", exact: true }).fill("boss@house.example");
    await page.keyboard.press("Enter");
    await judged(page, "deliver");
    await page.getByRole("button", { name: "Send from now on" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Sent by mail" }).click();
    await rows(page).filter({ hasText: "boss@house.example" }).waitFor();
    await judged(page, "deliveries");
    expect(seat.complaints).toEqual([]);
  });
});

it("an agent sees the reports that speak of what is theirs", async () => {
  const { page, context, complaints } = await openSeat(browser, server.url);
  await signInAs(page, "anna", PASSWORD);
  await page.getByRole("link", { name: "Reports" }).click();
  const links = page.getByRole("navigation", { name: "Reports" }).getByRole("link");
  await links.first().waitFor();
  expect(await links.allTextContents()).toEqual([
    "Queues by agent",
    "Abandoned",
    "Agents",
    "Pauses by cause",
    "Sessions",
    "Pauses",
    "Who sat where",
  ]);
  await open(page, "agents", FEW);
  await rows(page).filter({ hasText: "Anna Rossi" }).first().waitFor();
  expect(await rows(page).filter({ hasText: "Luca Neri" }).count()).toBe(0);
  await judged(page, "agent");
  expect(complaints).toEqual([]);
  await context.close();
});

it("an administrator sets up how mail is sent", async () => {
  const { page, context, complaints } = await openSeat(browser, server.url);
  await signInAs(page, "admin", ADMIN_PASSWORD);
  await page.getByRole("link", { name: "Set up" }).click();
  await page.getByRole("link", { name: "Mail", exact: true }).click();
  await page.getByRole("textbox", { name: "Server" }).fill("127.0.0.1");
  await page.getByRole("textbox", { name: "Sender" }).fill("perch@house.example");
  await page.getByRole("textbox", { name: "Username" }).fill("perch");
  await page.getByLabel("Password", { exact: true }).fill("a secret of mail");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Try it" }).waitFor();
  await judged(page, "mail");
  expect(await page.content()).not.toContain("a secret of mail");
  expect(complaints).toEqual([]);
  await context.close();
});
