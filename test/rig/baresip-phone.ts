import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePrograms, program } from "../../cli/programs.ts";
import { until } from "../until.ts";
import { accountOf, aorOf, type PhoneOptions, writeConfiguration } from "./baresip-configuration.ts";
import { end, endsWithUs } from "./children.ts";
import { freePort } from "./free-port.ts";
import { NetstringReader, netstring } from "./netstring.ts";

/** Something the telephone saw, and when. `type` is baresip's name: REGISTER_OK, CALL_INCOMING, CALL_CLOSED … */
export interface PhoneEvent {
  type: string;
  at: Date;
  peer: string;
  peerName: string;
  callId: string;
  detail: string;
}

export type PhoneState = "idle" | "ringing" | "dialling" | "talking";

/** A real SIP telephone: one baresip process. */
export interface BaresipPhone {
  readonly username: string;
  readonly registered: boolean;
  readonly state: PhoneState;
  /** The other side of the newest call, as the telephone would show it. */
  readonly peer: { number: string; name: string };
  readonly held: boolean;
  readonly events: readonly PhoneEvent[];
  onChange(listener: () => void): void;
  unregister(): Promise<void>;
  accept(): Promise<void>;
  hangUp(): Promise<void>;
  dial(number: string): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** Blind: the other side is sent on to `number`. */
  transfer(number: string): Promise<void>;
  keys(digits: string): Promise<void>;
  /** Signs off and ends. */
  stop(): Promise<void>;
  /** Ends without a word, as when the cable is pulled. */
  pullTheCable(): Promise<void>;
}

const NEWEST_EVENTS = 500;

/** Its control port may be taken between our looking and its listening, where many start at once. */
const ATTEMPTS = 3;

/** Starts a telephone; answers when it can be told what to do, which is before it has registered. */
export async function startPhone(options: PhoneOptions): Promise<BaresipPhone> {
  await ensurePrograms(() => {});
  for (let attempt = 1; ; attempt += 1) {
    const phone = await launch(options);
    if (typeof phone !== "string") {
      await phone.start(options.registers !== false);
      return phone;
    }
    if (attempt === ATTEMPTS) throw new Error(`the telephone ${options.username} does not start: ${phone}`);
  }
}

/** The telephone, or what it said when it ended instead. */
async function launch(options: PhoneOptions): Promise<ReturnType<typeof phoneOf> | string> {
  const folder = mkdtempSync(join(tmpdir(), "perch-phone-"));
  const controlPort = await freePort();
  writeConfiguration(folder, options, controlPort);
  const { command, args } = program("baresip");
  const output = openSync(join(folder, "output"), "w");
  const child = spawn(command, [...args, "-f", folder], { stdio: ["ignore", output, output] });
  closeSync(output);
  endsWithUs(child);
  let exited = false;
  child.once("exit", () => {
    exited = true;
  });
  try {
    const control = await until(
      `the telephone ${options.username} listens`,
      async () => (await openControl(controlPort)) ?? (exited ? "ended" : null),
      { timeoutMs: 15_000 },
    );
    if (control !== "ended") return phoneOf(options, folder, child, control);
    const said = readFileSync(join(folder, "output"), "utf8").slice(-600);
    rmSync(folder, { recursive: true, force: true });
    return said;
  } catch (error) {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function openControl(port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => resolve(null));
  });
}

interface ControlMessage {
  event?: boolean;
  response?: boolean;
  type?: string;
  class?: string;
  ok?: boolean;
  data?: string;
  token?: string;
  id?: string;
  param?: string;
  peeruri?: string;
  peerdisplayname?: string;
}

