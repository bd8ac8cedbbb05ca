import { afterAll, beforeAll, expect, it } from "vitest";
import { buildServer, type TestServer } from "../build.ts";
import { client } from "../client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

interface Operation {
  summary?: string;
  security?: unknown[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

it("describes every route, what it takes, what it answers, and its refusals", async () => {
  const document = await client(server.url).get<OpenApi>("/openapi.json");
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  for (const { name, operation } of operations) {
    expect(operation.summary, name).toMatch(/^\S/);
    expect(operation.responses.default?.content, name).toHaveProperty(["application/problem+json"]);
    const good = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
    expect(good, `${name} does not say what it answers`).toBeDefined();
  }
  const names = operations.map(({ name }) => name);
  for (const collection of [
    "users",
    "agents",
    "teams",
    "telephones",
    "queues",
    "pauses",
    "dispositions",
    "trunks",
    "inbound-routes",
    "outbound-routes",
    "contact-lists",
    "contacts",
    "prompts",
  ]) {
    for (const method of ["GET", "POST"]) expect(names).toContain(`${method} /api/v1/${collection}`);
    for (const method of ["GET", "PATCH", "DELETE"]) expect(names).toContain(`${method} /api/v1/${collection}/{id}`);
  }
  for (const name of ["POST /api/v1/sign-in", "GET /api/v1/health"]) {
    expect(operations.find((one) => one.name === name)?.operation.security).toEqual([]);
  }
});

it("has every route that the server answers", async () => {
  const document = await client(server.url).get<OpenApi>("/openapi.json");
  const described = new Set(Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, ":")));
  const answered = server.house.http.routes().map((path) => path.replace(/:\w+/g, ":"));
  const missing = answered.filter((path) => path.startsWith("/api/v1/") && !described.has(path));
  expect(missing.filter((path) => !/\/(docs|openapi\.json)/.test(path))).toEqual([]);
});

it("has a page to read it, with no script of another house", async () => {
  const page = await fetch(`${server.url}/api/v1/docs/`);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).not.toMatch(/(src|href)="https?:/);
  expect(page.headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
});
