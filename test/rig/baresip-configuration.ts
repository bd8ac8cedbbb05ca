import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "../../cli/programs.ts";

export interface PhoneOptions {
  username: string;
  password: string;
  server: { host: string; port: number; transport?: "udp" | "tls" };
  /** Picks up by itself as soon as it rings. */
  autoAnswer?: boolean;
  /** Picks up by itself when the call asks it to (Call-Info: answer-after). */
  obeysAutoAnswer?: boolean;
  /** Registers when it starts (default); else `register` does. */
  registers?: boolean;
  /** Encrypts voice where the other side does (SRTP, keys in the SDP). */
  encrypts?: boolean;
  /** Where it takes calls; else any port. */
  listens?: { host: string; port: number };
  /** Speaks this file (WAV, 8 kHz, one channel) over and over instead of what it hears. */
  speaks?: string;
  /** Writes what it hears into this file (WAV), whole when the call is over, instead of saying it back. */
  writesDown?: string;
  /** Speaks and hears at 16 kHz (G.722) instead of at 8 kHz (G.711). */
  wide?: boolean;
}

const REGISTER_SECONDS = 60;

/** What baresip reads when it starts. */
export function writeConfiguration(folder: string, options: PhoneOptions, controlPort: number): void {
  const { username, server } = options;
  const tls = server.transport === "tls";
  const files = options.speaks !== undefined || options.writesDown !== undefined;
  const modules = [
    ...["g711", "g722", "aubridge"],
    ...(files ? ["aufile"] : []),
    ...(options.encrypts ? ["srtp"] : []),
  ];
  const listens = options.listens ?? { host: "127.0.0.1", port: 0 };
  const inApp = ["account", "menu", "ctrl_tcp"];
  const config = [
    `sip_listen ${listens.host}:${listens.port}`,
    `sip_transports ${tls ? "tls" : "udp"}`,
    "sip_verify_server no",
    "call_local_timeout 120",
    "call_max_calls 4",
    // It plays what it hears, so both directions carry voice.
    `audio_player ${options.writesDown ? `aufile,${options.writesDown}` : `aubridge,${username}`}`,
    `audio_source ${options.speaks ? `aufile,${options.speaks}` : `aubridge,${username}`}`,
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
    "sip_autoanswer_beep no",
  ];
  writeFileSync(join(folder, "config"), `${config.join("\n")}\n`);
  // The account is given over the control connection, so that we see how its registration goes.
  writeFileSync(join(folder, "accounts"), "\n");
  writeFileSync(join(folder, "contacts"), "\n");
}

export const aorOf = ({ username, server }: PhoneOptions): string => `sip:${username}@${server.host}:${server.port}`;

/** Its account, as the `uanew` command takes it. */
export function accountOf(options: PhoneOptions, registers: boolean): string {
  return [
    `<${aorOf(options)};transport=${options.server.transport ?? "udp"}>`,
    `auth_user=${options.username}`,
    `auth_pass=${options.password}`,
    `regint=${registers ? REGISTER_SECONDS : 0}`,
    `answermode=${options.autoAnswer ? "auto" : "manual"}`,
    ...(options.obeysAutoAnswer ? ["sip_autoanswer=yes"] : []),
    `audio_codecs=${options.wide ? "g722/16000/1" : "pcma/8000/1,pcmu/8000/1"}`,
    ...(options.encrypts ? ["mediaenc=srtp"] : []),
  ].join(";");
}
