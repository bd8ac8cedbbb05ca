import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { createLiveConnection, type LiveConnection } from "./live-connection.ts";

const me = {
  id: 1,
  fullName: "Anna Rossi",
  username: "anna",
  role: "agent" as const,
  internal: null,
  typology: "external" as const,
  hotdesk: true,
};
const clock = handClock();
let server: WebSocketServer;
let client: WebSocket;
let line: LiveConnection;
let frames: { revision?: number; beat?: number; event?: unknown; snapshot?: unknown }[];
let closed: number | null;

beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  frames = [];
  closed = null;
  client.on("message", (data) => frames.push(JSON.parse(data.toString())));
  client.on("close", (code) => {
    closed = code;
  });
  const [socket] = await once(server, "connection");
  line = createLiveConnection({ socket, me, token: "secret", signedInAt: clock.now(), clock });
  if (client.readyState !== client.OPEN) await once(client, "open");
});
afterEach(() => {
  client.terminate();
  server.close();
});

describe("a desktop's line", () => {
  it("holds events back until the snapshot is out, and numbers them from there", async () => {
    line.send('{"type":"one"}');
    line.hello({ session: "null" });
    line.send('{"type":"two"}');
    line.beat();
    await until("four frames", () => frames.length === 4);
    expect(frames.map(({ revision, beat }) => revision ?? `beat ${beat}`)).toEqual([0, 1, 2, "beat 2"]);
    expect(frames[0]?.snapshot).toEqual({ session: null, serverNow: clock.now().toISOString() });
    expect(JSON.stringify(frames)).not.toContain("secret");
  });

  it("gives up on who reads too slowly", async () => {
    line.hello({});
    client.pause();
    const event = JSON.stringify({ type: "x", text: "x".repeat(1_000_000) });
    for (let n = 0; n < 40; n += 1) line.send(event);
    client.resume();
    await until("it is closed", () => closed === 4408);
  });

  it("counts as dead when no beat is answered any more", async () => {
    line.hello({});
    client.pause();
    for (let n = 0; n < 5; n += 1) line.beat();
    client.resume();
    await until("it is closed", () => closed === 1006);
  });
});
