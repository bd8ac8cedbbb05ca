import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildServer, type TestServer } from "../build.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { until } from "../until.ts";

/** A way to the database that can be cut. */
interface Way {
  url: string;
  cut(): void;
  mend(): Promise<void>;
  stop(): void;
}

async function wayTo(databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer((near) => {
        const far = connect(Number(target.port), target.hostname);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on("error", () => socket.destroy());
          socket.on("close", () => {
            near.destroy();
            far.destroy();
          });
        }
        near.pipe(far).pipe(near);
      }).listen(port, "127.0.0.1", () => {
        const address = server.address();
        if (typeof address === "object" && address !== null) port = address.port;
        resolve();
      });
    });
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  await open();
  const url = new URL(databaseUrl);
  url.port = String(port);
  return { url: url.href, cut, mend: open, stop: cut };
}

let place: TestDatabase;
let way: Way;
let server: TestServer;
beforeEach(async () => {
  place = await testDatabase();
  way = await wayTo(place.url);
  server = await buildServer({ databaseUrl: way.url });
});
afterEach(async () => {
  await server.stop();
  way.stop();
  await place.drop();
});

it("while the database is away every request says so, and all heals by itself", async () => {
  const queue = await server.make.queue();
  way.cut();
  await until("health says that the database is away", () => {
    const { status, database } = server.house.services.health.read();
    return status === "degraded" && database === "down";
  });
  for (const [method, path] of [
    ["GET", "/queues"],
    ["POST", "/queues"],
    ["POST", "/sign-in"],
  ] as const) {
    const body = method === "GET" ? undefined : { username: "admin", password: "x", name: "Q" };
    const answer = await server.admin.ask(method, path, body);
    expect(answer).toMatchObject({ status: 503, body: { code: "database.unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("2");
  }
  expect(await server.admin.get("/health")).toMatchObject({ status: "degraded", asterisk: "up", database: "down" });
  await way.mend();
  await until("health is well again", () => server.house.services.health.read().status === "ok");
  expect(await server.admin.get(`/queues/${queue.id}`)).toEqual(queue);
  expect((await server.make.queue()).id).toBeGreaterThan(queue.id);
});
