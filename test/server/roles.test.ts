import { afterAll, beforeAll, expect, it } from "vitest";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import { type Client, client } from "../client.ts";

let server: TestServer;
let people: Record<"admin" | "supervisor" | "agent" | "nobody", Client>;
beforeAll(async () => {
  server = await buildServer();
  await server.admin.post("/users", { fullName: "Sue", username: "sue", password: PASSWORD, role: "supervisor" });
  const agent = await server.make.agent();
  people = {
    admin: server.admin,
    supervisor: await server.signIn("sue"),
    agent: await server.signIn(agent.username),
    nobody: client(server.url),
  };
});
afterAll(() => server.stop());

/** What each role gets: yes, or no. Ids and bodies that are not there give another refusal, which is a yes here. */
const TABLE: [string, string, unknown, "everyone" | "people" | "leading" | "admin"][] = [
  ["GET", "/health", undefined, "everyone"],
  ["GET", "/me", undefined, "people"],
  ["GET", "/telephones/choices", undefined, "people"],
  ["GET", "/queues", undefined, "people"],
  ["GET", "/pauses", undefined, "people"],
  ["GET", "/dispositions", undefined, "people"],
  ["GET", "/contact-lists", undefined, "people"],
  ["GET", "/contacts", undefined, "people"],
  ["GET", "/settings", undefined, "people"],
  ["POST", "/contacts", {}, "people"],
  ["PATCH", "/contacts/1", {}, "people"],
  ["DELETE", "/contacts/1", undefined, "leading"],
  ["POST", "/contact-lists", {}, "leading"],
  ["GET", "/users", undefined, "leading"],
  ["GET", "/agents", undefined, "leading"],
  ["GET", "/teams", undefined, "leading"],
  ["GET", "/telephones", undefined, "leading"],
  ["GET", "/telephones/999999/history?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", undefined, "leading"],
  ["GET", "/trunks", undefined, "leading"],
  ["GET", "/inbound-routes", undefined, "leading"],
  ["GET", "/outbound-routes", undefined, "leading"],
  ["POST", "/supervision/telephones/999999/release", {}, "leading"],
  ["POST", "/supervision/agents/999999/pause", {}, "leading"],
  ["DELETE", "/supervision/agents/999999/pause", undefined, "leading"],
  ["GET", "/supervision/repairs", undefined, "leading"],
  ["GET", "/supervision/alarms", undefined, "leading"],
  ["POST", "/supervision/alarms/999999/acknowledge", undefined, "leading"],
  ["GET", "/items", undefined, "people"],
  ["GET", "/items/counts", undefined, "people"],
  ["POST", "/items/999999/take", {}, "people"],
  ["POST", "/items/999999/disposition", {}, "people"],
  ["POST", "/items/999999/assign", {}, "leading"],
  ["DELETE", "/items/999999/audio", undefined, "admin"],
  ["GET", "/prompts", undefined, "leading"],
  ["POST", "/prompts", {}, "leading"],
  ["GET", "/prompts/999999/voices/en/audio", undefined, "leading"],
  ["GET", "/prompts/speech?language=en&text=Hello", undefined, "leading"],
  ["PUT", "/prompts/999999/voices/en/text", {}, "leading"],
  ["DELETE", "/prompts/999999/voices/en", undefined, "leading"],
  ["POST", "/users", {}, "admin"],
  ["POST", "/agents", {}, "admin"],
  ["PATCH", "/agents/999999", {}, "admin"],
  ["DELETE", "/telephones/999999", undefined, "admin"],
  ["POST", "/teams", {}, "admin"],
  ["POST", "/queues", {}, "admin"],
  ["POST", "/pauses", {}, "admin"],
  ["POST", "/dispositions", {}, "admin"],
  ["POST", "/trunks", {}, "admin"],
  ["POST", "/inbound-routes", {}, "admin"],
  ["PATCH", "/settings", {}, "admin"],
];
const ALLOWED = {
  everyone: ["admin", "supervisor", "agent", "nobody"],
  people: ["admin", "supervisor", "agent"],
  leading: ["admin", "supervisor"],
  admin: ["admin"],
};

it.each(TABLE)("%s %s is for the right roles", async (method, path, body, who) => {
  const said: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [role, person] of Object.entries(people)) {
    const answer = await person.ask<{ code?: string } | undefined>(method, path, body);
    const code = answer.body?.code;
    said[role] = code === "not-permitted" || code === "sign-in.required" ? code : "yes";
    const no = role === "nobody" ? "sign-in.required" : "not-permitted";
    expected[role] = ALLOWED[who].includes(role) ? "yes" : no;
  }
  expect(said).toEqual(expected);
});

it("a refusal for the role comes before anything is said of the body", async () => {
  expect((await people.agent.refused("POST", "/agents", { nonsense: true })).code).toBe("not-permitted");
});