function phoneOf(
  options: PhoneOptions,
  folder: string,
  child: ChildProcess,
  control: Socket,
): BaresipPhone & { start(registers: boolean): Promise<void> } {
  const events: PhoneEvent[] = [];
  const listeners: (() => void)[] = [];
  const waiting = new Map<string, (answer: ControlMessage) => void>();
  const seen = { registered: false, state: "idle" as PhoneState, peer: { number: "", name: "" }, held: false };
  let lastToken = 0;

  const take = (message: ControlMessage) => {
    if (message.response === true) {
      waiting.get(message.token ?? "")?.(message);
      return;
    }
    const event: PhoneEvent = {
      type: message.type ?? "",
      at: new Date(),
      peer: userOf(message.peeruri ?? ""),
      peerName: message.peerdisplayname ?? "",
      callId: message.id ?? "",
      detail: message.param ?? "",
    };
    events.push(event);
    if (events.length > NEWEST_EVENTS) events.shift();
    Object.assign(seen, after(seen, event));
    for (const listener of listeners) listener();
  };
  const reader = new NetstringReader();
  control.on("data", (chunk) => {
    for (const text of reader.push(chunk)) take(JSON.parse(text) as ControlMessage);
  });
  control.on("error", () => {});

  const tell = async (command: string, params = "") => {
    lastToken += 1;
    const token = String(lastToken);
    const answer = new Promise<ControlMessage>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${options.username}: no answer to ${command}`)), 10_000);
      waiting.set(token, (message) => {
        clearTimeout(timer);
        waiting.delete(token);
        resolve(message);
      });
    });
    control.write(netstring(JSON.stringify({ command, params, token })));
    const { ok, data } = await answer;
    if (ok !== true) throw new Error(`${options.username}: ${command} ${params}: ${data ?? "refused"}`);
  };
  const finish = async (signal: NodeJS.Signals) => {
    control.destroy();
    await end(child, signal);
    rmSync(folder, { recursive: true, force: true });
  };

  return {
    username: options.username,
    get registered() {
      return seen.registered;
    },
    get state() {
      return seen.state;
    },
    get peer() {
      return seen.peer;
    },
    get held() {
      return seen.held;
    },
    events,
    onChange: (listener) => void listeners.push(listener),
    start: (registers) => tell("uanew", accountOf(options, registers)),
    // Only ever away: baresip signs the old account off and a new one on side by side, and a slow registrar may hear
    // the signing off last. A telephone comes back as a real one does, by a new start.
    async unregister() {
      await tell("uadel", aorOf(options));
      seen.registered = false;
      await tell("uanew", accountOf(options, false));
    },
    accept: () => tell("accept"),
    hangUp: () => tell("hangup"),
    dial: (number) => tell("dial", number),
    async hold() {
      await tell("hold");
      seen.held = true;
    },
    async resume() {
      // It resumes, and then complains that it has no window to say so in.
      await tell("resume").catch((error: Error) => {
        if (!error.message.includes("Invalid argument")) throw error;
      });
      seen.held = false;
    },
    transfer: (number) => tell("transfer", number),
    keys: (digits) => tell("sndcode", digits),
    stop: () => finish("SIGTERM"),
    pullTheCable: () => finish("SIGKILL"),
  };
}

const userOf = (uri: string): string => /^sips?:([^@;>]+)@/.exec(uri)?.[1] ?? uri;

interface Seen {
  registered: boolean;
  state: PhoneState;
  peer: { number: string; name: string };
  held: boolean;
}

function after(seen: Seen, event: PhoneEvent): Partial<Seen> {
  const peer = { number: event.peer, name: event.peerName };
  switch (event.type) {
    case "REGISTER_OK":
      return { registered: true };
    case "REGISTER_FAIL":
    case "UNREGISTERING":
      return { registered: false };
    case "CALL_INCOMING":
      return { state: "ringing", peer, held: false };
    case "CALL_OUTGOING":
      return { state: "dialling", peer, held: false };
    case "CALL_ESTABLISHED":
      return { state: "talking", peer };
    case "CALL_CLOSED":
      return { state: "idle", held: false };
    default:
      return seen;
  }
}
