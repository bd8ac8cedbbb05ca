import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { SIP_REALM } from "../../server/asterisk/names.ts";

/** A telephone whose user has set "forward all calls" on the device itself: it sends every caller on (302). */
export interface ForwardingPhone {
  /** How many calls it has sent on. */
  readonly forwarded: number;
  stop(): Promise<void>;
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
/** The headers that an answer has to bring back as they came (RFC 3261, 8.2.6.2). */
const ECHOED = /^(via|from|call-id|cseq|record-route):/i;

/** Registers, and sends on to `to` whoever calls. */
export async function startForwardingPhone(options: {
  username: string;
  password: string;
  server: { host: string; port: number };
  to: string;
}): Promise<ForwardingPhone> {
  const { username, password, server, to } = options;
  const socket = createSocket("udp4");
  let forwarded = 0;
  let sequence = 0;
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const here = `127.0.0.1:${socket.address().port}`;
  const uri = `sip:${server.host}:${server.port}`;
  const send = (lines: string[]) => socket.send(`${[...lines, "Content-Length: 0", "", ""].join("\r\n")}`, server.port);
  const register = (authorization: string[], expires: number) => {
    sequence += 1;
    send([
      `REGISTER ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${here};branch=z9hG4bK${username}${sequence};rport`,
      `From: <sip:${username}@${server.host}>;tag=${username}`,
      `To: <sip:${username}@${server.host}>`,
      `Call-ID: register-${here}`,
      `CSeq: ${sequence} REGISTER`,
      `Contact: <sip:${username}@${here}>;expires=${expires}`,
      "Max-Forwards: 70",
      ...authorization,
    ]);
  };
  const answer = (request: string, status: string, ...more: string[]) => {
    const [, ...headers] = request.split("\r\n");
    const tagged = headers.find((line) => /^to:/i.test(line)) ?? "";
    send([`SIP/2.0 ${status}`, ...headers.filter((line) => ECHOED.test(line)), `${tagged};tag=${username}`, ...more]);
  };
  socket.on("message", (data) => {
    const text = data.toString();
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1];
    if (text.startsWith("SIP/2.0 401") && nonce !== undefined) {
      const opaque = /opaque="([^"]+)"/.exec(text)?.[1] ?? "";
      const ha1 = md5(`${username}:${SIP_REALM}:${password}`);
      const response = md5(`${ha1}:${nonce}:00000001:${username}:auth:${md5(`REGISTER:${uri}`)}`);
      const fields = `username="${username}", realm="${SIP_REALM}", nonce="${nonce}", uri="${uri}", response="${response}"`;
      const proof = `Authorization: Digest ${fields}, algorithm=MD5, qop=auth, nc=00000001, cnonce="${username}", opaque="${opaque}"`;
      register([proof], 600);
    } else if (text.startsWith("OPTIONS")) answer(text, "200 OK");
    else if (text.startsWith("INVITE")) {
      forwarded += 1;
      answer(text, "302 Moved Temporarily", `Contact: <sip:${to}@${server.host}:${server.port}>`);
    }
  });
  register([], 600);
  return {
    get forwarded() {
      return forwarded;
    },
    async stop() {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}
