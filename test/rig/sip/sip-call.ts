import { randomBytes } from "node:crypto";
import { until } from "../../until.ts";
import { KeyTones } from "./key-tones.ts";
import { headerOf, type SipMessage, sdpOf, tagOf, uriOf, userOf } from "./sip-text.ts";

/**
 * What one side of a call saw. `asks` is written down before the word leaves that makes it happen, the others when a
 * word of the other side has come; so what became of the call lies between a note of who caused it and a note of
 * who noticed it, however late either of the two was.
 */
export type Saw =
  | "dials"
  | "rung"
  | "hears ringing"
  | "answers"
  | "hears the answer"
  | "hangs up"
  | "sees the end"
  | "refuses"
  | "is refused"
  | "holds"
  | "resumes"
  | "transfers"
  | "presses"
  | "transferred";

export interface Note {
  saw: Saw;
  /** Milliseconds since 1970, of the machine's clock, which Asterisk's stamps are of too. */
  atMs: number;
}

/** How a call's words get out: its telephone. */
export interface SipLine {
  readonly host: string;
  readonly port: number;
  readonly mediaPort: number;
  /** Sends a request; answers its final answer, with challenges met. */
  request(call: SipCall, method: string, headers: [string, string][], body: string, note?: Saw): Promise<SipMessage>;
  answer(request: SipMessage, status: string, tag: string, headers: [string, string][], body: string): void;
  /** Gives up an INVITE that has no final answer yet. */
  cancel(call: SipCall): void;
}

export type CallState = "dialling" | "ringing" | "talking" | "over";

/** A dialogue of SIP and what was seen in it. */
export class SipCall {
  readonly id: string;
  readonly incoming: boolean;
  /** Who is called, or who calls, as the telephone shows it. */
  peer: string;
  state: CallState;
  held = false;
  status: number | null = null;
  readonly notes: Note[] = [];
  readonly ourTag = randomBytes(6).toString("hex");
  local: string;
  remote: string;
  target: string;
  /** The number of its next request. */
  sequence = 1;
  /** What the INVITE bore, so that it can be given up. */
  inviting = { uri: "", to: "", branch: "", sequence: 0 };
  /** The port on which the other side hears. */
  mediaTo: number | null = null;
  /** What it presses, and is to be heard in the place of its voice. */
  readonly tones = new KeyTones(() => this.note("presses"));
  /** Of one that came in: the number that is called, as it stands in the INVITE. */
  dialled = "";
  #heard = new Map<number, number>();
  #line: SipLine;
  #invite: SipMessage | null;
  #lastAnswer: [status: string, body: string] = ["100 Trying", ""];
  #version = 1;

  constructor(
    line: SipLine,
    start: { id: string; local: string; remote: string; target: string; invite?: SipMessage },
  ) {
    this.#line = line;
    this.id = start.id;
    this.local = start.local;
    this.remote = start.remote;
    this.target = start.target;
    this.#invite = start.invite ?? null;
    this.#listenTo(start.invite);
    this.incoming = start.invite !== undefined;
    this.peer = userOf(start.remote);
    this.state = this.incoming ? "ringing" : "dialling";
  }

  note(saw: Saw): void {
    this.notes.push({ saw, atMs: Date.now() });
  }

  /** The first such note's instant; NaN where there is none. */
  at(saw: Saw): number {
    return this.notes.find((each) => each.saw === saw)?.atMs ?? Number.NaN;
  }

  last(saw: Saw): number {
    return this.notes.findLast((each) => each.saw === saw)?.atMs ?? Number.NaN;
  }

