import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Agent, Calendar, CallLimit, InboundRoute, OutboundRoute, Trunk } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

const week = [{ day: 1, from: "09:00", to: "18:00" }];

describe("calendars", () => {
  it("are made, read, changed and removed, unless something goes by them", async () => {
    const made = await server.admin.post<Calendar>("/calendars", { name: "Office", week });
    expect(made).toMatchObject({ timeZone: null, week, exceptions: [] });
    const closed = { name: "Christmas", date: "2026-12-25", yearly: true, hours: [] };
    const changed = await server.admin.patch<Calendar>(`/calendars/${made.id}`, { exceptions: [closed] });
    expect(changed).toEqual({ ...made, exceptions: [closed] });
    expect(await server.admin.get<Calendar>(`/calendars/${made.id}`)).toEqual(changed);
    const route = await server.admin.post<InboundRoute>("/inbound-routes", {
      number: "+390290001",
      actions: [{ hangup: true, when: { calendar: made.id, is: "closed" } }],
    });
    const refused = await server.admin.refused("DELETE", `/calendars/${made.id}`);
    expect(refused).toMatchObject({ code: "reference.in-use", usedBy: ["calls to +390290001"] });
    await server.admin.remove(`/inbound-routes/${route.id}`);
    await server.admin.remove(`/calendars/${made.id}`);
    expect((await server.admin.refused("GET", `/calendars/${made.id}`)).code).toBe("not-found");
  });

  it.each([
    ["a zone that is none", { timeZone: "Europe/Nowhere" }, "timeZone"],
    ["hours that begin where they end", { week: [{ day: 1, from: "09:00", to: "09:00" }] }, "week"],
    [
      "two other days on one",
      { exceptions: [1, 2].map((n) => ({ name: `${n}`, date: "2026-12-24", yearly: false, hours: [] })) },
      "exceptions",
    ],
  ])("refuse %s, naming the field", async (_, over, field) => {
    const refused = await server.admin.refused("POST", "/calendars", { name: "Wrong", week, ...over });
    expect(refused).toMatchObject({ code: "request.invalid", field });
  });
});

describe("inbound routes", () => {
  it("say of every action what cannot be used", async () => {
    const nameless = await server.admin.post<Agent>("/agents", {
      ...{ fullName: "Nora Number", username: "nora", password: PASSWORD, typology: "external" },
    });
    for (const [action, words] of [
      [{ queue: 999_999 }, "There is no queue 999999."],
      [{ project: 999_999 }, "There is no project 999999."],
      [{ telephone: 999_999 }, "There is no telephone 999999."],
      [{ agent: 999_999 }, "There is no agent 999999."],
      [{ agent: nameless.id }, "Nora Number has no internal number to be called at."],
      [{ number: "112", when: { calendar: 999_999, is: "open" } }, "There is no calendar 999999."],
    ] as const) {
      const refused = await server.admin.refused("POST", "/inbound-routes", {
        number: "+390290002",
        actions: [action],
      });
      expect(refused).toMatchObject({ code: "reference.unknown", title: words, field: "actions" });
    }
  });

  it("cannot be tried from a telephone that is not there", async () => {
    const route = await server.admin.post<InboundRoute>("/inbound-routes", {
      number: "+390290003",
      actions: [{ hangup: true }],
    });
    const telephone = await server.make.telephone({ username: "unplugged" });
    const attempt = (telephoneId: number) =>
      server.admin.refused("POST", `/inbound-routes/${route.id}/try`, { telephoneId });
    expect((await attempt(telephone.id)).code).toBe("telephone.not-registered");
    expect((await attempt(999_999)).code).toBe("telephone.unknown");
  });
});

describe("outbound routes", () => {
  it("keep the order of the trunks that stand in, and keep those trunks", async () => {
    const trunks: Trunk[] = [];
    for (const name of ["One", "Two", "Three"]) {
      trunks.push(await server.admin.post<Trunk>("/trunks", { name, host: "sip.example.org", match: [] }));
    }
    const [one, two, three] = trunks.map(({ id }) => id);
    const route = await server.admin.post<OutboundRoute>("/outbound-routes", {
      ...{ name: "Out", pattern: "9X.", trunkId: one, backupTrunkIds: [three, two] },
    });
    expect(route.backupTrunkIds).toEqual([three, two]);
    expect((await server.admin.get<OutboundRoute>(`/outbound-routes/${route.id}`)).backupTrunkIds).toEqual([
      three,
      two,
    ]);
    expect((await server.admin.refused("DELETE", `/trunks/${two}`)).code).toBe("reference.in-use");
    const itself = await server.admin.refused("PATCH", `/outbound-routes/${route.id}`, { backupTrunkIds: [one] });
    expect(itself).toMatchObject({ code: "request.invalid", field: "backupTrunkIds" });
    const nobody = await server.admin.refused("PATCH", `/outbound-routes/${route.id}`, { agentIds: [999_999] });
    expect(nobody).toMatchObject({ code: "reference.unknown", field: "agentIds" });
  });
});

describe("calling limits", () => {
  it("are there from the start: neither abroad nor dear numbers, two calls at once", async () => {
    const [everybody] = (await server.admin.get<Page<CallLimit>>("/call-limits")).rows;
    expect(everybody).toMatchObject({
      of: "everybody",
      destinations: ["national", "mobile", "special"],
      callsAtOnce: 2,
      minutesPerDay: 600,
    });
    const refused = await server.admin.refused("DELETE", `/call-limits/${everybody?.id}`);
    expect(refused.code).toBe("reference.in-use");
  });

  it("are one set a telephone, and keep whose they are", async () => {
    const telephone = await server.make.telephone({ username: "limited" });
    const made = await server.admin.post<CallLimit>("/call-limits", {
      ...{ of: "telephone", telephoneId: telephone.id, destinations: ["national"] },
    });
    const again = await server.admin.refused("POST", "/call-limits", { of: "telephone", telephoneId: telephone.id });
    expect(again.code).toBe("name.taken");
    const changed = await server.admin.patch<CallLimit>(`/call-limits/${made.id}`, { of: "agent", callsAtOnce: 1 });
    expect(changed).toMatchObject({ of: "telephone", telephoneId: telephone.id, callsAtOnce: 1 });
    await server.admin.remove(`/call-limits/${made.id}`);
  });

  it.each([
    ["nobody", { of: "telephone" }, "telephoneId"],
    ["one of another kind", { of: "route", agentId: 1 }, "agentId"],
    ["somebody who is not there", { of: "agent", agentId: 999_999 }, "agentId"],
  ])("refuse %s", async (_, body, field) => {
    expect(await server.admin.refused("POST", "/call-limits", body)).toMatchObject({ field });
  });
});
