import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BulkPlan, DeviceProfileView, MadeTelephones, SelfTest } from "../../contract/telephones.ts";
import type { Telephone } from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import { until } from "../until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

const row = { fullName: "Hall {n}", username: "hall-{n}", from: 1, to: 12, internalFrom: "701", model: "snom" };
const found = async (q: string) => (await server.admin.get<{ rows: Telephone[] }>(`/telephones?q=${q}`)).rows;

describe("a row of telephones", () => {
  it("is planned without being made, then made with a secret each that is said once", async () => {
    const plan = await server.admin.post<BulkPlan>("/telephones/bulk/plan", row);
    expect(plan).toMatchObject({ problems: [], rows: { length: 12 } });
    expect(plan.rows[11]).toMatchObject({ fullName: "Hall 12", username: "hall-12", internal: "712", model: "snom" });
    expect(await found("hall-")).toEqual([]);

    const made = await server.admin.post<MadeTelephones>("/telephones/bulk", row);
    expect(new Set(made.rows.map(({ secret }) => secret)).size).toBe(12);
    expect(await found("hall-")).toHaveLength(12);
    const told = `${JSON.stringify(await found("hall-"))}${server.logged()}`;
    for (const { secret } of made.rows) expect(told).not.toContain(secret);
    const audit = await server.db
      .selectFrom("audit")
      .selectAll()
      .where("action", "=", "telephone.create-many")
      .execute();
    expect(audit).toHaveLength(1);
    for (const { secret } of made.rows) expect(JSON.stringify(audit)).not.toContain(secret);
  });

  it("is made whole or not at all, and says who has what it wants", async () => {
    const agent = await server.make.agent({ internal: "820", fullName: "Ada Byron" });
    const over = { ...row, fullName: "Wing {n}", username: "wing-{n}", internalFrom: "815" };
    const refused = await server.admin.refused("POST", "/telephones/bulk", over);
    expect(refused).toMatchObject({
      code: "telephones.not-all",
      problems: [{ line: 6, column: "internal", words: `820 belongs to the agent ${agent.fullName}` }],
    });
    expect(refused.title).toContain("Nothing was made");
    expect(await found("wing-")).toEqual([]);
  });

  it("does not count beyond a thousand, backwards, or without a number to count", async () => {
    const plan = await server.admin.post<BulkPlan>("/telephones/bulk/plan", { ...row, to: 2000 });
    expect(plan).toMatchObject({ rows: [], problems: [{ column: "to" }] });
    expect(await server.admin.refused("POST", "/telephones/bulk", { ...row, from: 9, to: 3 })).toMatchObject({
      code: "telephones.not-all",
    });
    expect(await server.admin.refused("POST", "/telephones/bulk", { ...row, username: "hall" })).toMatchObject({
      code: "request.invalid",
    });
  });

  it("is one answer for two who make the same row at once", async () => {
    const same = { ...row, fullName: "Twin {n}", username: "twin-{n}", internalFrom: "7301" };
    const answers = await Promise.all([1, 2].map(() => server.admin.ask("POST", "/telephones/bulk", same)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await found("twin-")).toHaveLength(12);
  });
});

describe("telephones out of a file", () => {
  it("are checked line by line before anything is made, then made with their owners and secrets", async () => {
    const owner = await server.make.agent({ username: "grace" });
    const text = [
      "name;username;internal;place;model;owner;secret",
      "Gate;gate-1;7401;Yard;yealink;GRACE;",
      '"Gate; left";gate-2;;;;;a-secret-of-its-own',
    ].join("\r\n");
    const wrong = await server.admin.post<BulkPlan>("/telephones/import/plan", {
      text: `${text}\r\nX;gate-1;1;;nokia;;`,
    });
    expect(wrong.problems.map(({ line, column }) => [line, column])).toEqual([
      [4, "internal"],
      [4, "model"],
      [4, "username"],
    ]);
    expect(JSON.stringify(wrong)).not.toContain("a-secret-of-its-own");
    const { rows } = await server.admin.post<MadeTelephones>("/telephones/import", { text });
    expect(rows.map(({ telephone }) => telephone)).toMatchObject([
      { fullName: "Gate", internal: "7401", place: "Yard", model: "yealink", ownerAgentId: owner.id },
      { fullName: "Gate; left", username: "gate-2", ownerAgentId: null },
    ]);
    expect(rows[1]?.secret).toBe("a-secret-of-its-own");
  });

  it("are refused as a whole, and nothing is lost or made", async () => {
    const text = "name,username\nShed,shed-1\nShed,shed-1";
    expect(await server.admin.refused("POST", "/telephones/import", { text })).toMatchObject({
      code: "telephones.not-all",
      problems: [{ line: 3, column: "username", words: "shed-1 stands in line 2 too" }],
    });
    expect(await found("shed")).toEqual([]);
  });

  it("may not be made by a supervisor", async () => {
    await server.admin.post("/users", { fullName: "Sue", username: "sue", password: PASSWORD, role: "supervisor" });
    const sue = await server.signIn("sue");
    for (const path of ["/telephones/bulk", "/telephones/bulk/plan"]) {
      expect(await sue.refused("POST", path, row)).toMatchObject({ code: "not-permitted" });
    }
    expect(await sue.refused("POST", "/telephones/import", { text: "x" })).toMatchObject({ code: "not-permitted" });
    expect(await sue.refused("POST", "/telephones/1/self-test", {})).toMatchObject({ code: "not-permitted" });
    const { rows } = await sue.get<{ rows: DeviceProfileView[] }>("/telephones/models");
    expect(rows.map(({ id }) => id)).toContain("yealink");
  });
});

describe("what is known of a telephone", () => {
  it("shows where it registered from, how quickly it answers, and some of them at once", async () => {
    const [one, two] = [await server.make.telephone(), await server.make.telephone()];
    server.fake.setContact(one.username, true);
    const some = () => server.admin.get<{ rows: Telephone[] }>(`/telephones/some?ids=${one.id},${two.id},999999`);
    await until("the contact is known", async () => (await some()).rows[0]?.registered);
    expect((await some()).rows).toMatchObject([
      { id: one.id, registered: true, address: "127.0.0.1:40000", roundTripMs: 1.5 },
      { id: two.id, registered: false, roundTripMs: null },
    ]);
    expect(await server.admin.refused("GET", "/telephones/some?ids=1,x")).toMatchObject({ code: "request.invalid" });
  });

  it("remembers who left it without logging out, and why it was ended", async () => {
    const [agent, telephone] = [await server.make.agent(), await server.make.telephone()];
    server.fake.setContact(telephone.username, true);
    await until("it is registered", async () => (await found(telephone.username))[0]?.registered);
    const his = await server.signIn(agent.username);
    await his.post("/session", { telephoneId: telephone.id });
    await server.admin.post(`/supervision/telephones/${telephone.id}/release`, {});
    expect((await found(telephone.username))[0]?.lastUnclean).toMatchObject({ id: agent.id, reason: "released" });
    await his.post("/session", { telephoneId: telephone.id });
    await his.remove("/session");
    expect((await found(telephone.username))[0]).toMatchObject({ heldBy: null, lastUnclean: { id: agent.id } });
  });

  it("keeps its model, which can be changed and taken away", async () => {
    const made = await server.make.telephone({ model: "poly" });
    expect(made.model).toBe("poly");
    const patched = await server.admin.patch<Telephone>(`/telephones/${made.id}`, { model: null });
    expect(patched.model).toBeNull();
    expect(await server.admin.refused("PATCH", `/telephones/${made.id}`, { model: "nokia" })).toMatchObject({
      code: "request.invalid",
    });
  });
});

describe("trying a telephone out", () => {
  const begin = (id: number) => server.admin.post<SelfTest>(`/telephones/${id}/self-test`, {});
  const newest = (id: number) => server.admin.get<SelfTest>(`/telephones/${id}/self-test`);

  it("fails where nothing is registered, and is remembered", async () => {
    const telephone = await server.make.telephone();
    expect(await server.admin.refused("GET", `/telephones/${telephone.id}/self-test`)).toMatchObject({
      code: "not-found",
    });
    expect(await begin(telephone.id)).toMatchObject({ outcome: "failed", startedBy: { name: expect.any(String) } });
    expect(await newest(telephone.id)).toMatchObject({ outcome: "failed" });
    expect((await found(telephone.username))[0]?.lastTest?.outcome).toBe("failed");
  });

  it("is one at a time, and refused for a telephone that is disabled or not there", async () => {
    const telephone = await server.make.telephone();
    server.fake.setContact(telephone.username, true);
    await until("it is registered", async () => (await found(telephone.username))[0]?.registered);
    const answers = await Promise.all(
      [1, 2, 3].map(() => server.admin.ask("POST", `/telephones/${telephone.id}/self-test`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await server.admin.remove(`/telephones/${telephone.id}/self-test`);
    expect(await newest(telephone.id)).toMatchObject({ outcome: "broken-off" });
    await server.admin.patch(`/telephones/${telephone.id}`, { enabled: false });
    expect(await server.admin.refused("POST", `/telephones/${telephone.id}/self-test`, {})).toMatchObject({
      code: "telephone.disabled",
    });
    expect(await server.admin.refused("POST", "/telephones/999999/self-test", {})).toMatchObject({ code: "not-found" });
  });

  it("is broken off when the link to the telephone system breaks", async () => {
    const telephone = await server.make.telephone();
    server.fake.setContact(telephone.username, true);
    await until("it is registered", async () => (await found(telephone.username))[0]?.registered);
    await begin(telephone.id);
    server.fake.dropLink();
    await until("it is over", async () => (await newest(telephone.id)).outcome === "broken-off");
  });

  it("is nobody's call: no leg is told of it", async () => {
    const telephone = await server.make.telephone();
    const onCall = () => server.house.services.registration.onCall(telephone.username);
    server.fake.setContact(telephone.username, true);
    await until("it is registered", async () => (await found(telephone.username))[0]?.registered);
    await begin(telephone.id);
    expect(onCall()).toBe(false);
    await server.admin.remove(`/telephones/${telephone.id}/self-test`);
  });
});
