import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePrograms, program } from "../../cli/programs.ts";
import { until } from "../until.ts";
import { end, endsWithUs } from "./children.ts";
import { freePort } from "./free-port.ts";
import { NetstringReader, netstring } from "./netstring.ts";

export interface PhoneOptions {
  username: string;
  password: string;
  server: { host: string; port: number; transport?: "udp" | "tls" };
  /** Picks up by itself as soon as it rings. */
  autoAnswer?: boolean;
  /** Registers when it starts (default); else `register` does. */
  registers?: boolean;
  /** Encrypts voice where the other side does (SRTP, keys in the SDP). */
  encrypts?: boolean;
}

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
  register(): Promise<void>;
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
const REGISTER_SECONDS = 60;

/** Starts a telephone; answers when it can be told what to do, which is before it has registered. */
export async function startPhone(options: PhoneOptions): Promise<BaresipPhone> {
  await ensurePrograms(() => {});
  const folder = mkdtempSync(join(tmpdir(), "perch-phone-"));
  const controlPort = await freePort();
  writeConfiguration(folder, options, controlPort, await freePort());
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
      () => {
        if (exited) throw new Error(`baresip has ended: ${readFileSync(join(folder, "output"), "utf8").slice(-600)}`);
        return openControl(controlPort);
      },
      { timeoutMs: 15_000 },
    );
    const phone = phoneOf(options, folder, child, control);
    await phone.start(options.registers !== false);
    return phone;
  } catch (error) {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function writeConfiguration(folder: string, options: PhoneOptions, controlPort: number, sipPort: number): void {
  const { username, server } = options;
  const tls = server.transport === "tls";
  const modules = ["g711", "aubridge", ...(options.encrypts ? ["srtp"] : [])];
  const inApp = ["account", "menu", "ctrl_tcp"];
  const config = [
    `sip_listen 127.0.0.1:${sipPort}`,
    `sip_transports ${tls ? "tls" : "udp"}`,
    "sip_verify_server no",
    "call_local_timeout 120",
    "call_max_calls 4",
    // It plays what it hears, so both directions carry voice.
    `audio_player aubridge,${username}`,
    `audio_source aubridge,${username}`,
    `audio_alert aubridge,${username}-alert`,
    "audio_level no",
    "rtp_ports 32768-60999",
    "rtcp_mux no",
    "net_interface 127.0.0.1",
    `module_path ${program("baresip").moduleDir}`,
    ...modules.map((name) => `module ${name}.so`),
    ...inApp.map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    "menu_bell no",
  ];
  writeFileSync(join(folder, "config"), `${config.join("\n")}\n`);
  // The account is given over the control connection, so that we see how its registration goes.
  writeFileSync(join(folder, "accounts"), "\n");
  writeFileSync(join(folder, "contacts"), "\n");
}

const aorOf = ({ username, server }: PhoneOptions): string => `sip:${username}@${server.host}:${server.port}`;

function accountOf(options: PhoneOptions, registers: boolean): string {
  return [
    `<${aorOf(options)};transport=${options.server.transport ?? "udp"}>`,
    `auth_user=${options.username}`,
    `auth_pass=${options.password}`,
    `regint=${registers ? REGISTER_SECONDS : 0}`,
    `answermode=${options.autoAnswer ? "auto" : "manual"}`,
    "audio_codecs=pcma/8000/1,pcmu/8000/1",
    ...(options.encrypts ? ["mediaenc=srtp"] : []),
  ].join(";");
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
  const renew = async (registers: boolean) => {
    await tell("uadel", aorOf(options));
    seen.registered = false;
    await tell("uanew", accountOf(options, registers));
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
    register: () => renew(true),
    unregister: () => renew(false),
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
