import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { until } from "../../until.ts";
import { KeyEars } from "./key-tones.ts";
import { type Saw, SipCall, type SipLine } from "./sip-call.ts";
import { headerOf, proofOf, readSip, type SipMessage, tagOf, uriOf, userOf, writeSip } from "./sip-text.ts";

export interface SipPhoneOptions {
  username: string;
  /** Null: it does not register, as a trunk's other side does not. */
  password: string | null;
  server: { host: string; port: number };
  host?: string;
  port?: number;
  /** It presses keys and says nothing else: many calls at once cost less. */
  mute?: boolean;
}

let lastVoice = 0;

/** How often it speaks. */
const PACKET_MS = 40;
/** What one packet of that length holds (A-law, 8000 samples a second). */
const PACKET_BYTES = 320;
const RTP_HEADER_BYTES = 12;
/** The smallest steps to either side of nothing, in A-law (G.711). */
const SILENCE = new Set([0xd5, 0x55]);

/**
 * A telephone that does exactly what it is told and writes down what it saw: all of SIP that transfers, hold and
 * forwarding need, which other telephones for tests do not have, and only a hum for voice. Several calls at once.
 */
export class SipPhone implements SipLine {
  readonly host: string;
  readonly calls: SipCall[] = [];
  /** What it does with a call that comes in, besides ringing. */
  onCall: (call: SipCall) => void = () => {};
  /** It has lost its cable: it hears nothing and says nothing. */
  unplugged = false;
  /** The one byte it says over and over, by which others know that it is this telephone they hear. */
  readonly voice: number;
  #options: SipPhoneOptions;
  #socket: Socket;
  #media: Socket;
  #speaking: NodeJS.Timeout;
  #spoken = 0;
  #keys = new KeyEars();
  #waiting = new Map<string, { answered: (answer: SipMessage) => void; call: SipCall | null }>();

  private constructor(options: SipPhoneOptions, socket: Socket, media: Socket) {
    this.#options = options;
    this.host = options.host ?? "127.0.0.1";
    this.#socket = socket;
    this.#media = media;
    lastVoice = (lastVoice + 1) % 64;
    this.voice = 16 + lastVoice;
    this.#speaking = setInterval(() => this.#speak(), PACKET_MS);
    media.on("message", (packet, from) => this.#hear(packet, from.port));
    socket.on("message", (data) => {
      const message = readSip(data.toString());
      if (message !== null && !this.unplugged) this.#take(message);
    });
  }

  static async start(options: SipPhoneOptions): Promise<SipPhone> {
    const host = options.host ?? "127.0.0.1";
    const sockets = [createSocket("udp4"), createSocket("udp4")] as const;
    sockets[0].bind(options.port ?? 0, host);
    sockets[1].bind(0, host);
    await Promise.all(sockets.map((socket) => once(socket, "listening")));
    const phone = new SipPhone(options, ...sockets);
    if (options.password !== null) await phone.register();
    return phone;
  }

  get username(): string {
    return this.#options.username;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get mediaPort(): number {
    return this.#media.address().port;
  }

  /** As telephones do it tries again where it is not known: of one just made, a busy house tells Asterisk a little later. */
  async register(): Promise<void> {
    const { username } = this.#options;
    await until(`${username} may register`, async () => (await this.#registered()) === 200, { timeoutMs: 20_000 });
  }

  async #registered(): Promise<number | null> {
    const { server, username } = this.#options;
    const address = `<sip:${username}@${server.host}>`;
    const answer = await this.#transact(null, "REGISTER", `sip:${server.host}:${server.port}`, {
      from: `${address};tag=${randomBytes(4).toString("hex")}`,
      to: address,
      id: `register-${username}-${randomBytes(4).toString("hex")}`,
      more: [["Expires", "600"]],
    });
    return answer.status;
  }

