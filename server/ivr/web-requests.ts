import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Clock } from "../clock.ts";
import { isPublicAddress, mayConnect, type WebTarget } from "../web-address.ts";
import { lookupWithin, type Resolve, systemNames } from "./name-lookup.ts";

export interface WebWish {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: { type: string; content: string } | null;
  timeoutMs: number;
  /** Whether the answer's text is wanted, not only its status. */
  reads: boolean;
  /** What it holds goes to addresses of the house's own network alone. */
  inside?: boolean;
}

/** What came of a request: any answer at all, or why there was none, in words. */
export type WebOutcome = { status: number; text: string } | { failed: string };

/** Requests that projects make of other computers. */
export interface WebRequests {
  /** Never rejects. Redirects are answers like any other: nobody is sent on. */
  send(wish: WebWish, gone: AbortSignal): Promise<WebOutcome>;
}

/** Longer answers are not read. */
const LONGEST_ANSWER = 256 * 1024;
/** More at once are refused: a computer that does not answer must not gather all of our calls. */
const MOST_AT_ONCE = 500;

class NotAllowed extends Error {}

/** Builds what makes them. `allowed`: what of the house's own network they may reach (see `mayConnect`). */
export function createWebRequests(deps: {
  clock: Clock;
  allowed(): readonly string[];
  /** The system's where nothing is said. */
  resolve?: Resolve;
}): WebRequests {
  const { clock, allowed, resolve = systemNames } = deps;
  let underWay = 0;

  const may = (address: string, target: WebTarget, { inside = false }: WebWish): boolean =>
    mayConnect(address, target, allowed()) && !(inside && isPublicAddress(address));

  const lookupFor = (target: WebTarget, wish: WebWish) =>
    lookupWithin(
      resolve,
      (address) => may(address, target, wish),
      (found) => notAllowed(target, wish, found),
    );

  const ask = (url: URL, wish: WebWish, gone: AbortSignal) =>
    new Promise<WebOutcome>((settle) => {
      const target = targetOf(url);
      const request = open(url, wish, lookupFor(target, wish));
      const end = (outcome: WebOutcome) => {
        cancel();
        gone.removeEventListener("abort", leave);
        request.destroy();
        settle(outcome);
      };
      const leave = () => end({ failed: "Nobody waits for it any more." });
      const cancel = clock.after(wish.timeoutMs, () => end({ failed: "No answer in time." }));
      gone.addEventListener("abort", leave);
      request.on("socket", (socket) => {
        // An address that stands in the URL is asked of no resolver.
        socket.once("connect", () => {
          const address = socket.remoteAddress ?? "";
          if (!may(address, target, wish)) end({ failed: notAllowed(target, wish, [{ address }]).message });
        });
      });
      request.on("error", (error) => end({ failed: failureOf(error) }));
      request.on("response", (response) => {
        const status = response.statusCode ?? 0;
        if (!wish.reads) return end({ status, text: "" });
        readAnswer(response, (text) => {
          end(text === null ? { failed: "The answer is too long, or broke off." } : { status, text });
        });
      });
      request.end(wish.body?.content);
    });

  return {
    async send(wish, gone) {
      const url = URL.parse(wish.url);
      if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
        return { failed: "Not a web address." };
      const target = targetOf(url);
      // Written as an address it is known before anything is sent; forms such as 0x7f.1 the URL has made plain.
      if (isIP(target.host) !== 0 && !may(target.host, target, wish)) {
        return { failed: notAllowed(target, wish, [{ address: target.host }]).message };
      }
      if (gone.aborted) return { failed: "Nobody waits for it any more." };
      if (underWay >= MOST_AT_ONCE) return { failed: "Too many requests at once." };
      underWay += 1;
      try {
        return await ask(url, wish, gone);
      } catch (error) {
        // A header that cannot be sent, say.
        return { failed: failureOf(error) };
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** They say where a request goes and how long it is (RFC 9110, 9112): not a project's to set. */
const OURS: ReadonlySet<string> = new Set(
  "host connection content-length transfer-encoding upgrade te trailer expect keep-alive proxy-authorization".split(
    " ",
  ),
);

function open(url: URL, wish: WebWish, lookup: LookupFunction): ClientRequest {
  const headers: Record<string, string> = { accept: "application/json, */*", "user-agent": "Perch" };
  for (const [name, value] of wish.headers) if (!OURS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  if (wish.body !== null) {
    headers["content-type"] ??= wish.body.type;
    headers["content-length"] = String(Buffer.byteLength(wish.body.content));
  }
  // Read as it is, so that its length is bounded by what is sent.
  headers["accept-encoding"] = "identity";
  const make = url.protocol === "https:" ? secureRequest : plainRequest;
  // A connection of its own: one that was opened by another name's rules is not used again.
  return make(url, { method: wish.method, headers, agent: false, lookup });
}

function targetOf(url: URL): WebTarget {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port };
}

function notAllowed(
  { host }: WebTarget,
  { inside = false }: WebWish,
  addresses: readonly { address: string }[],
): NotAllowed {
  if (inside && addresses.some(({ address }) => isPublicAddress(address))) {
    return new NotAllowed(`A secret is not sent unencrypted to ${host}. Ask by https.`);
  }
  return new NotAllowed(
    `Projects may not reach ${host}: it is not in the internet, and the house's list does not name it.`,
  );
}

/** Its text, or null where it is too long or breaks off. */
function readAnswer(response: IncomingMessage, done: (text: string | null) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  response.on("data", (piece: Buffer) => {
    length += piece.length;
    if (length > LONGEST_ANSWER) done(null);
    else pieces.push(piece);
  });
  response.on("end", () => done(response.complete ? Buffer.concat(pieces).toString("utf8") : null));
  response.on("error", () => done(null));
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nobody takes the connection.",
  ECONNRESET: "The connection broke off.",
  ENOTFOUND: "Nobody is known by that name.",
  EAI_AGAIN: "The name cannot be looked up now.",
  ETIMEDOUT: "No answer in time.",
  EHOSTUNREACH: "It cannot be reached.",
  ENETUNREACH: "It cannot be reached.",
};

/** What kept it from being answered, in words that hold nothing of what was sent. */
function failureOf(error: unknown): string {
  if (error instanceof NotAllowed) return error.message;
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const known = typeof code === "string" ? WORDS[code] : undefined;
  if (known !== undefined) return known;
  if (typeof code === "string" && /CERT|TLS|SSL|SIGNATURE/.test(code)) return "Its certificate is not trusted.";
  return "It could not be asked.";
}
