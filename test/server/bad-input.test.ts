import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../contract/refusal.ts";
import { REFUSALS } from "../../contract/refusal.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import { until } from "../until.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

const GOOD: Record<string, Record<string, unknown>> = {
  "/users": { fullName: "U", username: "user-1", password: PASSWORD, role: "supervisor" },
  "/agents": { fullName: "A", username: "agent-1", password: PASSWORD, typology: "external" },
  "/telephones": { fullName: "T", username: "phone-1", password: "secret-1234" },
  "/queues": { name: "Q" },
  "/pauses": { name: "P" },
  "/dispositions": { name: "D" },
  "/trunks": { name: "T", host: "sip.example.com", match: [] },
  "/inbound-routes": { number: "123", actions: [{ queue: 999_999 }] },
  "/outbound-routes": { name: "O", pattern: "0X.", trunkId: 999_999 },
  "/calendars": { name: "C", week: [{ day: 1, from: "09:00", to: "18:00" }] },
  "/contact-lists": { name: "L" },
  "/prompts": { name: "P" },
  "/contacts": { listId: 999_999, fullName: "C" },
};
/** Hostile in SIP, SQL, HTML, a configuration file, a terminal, a reader. */
const HOSTILE = [
  "1001\n[evil]",
  "1001\r\ntype=endpoint",
  "a\u0000b",
  "a\u2028b",
  "a\ud800",
  "\u001b[31m",
  "x".repeat(5000),
  "",
  "   ",
];
const DEEP = `{"username":"a","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
const WRONG_TYPES = [null, 1, -1, true, [], {}, 1e308, [[]], { "": 1 }];

function isProblem(value: unknown): asserts value is Problem {
  expect(value).toMatchObject({ type: "about:blank", code: expect.any(String), title: expect.any(String) });
  const problem = value as Problem;
  expect(REFUSALS[problem.code]).toBe(problem.status);
  expect(problem.title).toMatch(/^.{3,300}[.!]$/);
}

async function counts(): Promise<Record<string, number>> {
  const tables = ["staff", "accounts", "agents", "telephones", "queues", "pause_reasons", "trunks", "audit"] as const;
  const rows = await Promise.all(tables.map((table) => server.db.selectFrom(table).selectAll().execute()));
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]?.length ?? -1]));
}

describe.each(Object.entries(GOOD))("POST %s", (path, good) => {
  it("refuses every field of a wrong type, naming it, and leaves nothing behind", async () => {
    const before = await counts();
    for (const field of Object.keys(good)) {
      for (const wrong of WRONG_TYPES) {
        if (typeof wrong === typeof good[field] && !Array.isArray(good[field])) continue;
        if (Array.isArray(wrong) && wrong.length === 0 && Array.isArray(good[field])) continue;
        const problem = await server.admin.refused("POST", path, { ...good, [field]: wrong });
        isProblem(problem);
        expect(problem).toMatchObject({ code: "request.invalid", status: 400 });
        expect(JSON.stringify(problem.errors ?? problem.field)).toContain(field);
      }
      const { [field]: _left, ...rest } = good;
      expect(await server.admin.refused("POST", path, rest)).toMatchObject({
        code: "request.invalid",
        title: `"${field}" is missing.`,
      });
    }
    expect(await server.admin.refused("POST", path, { ...good, hotdsek: true })).toMatchObject({
      code: "request.invalid",
      title: '"hotdsek" is not known here.',
    });
    expect(await counts()).toEqual(before);
  });

  it("refuses hostile strings, or keeps them as they are", async () => {
    for (const [field, value] of Object.entries(good)) {
      // A person's password may be anything that is long enough: it is hashed, and shown nowhere.
      if (typeof value !== "string" || (field === "password" && path !== "/telephones")) continue;
      for (const hostile of HOSTILE) {
        const problem = await server.admin.refused("POST", path, { ...good, [field]: hostile });
        isProblem(problem);
        expect(problem.code).toBe("request.invalid");
        expect(JSON.stringify(problem).length).toBeLessThan(1000);
      }
    }
  });

  it("refuses what is no body of an object", async () => {
    for (const body of ["", "{", "null", "[]", '"x"', "1", '{"__proto__":{"admin":true}}', "\u0000", DEEP]) {
      const answer = await server.admin.ask<Problem>("POST", path, body);
      expect(answer.status).toBe(400);
      isProblem(answer.body);
    }
  });
});

it("refuses ids that are none, and says which are not there", async () => {
  for (const path of Object.keys(GOOD)) {
    for (const id of ["x", "0", "-1", "1.5", "99999999999999999999", "1;drop table staff", "%00", "%2e%2e"]) {
      const problem = await server.admin.refused("GET", `${path}/${id}`);
      isProblem(problem);
      expect(["request.invalid", "not-found"]).toContain(problem.code);
    }
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const problem = await server.admin.refused(method, `${path}/999999`, method === "PATCH" ? {} : undefined);
      expect(problem).toMatchObject({ code: "not-found", status: 404 });
    }
  }
});

it("keeps names that only look dangerous, exactly", async () => {
  const names = [
    "Robert'); drop table staff;--",
    '<script>alert("1")</script>',
    "[evil] = yes",
    "日本語 ☎",
    "a%b_c\\d",
  ];
  for (const fullName of names) {
    const telephone = await server.make.telephone({ fullName, place: fullName.slice(0, 80) });
    expect(telephone).toMatchObject({ fullName });
    const found = await server.admin.get<{ rows: unknown[] }>(`/telephones?q=${encodeURIComponent(fullName)}`);
    expect(found.rows).toEqual([telephone]);
  }
  const etc = join(server.home, "asterisk", "etc");
  await until("the names have reached the telephone system", () =>
    readFileSync(join(etc, "pjsip.conf"), "utf8").includes("日本語"),
  );
  for (const file of readdirSync(etc)) expect(readFileSync(join(etc, file), "utf8")).not.toMatch(/^\[evil\]/m);
});

it("takes a name of the most characters a reader may count, or refuses it, but never fails", async () => {
  const marks = "e\u0301\u0323\u0308".repeat(120);
  const problem = await server.admin.refused("POST", "/queues", { name: marks.slice(0, 240) });
  isProblem(problem);
  expect(problem.code).toBe("request.invalid");
});

it("refuses a setting's typo and a value that is none", async () => {
  for (const [body, title] of [
    [{ undisposedUsr: "telephone" }, '"undisposedUsr" is not known here.'],
    [{ undisposedUser: "agent" }, '"undisposedUser" must be one of telephone, seated-agent.'],
    [{ timeZone: "Europe/Rom" }, '"Europe/Rom" is no time zone, such as Europe/Rome.'],
    [{ country: "ZZ" }, '"ZZ" is no country with telephone numbers.'],
    [{ disconnectionTimeoutMinutes: 0 }, '"disconnectionTimeoutMinutes" must be at least 1.'],
  ] as const) {
    expect(await server.admin.refused("PATCH", "/settings", body)).toMatchObject({ code: "request.invalid", title });
  }
});

describe("over HTTP", () => {
  it("answers a body that is too large, of another kind, or at no address", async () => {
    const large = await server.admin.refused("POST", "/queues", { name: "x".repeat(300_000) });
    expect(large).toMatchObject({ code: "request.too-large", status: 413 });
    const xml = await server.admin.ask<Problem>("POST", "/queues", "<a/>", { "content-type": "text/xml" });
    expect(xml.body).toMatchObject({ code: "request.invalid" });
    expect((await server.admin.refused("GET", "/nothing-here")).code).toBe("not-found");
    expect((await server.admin.refused("PURGE", "/queues")).code).toBe("not-found");
    const page = await fetch(`${server.url}/no-such-file.js`);
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "application/problem+json; charset=utf-8"]);
  });

  it.each([
    ["nonsense", "nonsense\r\n\r\n", 400],
    ["a head without an end of size", `GET / HTTP/1.1\r\nhost: x\r\na: ${"b".repeat(20_000)}\r\n\r\n`, 431],
    ["a broken address", "GET /%ff%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", 400],
  ])("answers %s with a problem document", async (_what, text, status) => {
    const { port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      let read = "";
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
      socket.on("data", (data) => {
        read += data;
      });
      socket.on("close", () => resolve(read));
      socket.on("error", reject);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain("content-type: application/problem+json");
  });

  it("hides what went wrong inside, and writes it down under the number it gives", async () => {
    await server.db.schema.alterTable("pause_reasons").renameTo("hidden").execute();
    const problem = await server.admin.refused("GET", "/pauses");
    await server.db.schema.alterTable("hidden").renameTo("pause_reasons").execute();
    expect(problem).toMatchObject({ code: "fault", status: 500 });
    expect(JSON.stringify(problem)).not.toMatch(/pause_reasons|relation|select|\.ts/);
    expect(server.logged()).toContain(String(problem.faultId));
  });

  it("sends the headers that keep a browser safe", async () => {
    const answer = await fetch(`${server.url}/api/v1/health`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

it("lets an address ask only so often, and others go on", async () => {
  const small = await buildServer({ requestsPerMinute: 50 });
  const { port } = new URL(small.url);
  const ask = (from: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { "x-forwarded-for": from };
      const asked = request({ port, path: "/api/v1/health", headers }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      });
      asked.on("error", reject).end();
    });
  const statuses: number[] = [];
  for (let count = 0; count < 51; count += 1) statuses.push(await ask("203.0.113.9"));
  expect(statuses).toEqual([...Array.from({ length: 50 }, () => 200), 429]);
  expect(await ask("203.0.113.10")).toBe(200);
  await small.stop();
});

it("no secret is in any answer, in the log, or in a file of the telephone system beyond its digests", async () => {
  const secrets = ["agent-secret-1x", "59137924", "device-secret-2x", "trunk-secret-3x"];
  const [password = "", pin = "", device = "", carrier = ""] = secrets;
  const agent = await server.make.agent({ password, pin });
  const telephone = await server.make.telephone({ password: device });
  await server.admin.post("/trunks", { name: "Z", host: "h", match: [], username: "u", password: carrier });
  await server.admin.patch(`/telephones/${telephone.id}`, { password: `${device}-more` });
  await server.signIn(agent.username, password);
  await server.admin.ask("POST", "/sign-in", { username: agent.username, password: `${password}-wrong`, code: pin });
  await server.admin.ask("POST", "/agents", { fullName: "x", username: "x y", password, pin: `${pin}0000000` });
  let said = "";
  for (const path of ["/agents", "/telephones", "/trunks", "/users", `/agents/${agent.id}`]) {
    said += JSON.stringify(await server.admin.get(path));
  }
  said += JSON.stringify(await server.db.selectFrom("audit").selectAll().execute());
  said += server.logged();
  for (const secret of [...secrets, server.admin.token ?? ""]) expect(said).not.toContain(secret);
  expect(said).not.toMatch(/argon2id|ha1|password_hash|passwordSealed/);
});