  /**
   * Dials; the call is there at once. `from` is another number than its own, as a trunk's other side has many; `more`
   * stands in the INVITE too.
   */
  dial(number: string, from = this.#options.username, more: [string, string][] = []): SipCall {
    const { server } = this.#options;
    const call = new SipCall(this, {
      id: `${randomBytes(8).toString("hex")}@${this.host}`,
      local: `<sip:${from}@${this.host}:${this.port}>`,
      remote: `<sip:${number}@${server.host}:${server.port}>`,
      target: `sip:${number}@${server.host}:${server.port}`,
    });
    call.local = `${call.local};tag=${call.ourTag}`;
    this.calls.push(call);
    void call.dial(more);
    return call;
  }

  /** The call that rings here, or that will. */
  async rung(timeoutMs = 20_000): Promise<SipCall> {
    const ringing = () => this.calls.find((call) => call.state === "ringing");
    return await until(`${this.username} rings`, ringing, { timeoutMs });
  }

  /** Where a call is sent on to. */
  addressOf(number: string): string {
    const { host, port } = this.#options.server;
    return `sip:${number}@${host}:${port}`;
  }

  #speak(): void {
    if (this.unplugged) return;
    this.#spoken += 1;
    for (const call of this.calls) {
      if (call.state !== "talking" || call.mediaTo === null) continue;
      const now = this.#spoken * PACKET_BYTES;
      const tone = call.tones.next(now, PACKET_BYTES);
      if (tone === null && this.#options.mute === true) continue;
      const packet = Buffer.alloc(RTP_HEADER_BYTES + (tone === null ? PACKET_BYTES : tone.event.length), this.voice);
      tone?.event.copy(packet, RTP_HEADER_BYTES);
      packet.writeUInt16BE(tone === null ? 0x8008 : tone.begins ? 0x80e5 : 0x8065, 0);
      packet.writeUInt16BE(this.#spoken & 0xffff, 2);
      packet.writeUInt32BE(tone?.sinceSample ?? now, 4);
      packet.writeUInt32BE(this.voice, 8);
      this.#media.send(packet, call.mediaTo, this.#options.server.host);
    }
  }

  /** Music and voices that are mixed are not one byte over and over. */
  #hear(packet: Buffer, port: number): void {
    const call = this.calls.find((each) => each.mediaTo === port && each.state === "talking");
    const key = this.#keys.hear(packet.subarray(0, RTP_HEADER_BYTES), packet.subarray(RTP_HEADER_BYTES), port);
    if (key !== null) {
      if (call !== undefined) call.keysHeard += key;
      return;
    }
    const said = packet.subarray(RTP_HEADER_BYTES, RTP_HEADER_BYTES + 80);
    // Asterisk sends silence while it waits for keys (22.10.1).
    if (call !== undefined && said.some((byte) => !SILENCE.has(byte))) call.soundAt = Date.now();
    const [voice] = said;
    if (voice === undefined || said.some((byte) => byte !== voice)) return;
    call?.hear(voice);
  }

  async stop(): Promise<void> {
    clearInterval(this.#speaking);
    const closed = [this.#socket, this.#media].map((socket) => once(socket, "close"));
    this.#socket.close();
    this.#media.close();
    await Promise.all(closed);
  }

  request(call: SipCall, method: string, more: [string, string][], body: string, note?: Saw): Promise<SipMessage> {
    return this.#transact(call, method, call.target, {
      from: call.local,
      to: call.remote,
      id: call.id,
      more,
      body,
      note,
    });
  }

  answer(request: SipMessage, status: string, tag: string, headers: [string, string][], body: string): void {
    const echoed = request.headers.filter(([name]) => /^(via|from|call-id|cseq|record-route)$/.test(name));
    const to = headerOf(request, "to");
    const tagged = tagOf(to) === "" ? `${to};tag=${tag}` : to;
    const ours: [string, string][] = headers.some(([name]) => name === "Contact") ? [] : [["Contact", this.#contact()]];
    this.#put(writeSip(`SIP/2.0 ${status}`, [...echoed, ["To", tagged], ...ours, ...headers], body));
  }

  cancel(call: SipCall): void {
    this.#beside("CANCEL", call, call.inviting);
  }

  /** What shares the number of an INVITE and has no answer that anybody waits for. */
  #beside(
    method: "ACK" | "CANCEL",
    call: SipCall,
    invite: { uri: string; to: string; branch: string; sequence: number },
  ): void {
    this.#put(
      writeSip(`${method} ${invite.uri} SIP/2.0`, [
        ["Via", `SIP/2.0/UDP ${this.host}:${this.port};branch=${invite.branch};rport`],
        ["From", call.local],
        ["To", invite.to],
        ["Call-ID", call.id],
        ["CSeq", `${invite.sequence} ${method}`],
        ["Max-Forwards", "70"],
      ]),
    );
  }

