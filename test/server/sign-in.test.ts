import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "../../server/clock.ts";
import { systemClock } from "../../server/clock.ts";
import { ADMIN_PASSWORD, buildServer, PASSWORD, type TestServer } from "../build.ts";
import { client } from "../client.ts";

let aheadMs = 0;
/** The real clock, moved ahead by hand; timers stay as they are. */
const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
let server: TestServer;
beforeAll(async () => {
  server = await buildServer({ clock });
});
afterAll(() => server.stop());

const cookieOf = (headers: Headers) => headers.getSetCookie()[0] ?? "";
const wrong = (username: string, password = "wrong-password") =>
  client(server.url).refused("POST", "/sign-in", { username, password });

describe("signing in", () => {
  it("answers who one is, a token, and a cookie that scripts and other sites cannot use", async () => {
    const answer = await client(server.url).ask<{ token: string }>("POST", "/sign-in", {
      username: "Admin",
      password: ADMIN_PASSWORD,
    });
    expect(answer).toMatchObject({ status: 200, body: { me: { username: "admin", role: "admin" } } });
    const cookie = cookieOf(answer.headers);
    expect(cookie).toBe(`perch=${answer.body.token}; Path=/; HttpOnly; SameSite=Strict`);
    const [pair = ""] = cookie.split(";");
    expect((await client(server.url).ask("GET", "/me", undefined, { cookie: pair })).status).toBe(200);
  });

  it("marks the cookie for TLS alone when the browser came by TLS", async () => {
    const { host } = new URL(server.url);
    const body = { username: "admin", password: ADMIN_PASSWORD };
    const answer = await client(server.url).ask("POST", "/sign-in", body, { origin: `https://${host}` });
    expect(cookieOf(answer.headers)).toContain("Secure");
  });

  it("says the same of a wrong name as of a wrong password", async () => {
    const unknown = await wrong("nobody-of-that-name");
    expect(unknown).toEqual(await wrong("admin"));
    expect(unknown).toMatchObject({ code: "sign-in.refused", status: 401 });
    for (const username of ["", "' or 1=1 --", "x".repeat(64)]) {
      expect((await wrong(username)).code).toBe("sign-in.refused");
    }
    // No text of the house's can hold it, whoever has the name.
    expect((await wrong("a\u0000b")).code).toBe("request.invalid");
  });

  it("is not for telephones, nor for the disabled and the removed", async () => {
    const telephone = await server.make.telephone({ username: "t-1", password: "device-secret" });
    expect((await wrong(telephone.username, "device-secret")).code).toBe("sign-in.refused");
    const agent = await server.make.agent({ enabled: false });
    expect((await wrong(agent.username, PASSWORD)).code).toBe("sign-in.refused");
  });

  it("is slowed down for one name from one address, and for nobody else", async () => {
    const { username } = await server.make.agent();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) codes.push((await wrong(username)).code);
    expect(codes).toEqual([...Array.from({ length: 10 }, () => "sign-in.refused"), "sign-in.too-many"]);
    const slowed = await client(server.url).ask("POST", "/sign-in", { username, password: PASSWORD });
    expect(slowed).toMatchObject({ status: 429, body: { code: "sign-in.too-many", retryAfterS: 5 } });
    expect(slowed.headers.get("retry-after")).toBe("5");
    await server.signIn((await server.make.agent()).username);
    aheadMs += 6000;
    await server.signIn(username);
  });
});

describe("a sign-in", () => {
  it("ends when its person signs out, and only that one", async () => {
    const { username } = await server.make.agent();
    const [one, other] = [await server.signIn(username), await server.signIn(username)];
    await one.post("/sign-out", {});
    expect((await one.refused("GET", "/me")).code).toBe("sign-in.required");
    expect(await other.get("/me")).toMatchObject({ username });
  });

  it("ends at once when its person is disabled, removed, or gets another password", async () => {
    for (const end of [
      (id: number) => server.admin.patch(`/agents/${id}`, { enabled: false }),
      (id: number) => server.admin.remove(`/agents/${id}`),
      (id: number) => server.admin.patch(`/agents/${id}`, { password: "another-password" }),
    ]) {
      const agent = await server.make.agent();
      const person = await server.signIn(agent.username);
      await person.get("/me");
      await end(agent.id);
      expect((await person.refused("GET", "/me")).code).toBe("sign-in.required");
    }
  });

  it("ends after twelve hours without a use, counted from the last", async () => {
    const person = await server.signIn((await server.make.agent()).username);
    aheadMs += 11 * 3600_000;
    await person.get("/me");
    aheadMs += 11 * 3600_000;
    await person.get("/me");
    aheadMs += 12 * 3600_000 + 1000;
    expect((await person.refused("GET", "/me")).code).toBe("sign-in.required");
  });

  it("is kept as a hash alone", async () => {
    const { token } = await server.signIn("admin", ADMIN_PASSWORD);
    const rows = await server.db.selectFrom("sign_ins").selectAll().execute();
    expect(rows.some(({ token_hash }) => token_hash.toString("base64url") === token)).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe("a cookie", () => {
  it("changes nothing when a page of another site sends it", async () => {
    const admin = await server.signIn("admin", ADMIN_PASSWORD);
    const cookie = `perch=${admin.token}`;
    const { host, origin } = new URL(server.url);
    const anyone = client(server.url);
    const post = (headers: Record<string, string>) =>
      anyone.ask<{ code?: string }>("POST", "/pauses", { name: `Break ${Math.random()}` }, { cookie, ...headers });
    for (const foreign of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
    ]) {
      expect((await post(foreign)).body).toMatchObject({ code: "not-permitted" });
    }
    expect((await post({ origin })).status).toBe(201);
    expect((await post({ origin: `https://${host}` })).status).toBe(201);
    expect((await post({ "sec-fetch-site": "same-origin" })).status).toBe(201);
    // A program with a cookie jar.
    expect((await post({})).status).toBe(201);
    const signIn = { username: "admin", password: ADMIN_PASSWORD };
    expect((await anyone.ask("POST", "/sign-in", signIn, { origin: "https://evil.example" })).status).toBe(403);
  });
});
