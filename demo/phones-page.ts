import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A telephone as it stands on the desk: what its display shows and what its keys do. */
export interface DeskPhone {
  readonly username: string;
  readonly label: string;
  readonly place: string;
  display(): { state: "unplugged" | "idle" | "ringing" | "dialling" | "talking"; other: string };
  answer(): Promise<void>;
  hangUp(): Promise<void>;
  dial(number: string): Promise<void>;
  /** Pressed during a call, such as a PIN. */
  keys(digits: string): Promise<void>;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  /** Calls back at every change of the display; the answer ends it. */
  watch(listener: () => void): () => void;
}

const KEYS = ["answer", "hangUp", "dial", "keys", "plug", "unplug"] as const;
type Key = (typeof KEYS)[number];

/** At most this many open pages; more are told to close one. */
const MOST_WATCHERS = 50;

/**
 * Serves the small page on which a visitor picks up and puts down the demo's telephones. Loopback only. A press of a
 * key needs our own header, which no foreign page can send without asking first (Fetch standard, CORS preflight).
 */
export async function servePhonesPage(
  phones: readonly DeskPhone[],
  options: { port: number; perchAddress: string },
): Promise<{ address: string; stop(): Promise<void> }> {
  const page = readFileSync(path.join(import.meta.dirname, "phones-page.html"), "utf8").replaceAll(
    "{{perch}}",
    options.perchAddress,
  );
  const watchers = new Set<ServerResponse>();
  const displays = () =>
    JSON.stringify(
      phones.map((phone) => ({ username: phone.username, label: phone.label, place: phone.place, ...phone.display() })),
    );
  const tell = () => {
    const frame = `data: ${displays()}\n\n`;
    for (const watcher of watchers) watcher.write(frame);
  };
  const endings = phones.map((phone) => phone.watch(tell));

  const press = async (request: IncomingMessage, response: ServerResponse, username: string, key: Key) => {
    const phone = phones.find((one) => one.username === username);
    if (phone === undefined) return answer(response, 404, "No such telephone.");
    if (request.headers["x-perch-demo"] !== "1") return answer(response, 403, "Press the keys on the page.");
    try {
      if (key === "dial" || key === "keys") {
        const number = await readNumber(request);
        if (number === null) return answer(response, 400, "Digits, * and # only.");
        await phone[key](number);
      } else await phone[key]();
      answer(response, 204, "");
    } catch (error) {
      answer(response, 409, error instanceof Error ? error.message : "The telephone does not answer.");
    }
  };

  const server = createServer((request, response) => {
    const [, first = "", username = "", key = ""] = (request.url ?? "/").split("/");
    if (request.method === "GET" && first === "") {
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy":
          "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "cache-control": "no-store",
      });
      response.end(page);
    } else if (request.method === "GET" && first === "displays" && watchers.size < MOST_WATCHERS) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`data: ${displays()}\n\n`);
      watchers.add(response);
      response.on("close", () => watchers.delete(response));
    } else if (request.method === "POST" && first === "phones" && (KEYS as readonly string[]).includes(key)) {
      void press(request, response, decodeURIComponent(username), key as Key);
    } else answer(response, 404, "Not here.");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      for (const end of endings) end();
      for (const watcher of watchers) watcher.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

async function readNumber(request: IncomingMessage): Promise<string | null> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 40) return null;
  }
  return /^\+?[0-9*#]{1,24}$/.test(text) ? text : null;
}