  #contact(): string {
    return `<sip:${this.#options.username}@${this.host}:${this.port}>`;
  }

  #put(text: string): void {
    const { server } = this.#options;
    if (!this.unplugged) this.#socket.send(text, server.port, server.host);
  }

  /** Sends a request, once more with proof where it is asked for, and acknowledges an INVITE's answer. */
  async #transact(
    call: SipCall | null,
    method: string,
    uri: string,
    what: { from: string; to: string; id: string; more: [string, string][]; body?: string; note?: Saw | undefined },
  ): Promise<SipMessage> {
    let proof: [string, string][] = [];
    for (;;) {
      const sequence = call === null ? proof.length + 1 : call.sequence++;
      const branch = `z9hG4bK${randomBytes(8).toString("hex")}`;
      const answered = new Promise<SipMessage>((resolve) =>
        this.#waiting.set(`${what.id} ${sequence} ${method}`, { answered: resolve, call }),
      );
      if (call !== null && method === "INVITE") call.inviting = { uri, to: what.to, branch, sequence };
      if (what.note !== undefined && proof.length === 0) call?.note(what.note);
      const headers: [string, string][] = [
        ["Via", `SIP/2.0/UDP ${this.host}:${this.port};branch=${branch};rport`],
        ["From", what.from],
        ["To", what.to],
        ["Call-ID", what.id],
        ["CSeq", `${sequence} ${method}`],
        ["Contact", this.#contact()],
        ["Max-Forwards", "70"],
        ...what.more,
        ...proof,
      ];
      this.#put(writeSip(`${method} ${uri} SIP/2.0`, headers, what.body ?? ""));
      const answer = await answered;
      const good = answer.status !== null && answer.status < 300;
      if (call !== null && method === "INVITE") {
        const to = headerOf(answer, "to");
        // The ACK of a yes is a request of its own, that of a no belongs to the INVITE (RFC 3261, 17.1.1.3).
        const own = good ? { uri: uriOf(headerOf(answer, "contact")), branch: `${branch}a` } : { uri, branch };
        this.#beside("ACK", call, { ...own, to, sequence });
      }
      const challenge = headerOf(answer, "www-authenticate");
      if (answer.status !== 401 || proof.length > 0 || this.#options.password === null) return answer;
      const who = { username: this.#options.username, password: this.#options.password };
      proof = [["Authorization", proofOf(challenge, who, method, uri)]];
    }
  }

  #take(message: SipMessage): void {
    const id = headerOf(message, "call-id");
    if (message.status !== null) {
      const waiting = this.#waiting.get(`${id} ${message.sequence} ${message.method}`);
      if (waiting === undefined) return;
      if (message.status < 200) {
        waiting.call?.progress(message);
        return;
      }
      this.#waiting.delete(`${id} ${message.sequence} ${message.method}`);
      waiting.answered(message);
      return;
    }
    const call = this.calls.find((each) => each.id === id);
    if (call !== undefined) call.take(message);
    else if (message.method === "INVITE") this.#rung(message, id);
    else if (message.method !== "ACK") this.answer(message, "200 OK", "here", [], "");
  }

  #rung(invite: SipMessage, id: string): void {
    const call = new SipCall(this, {
      id,
      local: headerOf(invite, "to"),
      remote: headerOf(invite, "from"),
      target: uriOf(headerOf(invite, "contact")),
      invite,
    });
    call.local = `${call.local};tag=${call.ourTag}`;
    call.peer = userOf(call.remote);
    call.dialled = userOf(invite.first);
    this.calls.push(call);
    call.ring();
    this.onCall(call);
  }
}