  hear(voice: number): void {
    if (!this.#heard.has(voice)) this.#heard.set(voice, Date.now());
  }

  /** When it last heard anything at all but keys; milliseconds since 1970, 0 before. */
  soundAt = 0;

  /** The keys that the other side pressed, as they were heard here. */
  keysHeard = "";

  /** From now on it listens anew. */
  forgetVoices(): void {
    this.#heard.clear();
  }

  /** When it first heard that telephone here; NaN: not at all. */
  heardAt(phone: { voice: number }): number {
    return this.#heard.get(phone.voice) ?? Number.NaN;
  }

  saw(saw: Saw): boolean {
    return this.notes.some((each) => each.saw === saw);
  }

  /** Dials; settles with the call's first final answer. */
  async dial(more: [string, string][] = []): Promise<void> {
    const answer = await this.#line.request(this, "INVITE", more, this.#sdp("sendrecv"), "dials");
    this.status = answer.status;
    if (answer.status !== 200) return this.#over("is refused");
    this.#learn(answer);
    this.note("hears the answer");
    this.state = "talking";
  }

  ring(): void {
    this.note("rung");
    this.#say("180 Ringing");
  }

  answer(): void {
    this.note("answers");
    this.state = "talking";
    this.#say("200 OK", this.#sdp("sendrecv"));
  }

  /** 486 is busy, 603 declined. */
  refuse(status: string): void {
    this.#over("refuses");
    this.#say(status);
  }

  /** The device sends whoever calls on. */
  forward(to: string): void {
    this.#over("refuses");
    this.#say("302 Moved Temporarily", "", [["Contact", `<${to}>`]]);
  }

  /** Ends the call, or gives up dialling. */
  async hangUp(): Promise<void> {
    if (this.state === "over") return;
    if (this.state === "ringing") return this.refuse("486 Busy Here");
    this.note("hangs up");
    if (this.state === "dialling") {
      this.#line.cancel(this);
      return;
    }
    this.state = "over";
    await this.#line.request(this, "BYE", [], "");
  }

  /** Nobody will ever say that it is over. */
  forget(): void {
    this.state = "over";
  }

  async hold(): Promise<void> {
    await this.#reinvite("sendonly", "holds");
    this.held = true;
  }

  async resume(): Promise<void> {
    await this.#reinvite("sendrecv", "resumes");
    this.held = false;
  }

  /** Presses keys, one after the other; each is noted when it begins. Settles when the last was heard. */
  async press(keys: string): Promise<void> {
    this.tones.press(keys);
    await until(`${keys} is pressed`, () => this.tones.silent || this.state === "over", { timeoutMs: 20_000 });
  }

  /** Blind: whoever is on the other side is sent on to that address. Answers how Asterisk took it. */
  transfer(to: string): Promise<number | null> {
    return this.#refer(`<${to}>`);
  }

  /** Attended: whoever is on the other side of this one is joined with whoever is on the other side of that one. */
  transferTo(other: SipCall): Promise<number | null> {
    const replaces = `${other.id};to-tag=${tagOf(other.remote)};from-tag=${tagOf(other.local)}`;
    return this.#refer(`<${other.target}?Replaces=${encodeURIComponent(replaces)}>`);
  }

  async #refer(to: string): Promise<number | null> {
    const headers: [string, string][] = [
      ["Refer-To", to],
      ["Referred-By", `<${uriOf(this.local)}>`],
    ];
    return (await this.#line.request(this, "REFER", headers, "", "transfers")).status;
  }

  async #reinvite(direction: "sendrecv" | "sendonly", note: Saw): Promise<void> {
    this.#version += 1;
    await this.#line.request(this, "INVITE", [], this.#sdp(direction), note);
  }

  /** A request within the call, or the INVITE again. */
  take(request: SipMessage): void {
    const answer = (status: string, body = "") => this.#line.answer(request, status, this.ourTag, [], body);
    switch (request.method) {
      case "ACK":
        break;
      case "INVITE":
        if (request.sequence === this.#invite?.sequence) this.#say(...this.#lastAnswer);
        else answer("200 OK", this.#sdp("sendrecv"));
        break;
      case "CANCEL":
        answer("200 OK");
        if (this.state !== "ringing") break;
        this.#over("sees the end");
        this.#say("487 Request Terminated");
        break;
      case "BYE":
        this.#over("sees the end");
        answer("200 OK");
        break;
      default:
        if (/^SIP\/2\.0 200/m.test(request.body)) this.note("transferred");
        answer("200 OK");
    }
  }

  /** 180 and 183. */
  progress(answer: SipMessage): void {
    if (answer.status === 180) this.note("hears ringing");
    // The tag by which another call may be joined with this one before it is answered.
    if (tagOf(headerOf(answer, "to")) !== "") this.remote = headerOf(answer, "to");
  }

  #over(saw: Saw): void {
    if (this.state === "over") return;
    this.note(saw);
    this.state = "over";
  }

  #listenTo(message: SipMessage | undefined): void {
    const port = /^m=audio ([0-9]+)/m.exec(message?.body ?? "")?.[1];
    if (port !== undefined) this.mediaTo = Number(port);
  }

  #learn(answer: SipMessage): void {
    this.#listenTo(answer);
    this.remote = headerOf(answer, "to");
    this.target = uriOf(headerOf(answer, "contact"));
  }

  #say(status: string, body = "", headers: [string, string][] = []): void {
    if (this.#invite === null) return;
    this.#lastAnswer = [status, body];
    this.#line.answer(this.#invite, status, this.ourTag, headers, body);
  }

  #sdp(direction: "sendrecv" | "sendonly"): string {
    return sdpOf(this.#line.host, this.#line.mediaPort, direction, this.#version);
  }
}
