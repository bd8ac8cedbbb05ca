import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DataQuery, DataQueryFound, HouseSecret } from "../../contract/views.ts";
import { sipCertificate } from "../../server/asterisk/sip-certificate.ts";
import { buildServer, type TestServer } from "../build.ts";

let server: TestServer;
let home: string;
let front: Server;
let port: number;
const open = new Set<Socket>();
/** What went from the database to us, unlocked. */
let sent = 0;

beforeAll(async () => {
  server = await buildServer();
  home = mkdtempSync(join(tmpdir(), "perch-encrypted-"));
  const { certificateFile, keyFile } = sipCertificate(home);
  const locks = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  const place = new URL(server.databaseUrl);
  // In front of the database: it takes the wish for encryption as PostgreSQL does, and passes on what stands inside.
  front = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write("S");
      const inside = new TLSSocket(socket, { isServer: true, ...locks });
      const behind = connect(Number(place.port), place.hostname);
      open.add(behind);
      behind.on("data", (piece) => {
        sent += piece.length;
      });
      for (const each of [inside, behind]) {
        each.on("error", () => {});
        each.on("close", () => {
          inside.destroy();
          behind.destroy();
        });
      }
      inside.pipe(behind).pipe(inside);
    });
  });
  await new Promise<void>((resolve) => front.listen({ host: "127.0.0.1", port: 0 }, resolve));
  port = (front.address() as AddressInfo).port;
  await server.admin.patch("/settings", { databaseBlockAllowed: [`127.0.0.1:${port}`] });
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  front?.close();
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** A query that is asked over a connection that is encrypted so; nothing said: as usual. */
async function queryOf(sql: string, mode: string | null): Promise<DataQuery> {
  const place = new URL(server.databaseUrl);
  place.hostname = "127.0.0.1";
  place.port = String(port);
  place.search = mode === null ? "" : `?sslmode=${mode}`;
  const name = `db${mode?.replaceAll("-", "") ?? ""}${sql.length}`;
  const { id: secretId } = await server.admin.post<HouseSecret>("/secrets", {
    ...{ name, purpose: "database", secret: place.href },
  });
  return server.admin.post<DataQuery>("/data-queries", { name, secretId, sql, timeoutSeconds: 20 });
}

it("a database is asked encrypted where nothing else is said, and one that has to be trusted is not asked", async () => {
  const query = await queryOf("select :word as word", null);
  const found = await server.admin.post<DataQueryFound>(`/data-queries/${query.id}/try`, { values: { word: "a" } });
  expect(found.row).toEqual([{ column: "word", value: "a" }]);
  const checked = await queryOf("select 'a' as word", "verify-full");
  const refused = await server.admin.refused("POST", `/data-queries/${checked.id}/try`, { values: {} });
  expect(refused.title).toBe("Its certificate is not trusted.");
});

it("an answer that is too long breaks off, encrypted as well", async () => {
  const query = await queryOf("select repeat('x', 60000000) as word", null);
  sent = 0;
  const refused = await server.admin.refused("POST", `/data-queries/${query.id}/try`, { values: {} });
  expect(refused.title).toBe("The answer is too long.");
  expect(sent).toBeLessThan(50_000_000);
});
