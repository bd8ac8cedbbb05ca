import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findEncoder, findSoundPrograms, locateAsterisk } from "../../cli/programs.ts";
import type { Page } from "../../contract/page.ts";
import type { Agent, Health, Queue, ReportCallRow, Session, Telephone } from "../../contract/views.ts";
import { type Api, signIn } from "../../demo/api.ts";
import { asteriskDirectories } from "../../server/asterisk/daemon.ts";
import { type Perch, type StartConfig, startPerch } from "../../server/main.ts";
import { isRunning, readPidFile } from "../../server/process-identity.ts";
import { testDatabase } from "../database.ts";
import { until } from "../until.ts";
import type { PhoneOptions } from "./baresip-configuration.ts";
import { type BaresipPhone, startPhone } from "./baresip-phone.ts";
import { freePort } from "./free-port.ts";
import { type CallerOptions, type SippParty, startCaller } from "./sipp-caller.ts";

/** Callers come from here, telephones from 127.0.0.1. */
export const OUTSIDE = "127.0.0.2";
export const PASSWORD = "a password of tests";

/**
 * The whole product in a home of its own – real Asterisk, HTTP on a free port, a database on the PostgreSQL that all
 * tests share – with what a test needs to furnish it through the API and to play people on telephones.
 */
export interface HouseRig {
  readonly address: string;
  readonly home: string;
  /** Where telephones register and trunks send calls, on 127.0.0.1. */
  readonly sipPort: number;
  readonly admin: Api;
  /** Stops Perch alone; telephones, queues, calls and the database go on. */
  stopPerch(): Promise<void>;
  startPerch(): Promise<void>;
  /** Ends Asterisk as a crash would, and waits until Perch has brought it back. */
  killAsterisk(): Promise<void>;
  queue(name: string, number: string, over?: Record<string, unknown>): Promise<Queue>;
  agent(username: string, fullName: string, queues: Queue[], over?: Record<string, unknown>): Promise<Agent>;
  /** A telephone, plugged in and registered unless said otherwise. */
  telephone(username: string, over?: Record<string, unknown>): Promise<Telephone>;
  plug(username: string, options?: Partial<PhoneOptions>): Promise<BaresipPhone>;
  /** Its power fails and comes back. */
  replug(username: string): Promise<BaresipPhone>;
  phone(username: string): BaresipPhone;
  signIn(username: string): Promise<Api>;
  /** Signs in, takes the telephone, answers when Asterisk offers him calls. */
  logIn(username: string, telephone: Telephone): Promise<Api>;
  caller(to: string, options?: Partial<CallerOptions>): Promise<SippParty>;
  /** The report's rows, newest first, when there are as many as `count` and all have ended. */
  rows(count: number): Promise<ReportCallRow[]>;
  console(command: string): Promise<string>;
  stop(): Promise<void>;
}

/** How Perch is started: in this process, or in one of its own. */
export type Launch = (config: StartConfig) => Promise<Pick<Perch, "address" | "stop">>;

