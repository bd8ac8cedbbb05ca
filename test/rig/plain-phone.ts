import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { SIP_REALM } from "../../server/asterisk/names.ts";

/**
 * A telephone of few lines, for tests that need many and no sound: it registers, rings, is answered, and hangs up. One
 * call at a time; who calls meanwhile hears that it is busy.
 */
export interface PlainPhone {
  /** The status of the registrar's last word: 200 is yes. */
  register(): Promise<number>;
  unregister(): Promise<number>;
  /** Nothing where nobody calls. */
  answer(): void;
  /** Ends the call that goes on, or refuses the one that rings. */
  hangUp(): void;
  /** Its power failed for a moment: it knows of no call. */
  forget(): void;
  stop(): Promise<void>;
}

export interface PlainPhoneOptions {
  username: string;
  password: string;
  server: { host: string; port: number };
}

/** A call to the telephone: the invitation it came with, and whether it was answered. */
interface Call {
  invite: string;
  up: boolean;
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
/** The headers that an answer has to bring back as they came (RFC 3261, 8.2.6.2). */
const ECHOED = /^(via|from|call-id|cseq|record-route):/i;
const REGISTRATION_SECONDS = 3600;
/** The registrar answers within this, or never. */
const ANSWER_MS = 5000;

/** Plugged in; it registers when it is told to. */
export async function startPlainPhone({ username, password, server }: PlainPhoneOptions): Promise<PlainPhone> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  const here = `127.0.0.1:${port}`;
  const uri = `sip:${server.host}:${server.port}`;
  const tag = `;tag=${username}-${port}`;
  const contact = `Contact: <sip:${username}@${here}>`;
  let sequence = 0;
  let call: Call | null = null;
  let registering: { expires: number; tried: boolean; settle: (status: number) => void } | null = null;

  const send = (lines: string[], body = "") => {
    const type = body === "" ? [] : ["Content-Type: application/sdp"];
    const text = [...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n");
    socket.send(text, server.port, server.host);
  };
  const via = () => `Via: SIP/2.0/UDP ${here};branch=z9hG4bK${username}${sequence};rport`;
  const sendRegister = (expires: number, proof: string[]) => {
    sequence += 1;
    send([
      ...[`REGISTER ${uri} SIP/2.0`, via(), `From: <sip:${username}@${server.host}>${tag}`],
      ...[`To: <sip:${username}@${server.host}>`, `Call-ID: register-${here}`, `CSeq: ${sequence} REGISTER`],
      ...[`${contact};expires=${expires}`, "Max-Forwards: 70", ...proof],
    ]);
  };
  const answerTo = (request: string, status: string, more: string[] = [], body = "") => {
    const headers = request.split("\r\n").slice(1);
    const to = header(request, "To");
    const tagged = /;tag=/.test(to) ? to : `${to}${tag}`;
    send([`SIP/2.0 ${status}`, ...headers.filter((line) => ECHOED.test(line)), `To: ${tagged}`, ...more], body);
  };
  const sound = () =>
    [
      ...["v=0", `o=- 1 1 IN IP4 127.0.0.1`, "s=-", "c=IN IP4 127.0.0.1", "t=0 0"],
      // Nobody listens at the discard port: what is said is lost.
      ...[`m=audio 9 RTP/AVP 8 0`, "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000", "a=sendrecv", ""],
    ].join("\r\n");

  const answered = (text: string, status: number) => {
    if (registering === null || !/^CSeq: \d+ REGISTER/im.test(text) || status < 200) return;
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1];
    const { expires, tried, settle } = registering;
    if (status === 401 && nonce !== undefined && !tried) {
      registering.tried = true;
      const opaque = /opaque="([^"]+)"/.exec(text)?.[1] ?? "";
      const ha1 = md5(`${username}:${SIP_REALM}:${password}`);
      const response = md5(`${ha1}:${nonce}:00000001:${username}:auth:${md5(`REGISTER:${uri}`)}`);
      const fields = `username="${username}", realm="${SIP_REALM}", nonce="${nonce}", uri="${uri}", response="${response}"`;
      sendRegister(expires, [
        `Authorization: Digest ${fields}, algorithm=MD5, qop=auth, nc=00000001, cnonce="${username}", opaque="${opaque}"`,
      ]);
      return;
    }
    settle(status);
  };
  const asked = (text: string, method: string) => {
    const mine = call !== null && header(text, "Call-ID") === header(call.invite, "Call-ID");
    if (method === "INVITE" && mine && call?.up) answerTo(text, "200 OK", [contact], sound());
    else if (method === "INVITE" && mine) answerTo(text, "180 Ringing", [contact]);
    else if (method === "INVITE" && call !== null) answerTo(text, "486 Busy Here");
    else if (method === "INVITE") {
      call = { invite: text, up: false };
      answerTo(text, "180 Ringing", [contact]);
    } else if (method === "CANCEL" || method === "BYE") {
      answerTo(text, "200 OK");
      if (!mine || call === null) return;
      if (method === "CANCEL" && !call.up) answerTo(call.invite, "487 Request Terminated");
      call = null;
    } else if (method !== "ACK") answerTo(text, "200 OK");
  };
  socket.on("message", (data) => {
    const text = data.toString();
    const status = /^SIP\/2\.0 (\d{3})/.exec(text)?.[1];
    if (status === undefined) asked(text, text.slice(0, text.indexOf(" ")));
    else answered(text, Number(status));
  });

  const register = (expires: number) =>
    new Promise<number>((resolve) => {
      const timer = setTimeout(() => settle(408), ANSWER_MS);
      const settle = (status: number) => {
        clearTimeout(timer);
        registering = null;
        resolve(status);
      };
      registering = { expires, tried: false, settle };
      sendRegister(expires, []);
    });
  return {
    register: () => register(REGISTRATION_SECONDS),
    unregister: () => register(0),
    answer() {
      if (call === null || call.up) return;
      call.up = true;
      answerTo(call.invite, "200 OK", [contact], sound());
    },
    hangUp() {
      if (call === null) return;
      const { invite, up } = call;
      call = null;
      if (!up) return answerTo(invite, "486 Busy Here");
      sequence += 1;
      const target = /<([^>]+)>/.exec(header(invite, "Contact"))?.[1] ?? uri;
      send([
        ...[`BYE ${target} SIP/2.0`, via(), `From: ${header(invite, "To")}${tag}`, `To: ${header(invite, "From")}`],
        ...[`Call-ID: ${header(invite, "Call-ID")}`, `CSeq: ${sequence} BYE`, "Max-Forwards: 70"],
      ]);
    },
    forget() {
      call = null;
    },
    async stop() {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

/** What stands in a header of a message. */
function header(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*?)\\r?$`, "im").exec(message)?.[1] ?? "";
}
