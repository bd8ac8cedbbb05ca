import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Everything an instance is told from outside, checked once. Each field's comment says what breaks without it; the
 * same list with defaults stands in docs/operations.md.
 */
export interface Config {
  /** PERCH_HOME: data, configuration, logs. Two instances on one home would share a database: the second is refused. */
  home: string;
  /** PERCH_HTTP_PORT: the desktop and the API. 0 takes any free port. */
  httpPort: number;
  /** PERCH_LISTEN: the address of the desktop and the API. Anything but loopback opens them to the network. */
  listen: string;
  /** PERCH_SIP_PORT and PERCH_SIP_LISTEN: where telephones register. */
  sipPort: number;
  sipListen: string;
  /** PERCH_SIP_TLS: "on" adds SIP over TLS with SRTP on the SIP port + 1. */
  sipTls: boolean;
  /** PERCH_RTP_PORTS: first and last UDP port of voice; two ports a call leg. */
  rtpPorts: { first: number; last: number };
  /** PERCH_DATABASE_URL: a PostgreSQL >= 15 of yours; null is the embedded one. */
  databaseUrl: string | null;
  /** PERCH_ASTERISK: a program to run as Asterisk; null is found or fetched. */
  asterisk: string | null;
  /** PERCH_ADMIN_PASSWORD: for the first start only; null is made up and printed once. */
  adminPassword: string | null;
  /** PERCH_NODE: stands in every call id. Never change it on a running house. */
  node: string;
  /** PERCH_LOG_LEVEL: trace, debug, info, warn, error. */
  logLevel: string;
}

/** A setting that cannot be understood: which one, and what would be right. */
export class ConfigProblem extends Error {}

const KNOWN = [
  "PERCH_HOME",
  "PERCH_HTTP_PORT",
  "PERCH_LISTEN",
  "PERCH_SIP_PORT",
  "PERCH_SIP_LISTEN",
  "PERCH_SIP_TLS",
  "PERCH_RTP_PORTS",
  "PERCH_DATABASE_URL",
  "PERCH_NATS_URL",
  "PERCH_ASTERISK",
  "PERCH_ADMIN_PASSWORD",
  "PERCH_NODE",
  "PERCH_LOG_LEVEL",
];

/** Reads the environment. Throws ConfigProblem for a value or a `PERCH_…` name that is not known: a typo must not pass as a default. */
export function readConfig(env: Record<string, string | undefined>, checkout: string): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith("PERCH_") && !KNOWN.includes(name)) {
      throw new ConfigProblem(`${name} is not a setting of Perch. The settings are ${KNOWN.join(", ")}.`);
    }
  }
  const value = (name: string) => (env[name] === undefined || env[name] === "" ? null : env[name]);
  if (value("PERCH_NATS_URL") !== null) {
    throw new ConfigProblem(
      "PERCH_NATS_URL is reserved for houses of several nodes, which this release does not serve yet.",
    );
  }
  const port = (name: string, otherwise: number) => {
    const text = value(name) ?? String(otherwise);
    const number = Number(text);
    if (!/^[0-9]{1,5}$/.test(text) || number > 65535)
      throw new ConfigProblem(`${name} is "${text}", not a port (0-65535).`);
    return number;
  };
  const address = (name: string) => {
    const text = value(name) ?? "127.0.0.1";
    if (isIP(text) === 0) throw new ConfigProblem(`${name} is "${text}", not an IP address.`);
    return text;
  };
  const oneOf = (name: string, allowed: string[], otherwise: string) => {
    const text = value(name) ?? otherwise;
    if (!allowed.includes(text)) throw new ConfigProblem(`${name} is "${text}"; it takes ${allowed.join(", ")}.`);
    return text;
  };
  const matching = (name: string, pattern: RegExp, otherwise: string, what: string) => {
    const text = value(name) ?? otherwise;
    if (!pattern.test(text)) throw new ConfigProblem(`${name} is "${text}", not ${what}.`);
    return text;
  };
  const databaseUrl = value("PERCH_DATABASE_URL");
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigProblem("PERCH_DATABASE_URL does not begin with postgres:// or postgresql://.");
  }
  const adminPassword = value("PERCH_ADMIN_PASSWORD");
  if (adminPassword !== null && adminPassword.length < 8) {
    throw new ConfigProblem("PERCH_ADMIN_PASSWORD is shorter than 8 characters.");
  }
  const rtp = matching("PERCH_RTP_PORTS", /^[0-9]{4,5}-[0-9]{4,5}$/, "20000-24000", "two ports as in 20000-24000");
  const [first, last] = rtp.split("-").map(Number) as [number, number];
  if (first < 1024 || last > 65535 || last - first < 20) {
    throw new ConfigProblem(`PERCH_RTP_PORTS is "${rtp}"; it needs at least 20 ports between 1024 and 65535.`);
  }
  const home = path.resolve(value("PERCH_HOME") ?? path.join(checkout, ".perch"));
  if (/[\n\r;]/.test(home)) throw new ConfigProblem("PERCH_HOME has a line break or a semicolon in it.");
  return {
    home,
    httpPort: port("PERCH_HTTP_PORT", 8080),
    listen: address("PERCH_LISTEN"),
    sipPort: port("PERCH_SIP_PORT", 5060),
    sipListen: address("PERCH_SIP_LISTEN"),
    sipTls: oneOf("PERCH_SIP_TLS", ["on", "off"], "off") === "on",
    rtpPorts: { first, last },
    databaseUrl,
    asterisk: value("PERCH_ASTERISK"),
    adminPassword,
    node: matching("PERCH_NODE", /^[A-Za-z0-9]{1,16}$/, "node1", "a name of up to 16 letters and digits"),
    logLevel: oneOf("PERCH_LOG_LEVEL", ["trace", "debug", "info", "warn", "error"], "info"),
  };
}

/**
 * A short directory for sockets: their paths end at 107 bytes (sockaddr_un, unix(7)), and a home may lie deep.
 */
export function socketDirectory(config: Pick<Config, "home">): string {
  const inHome = path.join(config.home, "run");
  const directory =
    Buffer.byteLength(inHome) <= 80
      ? inHome
      : path.join(tmpdir(), `perch-${createHash("sha256").update(config.home).digest("hex").slice(0, 12)}`);
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}
