import { afterAll, beforeAll, expect, it } from "vitest";
import type { Delivery, MailSettings, ReportDescription, SavedFilter } from "../../contract/views.ts";
import { ADMIN_PASSWORD, buildServer, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { type Mailbox, startMailbox } from "../rig/mailbox.ts";

let server: TestServer;
let mailbox: Mailbox;
let boss: Client;
let anna: Client;
const PASSWORD = "a secret of mail";
const SETTINGS = { host: "127.0.0.1", security: "none", sender: "perch@house.example", username: null };
const DELIVERY = {
  ...{ report: "calls", asked: { groupBy: "day" }, period: "yesterday", format: "xlsx", rhythm: "daily", hour: 6 },
  ...{
    weekday: 1,
    monthDay: 1,
    recipients: ["boss@house.example", "shift@house.example"],
    subject: "Calls",
    enabled: true,
  },
};

beforeAll(async () => {
  mailbox = await startMailbox();
  server = await buildServer();
  await server.admin.post("/users", {
    ...{ username: "teresa", fullName: "Teresa Sala", role: "supervisor", password: ADMIN_PASSWORD },
  });
  await server.make.agent({ username: "anna", fullName: "Anna Rossi" });
  boss = await server.signIn("teresa", ADMIN_PASSWORD);
  anna = await server.signIn("anna");
});
afterAll(async () => {
  await server?.stop();
  await mailbox?.stop();
});

it("never tells the password of the mail server, and never sends it in the clear", async () => {
  const put = (body: unknown) => server.admin.put<MailSettings>("/mail-settings", body);
  expect((await server.admin.refused("GET", "/mail-settings")).code).toBe("not-found");
  const secret = { ...SETTINGS, port: mailbox.port, username: "house", password: PASSWORD };
  expect((await server.admin.refused("PUT", "/mail-settings", secret)).title).toContain("without encryption");
  const kept = await put({ ...secret, security: "starttls" });
  expect(kept).toMatchObject({ username: "house", hasPassword: true });
  expect(JSON.stringify(kept)).not.toContain(PASSWORD);
  const [row] = await server.db.selectFrom("mail_settings").selectAll().execute();
  expect(JSON.stringify(row)).not.toContain(PASSWORD);
  const audit = await server.db.selectFrom("audit").selectAll().where("action", "=", "mail.change").execute();
  expect(JSON.stringify(audit)).not.toContain(PASSWORD);
  // For another server the password has to be given again.
  const elsewhere = { ...SETTINGS, host: "mail.example", port: 25, username: "house", security: "tls" };
  expect((await server.admin.refused("PUT", "/mail-settings", elsewhere)).title).toContain(
    "username goes with a password",
  );
  // A server that offers no encryption does not get the mail either.
  expect((await server.admin.refused("POST", "/mail-settings/test", { to: "boss@house.example" })).code).toBe(
    "mail.failed",
  );
  expect(mailbox.letters).toEqual([]);
  await put({ ...SETTINGS, port: mailbox.port, password: null });
  await server.admin.ask("POST", "/mail-settings/test", { to: "boss@house.example" });
  expect(mailbox.letters.splice(0)).toMatchObject([{ to: ["boss@house.example"] }]);
});

it("refuses to send what there is not, or to nobody", async () => {
  const made = await boss.post<Delivery>("/deliveries", DELIVERY);
  expect(made).toMatchObject({ ...DELIVERY, owner: { name: "Teresa Sala" }, attempts: [] });
  expect(Date.parse(made.nextAt ?? "")).toBeGreaterThan(Date.now());
  const off = await boss.put<Delivery>(`/deliveries/${made.id}`, { ...DELIVERY, enabled: false });
  expect(off.nextAt).toBeNull();
  await boss.remove(`/deliveries/${made.id}`);
  expect(await boss.get("/deliveries")).toEqual({ rows: [], next: null });
  const wrong = [
    { ...DELIVERY, report: "nothing" },
    { ...DELIVERY, asked: { colour: "red" } },
    { ...DELIVERY, recipients: [] },
    { ...DELIVERY, recipients: ["a@b.example\r\nBcc: c@d.example"] },
    { ...DELIVERY, subject: "Calls\r\nBcc: c@d.example" },
  ];
  for (const body of wrong) expect((await boss.refused("POST", "/deliveries", body)).status).toBe(400);
  expect((await anna.refused("POST", "/deliveries", DELIVERY)).code).toBe("not-permitted");
  expect((await anna.refused("GET", "/mail-settings")).code).toBe("not-permitted");
  expect((await boss.refused("GET", "/mail-settings")).code).toBe("not-permitted");
});

it("keeps filters under a name, to oneself or for all who lead", async () => {
  const saved = await boss.post<SavedFilter>("/saved-filters", {
    ...{ report: "calls", name: "Mornings", asked: { groupBy: "hour-of-day", period: "today" }, shared: true },
  });
  const own = { report: "agents", name: "Mine", asked: { period: "today" }, shared: false };
  await boss.post("/saved-filters", own);
  expect((await boss.refused("POST", "/saved-filters", { ...own, name: "MINE" })).code).toBe("name.taken");
  const seen = async (who: Client) =>
    (await who.get<{ rows: SavedFilter[] }>("/saved-filters")).rows.map(({ name }) => name);
  expect([await seen(boss), await seen(server.admin), await seen(anna)]).toEqual([
    ["Mine", "Mornings"],
    ["Mornings"],
    [],
  ]);
  expect((await anna.refused("POST", "/saved-filters", { ...own, shared: true })).code).toBe("not-permitted");
  expect((await server.admin.refused("DELETE", `/saved-filters/${saved.id}`)).code).toBe("not-found");
  await boss.put(`/saved-filters/${saved.id}`, { report: "calls", name: "Evenings", asked: {}, shared: false });
  expect(await seen(server.admin)).toEqual([]);
  await boss.remove(`/saved-filters/${saved.id}`);
  await boss.put("/reports/calls/layout", { columns: ["talk", "rows"] });
  expect(await boss.get("/reports/calls/layout")).toEqual({ columns: ["talk", "rows"] });
  expect(await server.admin.get("/reports/calls/layout")).toEqual({ columns: null });
});

it("answers every report it describes, as a page and as both files", async () => {
  const { rows } = await boss.get<{ rows: ReportDescription[] }>("/reports");
  expect(rows.length).toBeGreaterThanOrEqual(15);
  for (const { name, groupings } of rows) {
    await boss.get(`/reports/${name}?period=this-month`);
    for (const { key } of groupings) await boss.get(`/reports/${name}?period=last-week&groupBy=${key}`);
    const csv = await boss.ask("GET", `/reports/${name}.csv?period=today`);
    expect([csv.status, csv.type, csv.headers.get("content-disposition")]).toEqual([
      200,
      "text/csv; charset=utf-8",
      `attachment; filename="${name}.csv"`,
    ]);
    const xlsx = await boss.ask<string>("GET", `/reports/${name}.xlsx?period=today`);
    expect(xlsx.body.slice(0, 2)).toBe("PK");
  }
  const call = await boss.ask<string>("GET", "/reports/report-call.xlsx");
  expect(call.body.slice(0, 2)).toBe("PK");
  expect((await anna.refused("GET", "/reports/report-call.xlsx")).code).toBe("not-permitted");
  const { rows: hers } = await anna.get<{ rows: ReportDescription[] }>("/reports");
  for (const { name } of hers) await anna.get(`/reports/${name}?period=today`);
  for (const { name } of rows.filter((one) => !hers.some((own) => own.name === one.name))) {
    expect((await anna.refused("GET", `/reports/${name}?period=today`)).code).toBe("not-permitted");
  }
});