/** Where `databaseUrl` is null, and not merely unsaid, the house has an embedded PostgreSQL of its own. */
export async function startHouse(
  over: Partial<StartConfig> = {},
  launch: Launch = (config) => startPerch(config, () => {}),
): Promise<HouseRig> {
  const home = mkdtempSync(path.join(tmpdir(), "perch-house-"));
  const { program } = await locateAsterisk(null, () => {});
  const database = over.databaseUrl === undefined ? await testDatabase() : null;
  const config: StartConfig = {
    home,
    httpPort: await freePort(),
    listen: "127.0.0.1",
    sipPort: await freePort(),
    sipListen: "127.0.0.1",
    sipTls: false,
    rtpPorts: { first: 16_000, last: 31_999 },
    databaseUrl: database?.url ?? null,
    asterisk: null,
    adminPassword: PASSWORD,
    node: "node1",
    logLevel: "info",
    asteriskProgram: program,
    encoder: findEncoder(),
    sound: findSoundPrograms(),
    ...over,
  };
  const secrets = new Map<string, string>();
  const phones = new Map<string, BaresipPhone>();
  const parties: SippParty[] = [];
  let perch = await launch(config);
  const admin = await signIn(perch.address, "admin", PASSWORD);
  const outsidePort = await freePort();
  await admin.post("/trunks", { name: "Carrier", host: OUTSIDE, port: outsidePort, match: [OUTSIDE] });

  const plug = async (username: string, options: Partial<PhoneOptions> = {}) => {
    const password = secrets.get(username);
    if (password === undefined) throw new Error(`no telephone ${username} was made here`);
    const phone = await startPhone({
      username,
      password,
      server: { host: "127.0.0.1", port: config.sipPort },
      ...options,
    });
    phones.set(username, phone);
    return phone;
  };
  const phoneOf = (username: string) => {
    const phone = phones.get(username);
    if (phone === undefined) throw new Error(`${username} is not plugged in`);
    return phone;
  };
  const telephones = async () => (await admin.get<Page<Telephone>>("/telephones?limit=1000")).rows;
  const isRegistered = (username: string) =>
    until(
      `${username} is registered`,
      async () => (await telephones()).find((one) => one.username === username && one.registered),
      { timeoutMs: 15_000 },
    );

  return {
    address: perch.address,
    home,
    sipPort: config.sipPort,
    admin,
    stopPerch: () => perch.stop({ leaveVoice: true }),
    async startPerch() {
      perch = await launch(config);
    },
    async killAsterisk() {
      const pidFile = path.join(home, "run", "asterisk.pid");
      const identity = readPidFile(pidFile);
      if (identity === undefined) throw new Error("Asterisk does not run");
      process.kill(identity.pid, "SIGKILL");
      await until("Asterisk is gone", () => !isRunning(identity));
      await until("another Asterisk runs", () => readPidFile(pidFile)?.pid !== identity.pid, { timeoutMs: 30_000 });
      await until("Perch has found it", async () => (await admin.get<Health>("/health")).asterisk === "up", {
        timeoutMs: 30_000,
      });
    },
    async queue(name, number, more = {}) {
      const queue = await admin.post<Queue>("/queues", {
        name,
        strategy: "ringall",
        ringSeconds: 10,
        wrapUpSeconds: 0,
        ...more,
      });
      await admin.post("/inbound-routes", { number, actions: [{ queue: queue.id }] });
      return queue;
    },
    agent: (username, fullName, queues, more = {}) =>
      admin.post<Agent>("/agents", {
        username,
        fullName,
        password: PASSWORD,
        typology: "external",
        hotdesk: true,
        queues: queues.map(({ id }) => id),
        ...more,
      }),
    async telephone(username, { plugged = true, ...more } = {}) {
      const password = `secret-of-${username}`;
      secrets.set(username, password);
      const made = await admin.post<Telephone>("/telephones", { username, fullName: username, password, ...more });
      if (plugged === false) return made;
      await plug(username);
      return await isRegistered(username);
    },
    plug,
    async replug(username) {
      await phoneOf(username).pullTheCable();
      return plug(username);
    },
    phone: phoneOf,
    signIn: (username) => signIn(perch.address, username, PASSWORD),
    async logIn(username, telephone) {
      const api = await signIn(perch.address, username, PASSWORD);
      await api.post<Session>("/session", { telephoneId: telephone.id });
      return api;
    },
    async caller(to, options = {}) {
      const party = await startCaller({
        server: { host: "127.0.0.1", port: config.sipPort },
        to,
        from: { number: "+390555550101", name: "Maria Bianchi" },
        address: OUTSIDE,
        ...options,
      });
      parties.push(party);
      return party;
    },
    rows: (count) =>
      until(
        `${count} rows that have ended`,
        async () => {
          const { rows } = await admin.get<Page<ReportCallRow>>("/reports/report-call");
          return rows.length >= count && rows.every((row) => row.endedAt !== null) ? rows : null;
        },
        { timeoutMs: 15_000 },
      ),
    async console(command) {
      const { etc } = asteriskDirectories(home, program);
      const args = [...program.args, "-C", path.join(etc, "asterisk.conf"), "-rx", command];
      return (await promisify(execFile)(program.command, args, { timeout: 30_000, maxBuffer: 64 * 1024 * 1024 }))
        .stdout;
    },
    async stop() {
      await Promise.all(parties.map((party) => party.stop()));
      await Promise.all([...phones.values()].map((phone) => phone.stop()));
      await perch.stop({ leaveVoice: false });
      await database?.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
