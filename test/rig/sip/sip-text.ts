import { createHash } from "node:crypto";

/** A request or an answer of SIP, taken apart. Names of headers are in lower case; repeated ones keep their order. */
export interface SipMessage {
  /** `INVITE sip:101@… SIP/2.0` or `SIP/2.0 200 OK`. */
  first: string;
  /** Of a request; of an answer the method it answers. */
  method: string;
  /** Null of a request. */
  status: number | null;
  sequence: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

const LONG_NAMES: Readonly<Record<string, string>> = { v: "via", f: "from", t: "to", i: "call-id", m: "contact" };

/** Null for what is no SIP, such as voice that strayed. */
export function readSip(text: string): SipMessage | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    return [LONG_NAMES[name] ?? name, line.slice(colon + 1).trim()];
  });
  const sequence = headers.find(([name]) => name === "cseq")?.[1] ?? "";
  const status = /^SIP\/2\.0 ([0-9]{3})/.exec(first)?.[1];
  return {
    first,
    method: sequence.split(" ")[1] ?? "",
    status: status === undefined ? null : Number(status),
    sequence: Number.parseInt(sequence, 10),
    headers,
    body: text.slice(end + 4),
  };
}

export const headerOf = (message: SipMessage, name: string): string =>
  message.headers.find(([each]) => each === name)?.[1] ?? "";

export const tagOf = (address: string): string => /;tag=([^;>]+)/.exec(address)?.[1] ?? "";

/** `sip:…` out of a `Contact`, a `From` or a `To`. */
export const uriOf = (address: string): string => /<([^>]+)>/.exec(address)?.[1] ?? address.split(";")[0] ?? "";

/** The number in an address. */
export const userOf = (address: string): string => /sips?:([^@;>]+)@/.exec(address)?.[1] ?? "";

export function writeSip(first: string, headers: readonly (readonly [string, string])[], body = ""): string {
  const type = body === "" ? [] : [["Content-Type", "application/sdp"] as const];
  const all = [...headers, ...type, ["Content-Length", String(Buffer.byteLength(body))] as const];
  return `${first}\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** The answer to a challenge (RFC 7616 with MD5, which is all that telephones are offered). */
export function proofOf(
  challenge: string,
  who: { username: string; password: string },
  method: string,
  uri: string,
): string {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const [realm, nonce] = [field("realm"), field("nonce")];
  const secret = md5(`${who.username}:${realm}:${who.password}`);
  const response = md5(`${secret}:${nonce}:00000001:c:auth:${md5(`${method}:${uri}`)}`);
  const fields = `username="${who.username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`;
  return `Digest ${fields}, algorithm=MD5, qop=auth, nc=00000001, cnonce="c", opaque="${field("opaque")}"`;
}

/** What a telephone offers to talk with; `sendonly` puts the other side on hold. */
export const sdpOf = (host: string, port: number, direction: "sendrecv" | "sendonly", version: number): string =>
  [
    "v=0",
    `o=- 1 ${version} IN IP4 ${host}`,
    "s=-",
    `c=IN IP4 ${host}`,
    "t=0 0",
    `m=audio ${port} RTP/AVP 8 101`,
    "a=rtpmap:8 PCMA/8000",
    "a=rtpmap:101 telephone-event/8000",
    `a=${direction}`,
    "",
  ].join("\r\n");
