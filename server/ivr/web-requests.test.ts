import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { systemClock } from "../clock.ts";
import type { Resolve } from "./name-lookup.ts";
import { createWebRequests, type WebWish } from "./web-requests.ts";

let server: Server;
let port: number;
let asked: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += String(piece);
    });
    request.on("end", () => {
      asked.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen({ host: "127.0.0.1", port: 0 }, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const never = new AbortController().signal;
const wish = (url: string, more: Partial<WebWish> = {}): WebWish => ({
  ...{ method: "GET", url, headers: [], body: null, timeoutMs: 9_000, reads: true },
  ...more,
});
const ask = (url: string, allowed: string[], more: Partial<WebWish> = {}, resolve?: Resolve) => {
  asked = [];
  return createWebRequests({
    ...{ clock: systemClock, allowed: () => allowed },
    ...(resolve === undefined ? {} : { resolve }),
  }).send(wish(url, more), never);
};
const here = () => [`127.0.0.1:${port}`];
const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const to =
  (...addresses: string[]): Resolve =>
  (_, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );

describe("a request", () => {
  it("is answered, and what was sent is what was said", async () => {
    answer = (response) => response.writeHead(201).end('{"ok": true}');
    const headers = [
      ["X-Key", "7"],
      ["Host", "elsewhere"],
      ["Content-Length", "999"],
    ] as const;
    const body = { type: "application/json", content: '{"è": 1}' };
    expect(await ask(at("/a?b=1"), here(), { method: "POST", headers, body })).toEqual({
      ...{ status: 201, text: '{"ok": true}' },
    });
    expect(asked[0]).toMatchObject({ method: "POST", url: "/a?b=1", body: '{"è": 1}' });
    expect(asked[0]?.headers).toMatchObject({
      ...{ "x-key": "7", host: `127.0.0.1:${port}`, "content-length": "9", "content-type": "application/json" },
    });
  });

  it("is not sent on by the answer", async () => {
    answer = (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    expect(await ask(at("/"), here())).toEqual({ status: 302, text: "" });
    expect(asked).toHaveLength(1);
  });

  it("reads no answer without end", async () => {
    let ended = false;
    answer = (response) => {
      response.on("close", () => {
        ended = true;
      });
      const more = () => {
        while (!ended && response.write("x".repeat(16_384)));
        if (!ended) response.once("drain", more);
      };
      response.writeHead(200);
      more();
    };
    expect(await ask(at("/"), here())).toEqual({ failed: "The answer is too long, or broke off." });
    await until("the connection is closed", () => ended);
  });

  it("does not wait longer than it was told, and not for who has gone", async () => {
    answer = () => {};
    const clock = handClock();
    const requests = createWebRequests({ clock, allowed: here });
    asked = [];
    const late = requests.send(wish(at("/"), { timeoutMs: 5_000 }), never);
    await until("it was asked", () => asked.length === 1);
    clock.advance(5_000);
    expect(await late).toEqual({ failed: "No answer in time." });
    const gone = new AbortController();
    const left = requests.send(wish(at("/")), gone.signal);
    await until("it was asked again", () => asked.length === 2);
    gone.abort();
    expect(await left).toEqual({ failed: "Nobody waits for it any more." });
  });

  it("that cannot be sent says why, and holds nothing of what was sent", async () => {
    const words = async (url: string, more: Partial<WebWish> = {}) => JSON.stringify(await ask(url, here(), more));
    expect(await words("ftp://127.0.0.1/")).toContain("Not a web address");
    expect(await words("http://[oops/")).toContain("Not a web address");
    expect(await words("http://127.0.0.1:1/")).toContain("may not reach");
    expect(await words(at("/"), { headers: [["X-Key", "sécret 字"]] })).toBe('{"failed":"It could not be asked."}');
    answer = (response) => response.destroy();
    expect(await words(at("/"))).toContain("broke off");
  });
});

describe("what is not in the internet", () => {
  it.each([
    "http://127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.0.0.1",
    "http://0x7f000001",
    "http://0177.0.0.1",
    "http://017700000001",
    "http://0",
    "http://0.0.0.0",
    "http://localhost",
    "http://LOCALHOST.",
    "http://%6cocalhost",
    "http://１２７.０.０.１",
    "http://[::1]",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "http://[0:0:0:0:0:ffff:7f00:0001]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://user:secret@127.0.0.1",
    "http://10.0.0.1",
    "http://169.254.169.254",
    "http://192.168.0.1",
    "http://[fe80::1]",
    "http://[fd00::1]",
    "http://224.0.0.1",
    "http://255.255.255.255",
  ])("%s is not reached", async (origin) => {
    answer = (response) => response.end("reached");
    const outcome = await ask(`${origin}:${port}/`, []);
    // Or nobody is known by it, as the resolver says.
    expect(outcome).toEqual({ failed: expect.any(String) });
    expect(asked).toEqual([]);
  });

  it.each([["127.0.0.1"], ["::ffff:127.0.0.1"], ["::1"], ["10.0.0.1", "192.168.0.1"]])(
    "is not reached by a name that is at %s",
    async (...addresses) => {
      const outcome = await ask(`http://good.example:${port}/`, [], {}, to(...addresses));
      expect(outcome).toEqual({ failed: expect.stringContaining("may not reach good.example") });
      expect(asked).toEqual([]);
    },
  );

  it("is not reached by a name that changes its mind, nor beside an address that is allowed", async () => {
    answer = (response) => response.end("reached");
    let times = 0;
    const changing: Resolve = (host, done) => {
      times += 1;
      to(times === 1 ? "127.0.0.1" : "127.0.0.2")(host, done);
    };
    expect(await ask(`http://good.example:${port}/`, here(), {}, changing)).toMatchObject({ status: 200 });
    expect(times).toBe(1);
    const beside = to("127.0.0.2", "127.0.0.1");
    expect(await ask(`http://good.example:${port}/`, here(), {}, beside)).toMatchObject({ status: 200 });
    expect(await ask(`http://good.example:${port}/`, ["127.0.0.3"], {}, beside)).toHaveProperty("failed");
  });

  it("is reached by the name or the network that the house's list has", async () => {
    answer = (response) => response.end("reached");
    const local = to("127.0.0.1");
    expect(await ask(`http://crm.lan:${port}/`, ["crm.lan"], {}, local)).toMatchObject({ text: "reached" });
    expect(await ask(`http://crm.lan:${port}/`, ["127.0.0.0/8"], {}, local)).toMatchObject({ text: "reached" });
    expect(await ask(`http://crm.lan:${port}/`, ["crm.lan:1"], {}, local)).toHaveProperty("failed");
    expect(await ask(`http://localhost:${port}/`, ["localhost"])).toMatchObject({ text: "reached" });
  });
});

it("what stays inside goes to no address of the internet, by whatever name, and says which of both it was", async () => {
  answer = (response) => response.end("{}");
  expect(await ask(at("/"), here(), { inside: true })).toMatchObject({ status: 200 });
  const closed = await ask(`http://crm.example.lan:${port}/`, [], { inside: true }, to("127.0.0.1"));
  expect(closed).toMatchObject({ failed: expect.stringContaining("the house's list does not name it") });
  for (const url of ["http://93.184.215.14/", "http://crm.example.com/"]) {
    const open = await ask(url, here(), { inside: true }, to("93.184.215.14"));
    expect(open).toMatchObject({ failed: expect.stringContaining("not sent unencrypted") });
  }
});
