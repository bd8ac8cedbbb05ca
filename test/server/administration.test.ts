import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  Agent,
  Contact,
  ContactList,
  Disposition,
  InboundRoute,
  OutboundRoute,
  Queue,
  Telephone,
  Trunk,
  User,
} from "../../contract/views.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import { client } from "../client.ts";
import { until } from "../until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

describe("people", () => {
  it("are made, read, changed, listed and removed", async () => {
    const made = await server.admin.post<Agent>("/agents", {
      fullName: "Ada Björk 🙂",
      username: "ada",
      password: PASSWORD,
      typology: "external",
      pin: "4711",
      email: "ada@example.com",
    });
    expect(made).toMatchObject({ fullName: "Ada Björk 🙂", hotdesk: false, hasPin: true, queues: [], internal: null });
    const queue = await server.make.queue();
    const changed = await server.admin.patch<Agent>(`/agents/${made.id}`, {
      queues: [queue.id],
      hotdesk: true,
      pin: null,
    });
    expect(changed).toEqual({ ...made, queues: [queue.id], hotdesk: true, hasPin: false });
    expect(await server.admin.get<Agent>(`/agents/${made.id}`)).toEqual(changed);
    const found = await server.admin.get<{ rows: Agent[] }>("/agents?q=bj%C3%B6rk");
    expect(found.rows).toEqual([changed]);
    await server.admin.remove(`/agents/${made.id}`);
    expect(await server.admin.refused("GET", `/agents/${made.id}`)).toMatchObject({ code: "not-found", status: 404 });
  });

  it("free their names when they leave, for whatever comes next", async () => {
    const agent = await server.make.agent({ username: "leaver", internal: "7001" });
    await server.admin.remove(`/agents/${agent.id}`);
    const telephone = await server.make.telephone({ username: "Leaver", internal: "7001" });
    expect(telephone).toMatchObject({ username: "Leaver", internal: "7001" });
  });

  it("share one pool of names and internal numbers with telephones, and a refusal says who has it", async () => {
    const agent = await server.make.agent({ fullName: "Anna Rossi", username: "anna", internal: "7002" });
    expect(
      await server.admin.refused("POST", "/telephones", { fullName: "T", username: "ANNA", password: "secret-1234" }),
    ).toMatchObject({
      code: "staff.username-taken",
      status: 409,
      title: "The username ANNA belongs to the agent Anna Rossi.",
      takenBy: { id: agent.id, name: "Anna Rossi" },
    });
    const telephone = await server.make.telephone();
    expect(await server.admin.refused("PATCH", `/telephones/${telephone.id}`, { internal: "7002" })).toMatchObject({
      code: "staff.internal-taken",
      title: "The internal number 7002 belongs to the agent Anna Rossi.",
    });
    const body = { fullName: "S", username: "anna", password: PASSWORD, role: "supervisor" };
    expect((await server.admin.refused("POST", "/users", body)).code).toBe("staff.username-taken");
  });

  it("are one only when two ask for the same name at the same instant", async () => {
    const body = { fullName: "Twin", username: "twin", password: "secret-1234", internal: "7003" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.admin.ask("POST", "/telephones", body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  it("never leave the house without an administrator", async () => {
    const me = await server.admin.get<User>("/me");
    for (const [method, body] of [
      ["DELETE", undefined],
      ["PATCH", { enabled: false }],
      ["PATCH", { role: "supervisor" }],
    ] as const) {
      expect((await server.admin.refused(method, `/users/${me.id}`, body)).code).toBe("staff.last-admin");
    }
    const second = await server.admin.post<User>("/users", {
      fullName: "Second",
      username: "second",
      password: PASSWORD,
      role: "admin",
    });
    const other = await server.signIn("second");
    const both = await Promise.all([
      server.admin.ask("PATCH", `/users/${second.id}`, { role: "supervisor" }),
      other.ask("PATCH", `/users/${me.id}`, { role: "supervisor" }),
    ]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
    const left = await server.db.selectFrom("staff").select("id").where("kind", "=", "admin").execute();
    expect(left).toHaveLength(1);
    await server.db.updateTable("staff").set({ kind: "admin" }).where("id", "=", me.id).execute();
    await server.admin.remove(`/users/${second.id}`);
  });
});

describe("hotdesk", () => {
  const body = { fullName: "R", password: PASSWORD };

  it("is for external agents alone, however the combination is reached", async () => {
    const refusal = { code: "agent.hotdesk-needs-external", status: 400, field: "hotdesk" };
    expect(
      await server.admin.refused("POST", "/agents", { ...body, username: "h1", typology: "remote", hotdesk: true }),
    ).toMatchObject(refusal);
    const external = await server.make.agent({ typology: "external", hotdesk: true });
    expect(await server.admin.refused("PATCH", `/agents/${external.id}`, { typology: "remote" })).toMatchObject(
      refusal,
    );
    const remote = await server.make.agent({ typology: "remote", hotdesk: false });
    expect(await server.admin.refused("PATCH", `/agents/${remote.id}`, { hotdesk: true })).toMatchObject(refusal);
    const both = await server.admin.patch<Agent>(`/agents/${external.id}`, { typology: "remote", hotdesk: false });
    expect(both).toMatchObject({ typology: "remote", hotdesk: false });
  });
});

describe("telephones", () => {
  it("keep their username, because their calls are known by it", async () => {
    const telephone = await server.make.telephone({ username: "desk-1" });
    const refusal = await server.admin.refused("PATCH", `/telephones/${telephone.id}`, { username: "desk-2" });
    expect(refusal).toMatchObject({ code: "request.invalid", field: "username" });
    expect(refusal.title).toContain('"desk-1"');
    await server.admin.patch(`/telephones/${telephone.id}`, { username: "desk-1", place: "Hall" });
  });

  it("keep digests of their password and never the password", async () => {
    const telephone = await server.make.telephone({ username: "mufasa", password: "Circle-of-Life" });
    const row = () =>
      server.db
        .selectFrom("telephones")
        .select(["ha1_md5", "ha1_sha256"])
        .where("staff_id", "=", telephone.id)
        .executeTakeFirstOrThrow();
    const first = await row();
    // printf %s mufasa:perch:Circle-of-Life | md5sum
    expect(first.ha1_md5).toBe("c55f825d9fa7d9eb97aec871b2c09720");
    expect(first.ha1_sha256).toMatch(/^[0-9a-f]{64}$/);
    await server.admin.patch(`/telephones/${telephone.id}`, { password: "Circle-of-Death" });
    expect(await row()).not.toEqual(first);
  });

  it("are disabled and nobody's when their owner leaves", async () => {
    const agent = await server.make.agent({ hotdesk: false });
    const telephone = await server.make.telephone({ ownerAgentId: agent.id });
    await server.admin.remove(`/agents/${agent.id}`);
    expect(await server.admin.get<Telephone>(`/telephones/${telephone.id}`)).toMatchObject({
      enabled: false,
      ownerAgentId: null,
    });
    expect(
      await server.admin.refused("PATCH", `/telephones/${telephone.id}`, { ownerAgentId: agent.id }),
    ).toMatchObject({ code: "reference.unknown", field: "ownerAgentId" });
  });

  it("are configured in the telephone system, once for a burst of changes", async () => {
    const before = server.fake.actions.filter(({ Action }) => Action === "Reload" || Action === "ModuleReload").length;
    await Promise.all(Array.from({ length: 10 }, () => server.make.telephone()));
    const reloads = () =>
      server.fake.actions.filter(({ Action }) => Action === "Reload" || Action === "ModuleReload").length - before;
    await until("the telephone system has read its configuration", () => reloads() > 0);
    expect(reloads()).toBeLessThan(10);
  });
});

describe("queues and routes", () => {
  it("stay while a route leads to them", async () => {
    const queue = await server.admin.post<Queue>("/queues", { name: "Sales" });
    expect(queue).toMatchObject({ strategy: "leastrecent", ringSeconds: 20, wrapUpSeconds: 0, maxWaitSeconds: 300 });
    const route = await server.admin.post<InboundRoute>("/inbound-routes", {
      number: "+390212345",
      actions: [{ queue: queue.id }],
    });
    const refusal = await server.admin.refused("DELETE", `/queues/${queue.id}`);
    expect(refusal).toMatchObject({ code: "reference.in-use", title: "Calls to +390212345 are routed to this queue." });
    expect(
      (await server.admin.refused("POST", "/inbound-routes", { number: "+390212345", actions: [{ queue: queue.id }] }))
        .code,
    ).toBe("name.taken");
    expect(
      (await server.admin.refused("PATCH", `/inbound-routes/${route.id}`, { actions: [{ queue: 999_999 }] })).code,
    ).toBe("reference.unknown");
    await server.admin.remove(`/inbound-routes/${route.id}`);
    await server.admin.remove(`/queues/${queue.id}`);
    expect((await server.admin.refused("POST", "/queues", { name: " " })).code).toBe("request.invalid");
  });

  it("leave their agents behind when they are removed", async () => {
    const queue = await server.make.queue();
    const agent = await server.make.agent({ queues: [queue.id] });
    expect(await server.admin.refused("PATCH", `/agents/${agent.id}`, { queues: [queue.id, 999_999] })).toMatchObject({
      code: "reference.unknown",
      title: "There is no queue 999999.",
    });
    await server.admin.remove(`/queues/${queue.id}`);
    expect((await server.admin.get<Agent>(`/agents/${agent.id}`)).queues).toEqual([]);
  });

  it("a trunk's addresses are real, its own, and its password is sealed", async () => {
    const trunk = await server.admin.post<Trunk>("/trunks", {
      name: "Carrier",
      host: "sip.example.com",
      match: ["192.0.2.0/24", "2001:db8::1", "198.51.100.7:5070"],
      username: "perch",
      password: "trunk-secret-xyz",
    });
    expect(trunk).toMatchObject({ port: 5060, hasPassword: true });
    for (const wrong of ["300.1.1.1", "192.0.2.0/33", "1:2", "192.0.2.1:0", "2001:db8::/129", "::g"]) {
      const refusal = await server.admin.refused("POST", "/trunks", { name: "W", host: "a", match: [wrong] });
      expect(refusal.code).toBe("request.invalid");
    }
    expect(
      await server.admin.refused("POST", "/trunks", { name: "Other", host: "a", match: ["2001:db8::1"] }),
    ).toMatchObject({ code: "name.taken", field: "match" });
    const row = await server.db.selectFrom("trunks").selectAll().where("id", "=", trunk.id).executeTakeFirstOrThrow();
    expect(row.password_sealed).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain("trunk-secret-xyz");
    const route = await server.admin.post<OutboundRoute>("/outbound-routes", {
      name: "All",
      pattern: "0X.",
      trunkId: trunk.id,
    });
    expect((await server.admin.refused("DELETE", `/trunks/${trunk.id}`)).code).toBe("reference.in-use");
    await server.admin.remove(`/outbound-routes/${route.id}`);
    expect(await server.admin.patch<Trunk>(`/trunks/${trunk.id}`, { password: null })).toMatchObject({
      hasPassword: false,
      username: "perch",
    });
    await server.admin.remove(`/trunks/${trunk.id}`);
  });
});

describe("dispositions", () => {
  const node = (name: string, parentId: number | null = null) =>
    server.admin.post<Disposition>("/dispositions", { name, parentId });

  it("have three levels, no circles, and no orphans", async () => {
    const one = await node("Sold");
    const two = await node("Big", one.id);
    const three = await node("Very", two.id);
    expect([one.level, two.level, three.level]).toEqual([1, 2, 3]);
    expect((await server.admin.refused("POST", "/dispositions", { name: "More", parentId: three.id })).code).toBe(
      "request.invalid",
    );
    expect((await server.admin.refused("PATCH", `/dispositions/${one.id}`, { parentId: three.id })).title).toBe(
      "A disposition cannot stand below itself.",
    );
    expect((await server.admin.refused("PATCH", `/dispositions/${one.id}`, { parentId: one.id })).code).toBe(
      "request.invalid",
    );
    expect((await server.admin.refused("DELETE", `/dispositions/${one.id}`)).code).toBe("reference.in-use");
    expect((await server.admin.refused("POST", "/dispositions", { name: "sold" })).code).toBe("name.taken");
    const other = await node("Other");
    expect((await server.admin.refused("PATCH", `/dispositions/${two.id}`, { parentId: three.id })).code).toBe(
      "request.invalid",
    );
    await server.admin.patch(`/dispositions/${two.id}`, { parentId: other.id });
    expect(await server.admin.get<Disposition>(`/dispositions/${three.id}`)).toMatchObject({ level: 3 });
    await server.admin.patch(`/dispositions/${two.id}`, { parentId: null });
    expect(await server.admin.get<Disposition>(`/dispositions/${three.id}`)).toMatchObject({ level: 2 });
  });
});

describe("contacts", () => {
  it("are found by a number however it is written", async () => {
    const list = await server.admin.post<ContactList>("/contact-lists", { name: "Customers" });
    const agent = await server.signIn((await server.make.agent()).username);
    const contact = await agent.post<Contact>("/contacts", {
      listId: list.id,
      fullName: "Zoë O'Neil <b>",
      numbers: ["02 1234567", "+39 02 1234567", "340-1234567"],
    });
    expect(contact.numbers).toHaveLength(2);
    for (const number of ["%2B39021234567", "021234567", "02.123.4567", "%2B39 340 1234567"]) {
      const found = await agent.get<{ rows: Contact[] }>(`/contacts?number=${number}`);
      expect(found.rows).toEqual([contact]);
    }
    expect((await agent.get<{ rows: Contact[] }>("/contacts?q=o'neil")).rows).toEqual([contact]);
    expect((await agent.get<{ rows: Contact[] }>("/contacts?q=%25")).rows).toEqual([]);
    expect((await server.admin.refused("DELETE", `/contact-lists/${list.id}`)).code).toBe("reference.in-use");
    expect((await agent.refused("DELETE", `/contacts/${contact.id}`)).code).toBe("not-permitted");
    await server.admin.patch("/settings", { country: "CH" });
    await until("the numbers are read as Swiss ones", async () => {
      const found = await agent.get<{ rows: Contact[] }>("/contacts?number=%2B4121234567");
      return (
        found.rows.length === 0 &&
        (await agent.get<{ rows: Contact[] }>("/contacts?number=021234567")).rows.length === 1
      );
    });
    await server.admin.patch("/settings", { country: "IT" });
    await server.admin.remove(`/contacts/${contact.id}`);
    await server.admin.remove(`/contact-lists/${list.id}`);
    expect((await agent.refused("POST", "/contacts", { listId: list.id, fullName: "X" })).code).toBe(
      "reference.unknown",
    );
  });
});

describe("lists", () => {
  it("page by cursor without losing or repeating anything, names alike included", async () => {
    const made = await Promise.all(
      Array.from({ length: 23 }, (_, index) =>
        server.make.telephone({ fullName: `Same ${index % 3}`, place: "Pager" }),
      ),
    );
    const seen: number[] = [];
    let cursor = "";
    for (;;) {
      const page = await server.admin.get<{ rows: Telephone[]; next: string | null }>(
        `/telephones?q=Pager&limit=5${cursor}`,
      );
      seen.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
    expect(seen).toHaveLength(23);
    expect([...seen].sort((a, b) => a - b)).toEqual(made.map(({ id }) => id).sort((a, b) => a - b));
    for (const wrong of ["x", "e30", "WzEsMl0", encodeURIComponent('["a\u0000",1]')]) {
      expect((await server.admin.refused("GET", `/telephones?cursor=${wrong}`)).code).toBe("request.invalid");
    }
  });
});

it("every change stands in the audit log, without its secrets", async () => {
  const agent = await server.make.agent({ password: "audited-password", pin: "987654" });
  await server.admin.patch(`/agents/${agent.id}`, { fullName: "Renamed" });
  await server.admin.remove(`/agents/${agent.id}`);
  const lines = await server.db
    .selectFrom("audit")
    .select(["action", "facts", "actor_id"])
    .where("subject", "=", `agent ${agent.id}`)
    .orderBy("id")
    .execute();
  expect(lines.map(({ action }) => action)).toEqual(["agent.create", "agent.change", "agent.remove"]);
  expect(lines[0]?.facts).toMatchObject({ password: "(set)", pin: "(set)" });
  expect(lines.every(({ actor_id }) => actor_id !== null)).toBe(true);
});

it("a refused change leaves nothing behind", async () => {
  const counts = () =>
    Promise.all(
      (["staff", "accounts", "agents", "audit"] as const).map(async (table) => {
        const rows = await server.db.selectFrom(table).selectAll().execute();
        return rows.length;
      }),
    );
  const before = await counts();
  const body = { fullName: "Half", username: "half", password: PASSWORD, typology: "external", queues: [999_999] };
  expect((await server.admin.refused("POST", "/agents", body)).code).toBe("reference.unknown");
  expect(await counts()).toEqual(before);
});

it("nobody who has not signed in is told anything", async () => {
  expect((await client(server.url).refused("GET", "/agents")).code).toBe("sign-in.required");
});
