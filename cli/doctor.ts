import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { accessSync, constants, existsSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import pg from "pg";
import { type Config, readConfig } from "../server/config.ts";
import { embeddedDatabaseBinaries } from "../server/db/embedded.ts";
import { ordinaryUser } from "../server/db/ordinary-user.ts";
import { checkout } from "./checkout.ts";
import { findChromium } from "./chromium.ts";
import { hasDebianRoot, whyNoDebianRoot } from "./debian-root.ts";
import { demoHome } from "./demo.ts";
import { processesOf } from "./instance.ts";
import { findAsterisk, findEncoder, findSoundPrograms, OLDEST_ASTERISK, onPath } from "./programs.ts";

/** `fetched`: not there yet, and the first start gets it. `absent`: not there, and `up` works without it. */
export type Finding = { what: string; state: "ok" | "fetched" | "absent" | "missing"; says: string };

const ok = (what: string, says: string): Finding => ({ what, state: "ok", says });
const missing = (what: string, says: string): Finding => ({ what, state: "missing", says });

export const doctor = async (): Promise<number> => {
  const config = readConfig(process.env, checkout);
  const home = writableHome(config.home);
  const findings = [
    ok("node", `${process.versions.node} (${process.execPath})`),
    packages(),
    home,
    ...instance(config),
    await asterisk(config),
    await phones(),
    encoder(),
    speech(),
    config.databaseUrl === null ? embeddedDatabase() : await givenDatabase(config.databaseUrl),
    ...(await ports(config)),
    chromium(),
  ];
  process.stdout.write(table(findings));
  const works = findings.every(({ state }) => state !== "missing");
  process.stdout.write(works ? "\n./perch up will work\n" : "\n./perch up will not work yet: see what is missing\n");
  return works ? 0 : 1;
};

/** One line a finding, in columns. */
export const table = (findings: Finding[]): string => {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.map(({ what, state, says }) => `${state.padEnd(8)} ${what.padEnd(width)}  ${says}\n`).join("");
};

/** This command runs on them: perch, the shell part, has installed them just now. */
const packages = (): Finding => ok("npm packages", `installed in ${checkout}/node_modules`);

const writableHome = (home: string): Finding => {
  let existing = home;
  while (!existsSync(existing)) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return ok("home", home);
  } catch {
    return missing("home", `${existing} cannot be written: set PERCH_HOME to a folder that can`);
  }
};

const encoder = (): Finding => {
  const found = findEncoder();
  if (found !== null) return ok("encoder", `${found.args.at(-1) ?? found.command}: recordings are MP3`);
  const says = "no sox that writes MP3: recordings are kept as WAV, eight times as large";
  return { what: "encoder", state: hasDebianRoot() || onPath("asterisk") !== undefined ? "absent" : "fetched", says };
};

const speech = (): Finding => {
  const { sox, speech: engine } = findSoundPrograms();
  const what = "prompts, speech";
  if (sox !== null && engine !== null) return ok(what, "espeak-ng speaks texts, sox converts files");
  const state = hasDebianRoot() || onPath("asterisk") !== undefined ? "absent" : "fetched";
  const without = [
    ...(sox === null ? ["sox: no file can be made a prompt"] : []),
    ...(engine === null ? ["espeak-ng: no text is spoken, the house's own sayings are missing in projects"] : []),
  ];
  if (state === "fetched") return { what, state, says: "sox and espeak-ng, by the first start" };
  return { what, state, says: `without ${without.join("; without ")}. apt-get install sox libsox-fmt-mp3 espeak-ng` };
};

const instance = (config: Config): Finding[] => {
  const running = processesOf(config.home);
  if (running.length === 0) return [];
  const names = running.map(({ name, identity }) => `${name} ${identity.pid}`).join(", ");
  return [ok("running here", `${names}; ./perch down stops it`)];
};

const asterisk = async (config: Config): Promise<Finding> => {
  try {
    const found = findAsterisk(config.asterisk);
    if (found !== undefined)
      return ok("asterisk", `${found.version} (${found.from}) ${found.program.args.at(-1) ?? found.program.command}`);
  } catch (error) {
    return missing("asterisk", error instanceof Error ? error.message : String(error));
  }
  const hindrance = await whyNoDebianRoot();
  if (hindrance === undefined)
    return { what: "asterisk", state: "fetched", says: "by the first start, about 20 s, 330 MB" };
  return missing(
    "asterisk",
    `none from version ${OLDEST_ASTERISK} on is installed, and ${hindrance}: install one, or name it in PERCH_ASTERISK`,
  );
};

const phones = async (): Promise<Finding> => {
  const what = "phones, callers";
  if (hasDebianRoot()) return ok(what, "for demo and tests");
  const hindrance = await whyNoDebianRoot();
  if (hindrance === undefined) return { what, state: "fetched", says: "by the first demo or test" };
  return { what, state: "absent", says: `wanted by demo and tests only; ${hindrance}` };
};

const embeddedDatabase = (): Finding => {
  try {
    const programs = embeddedDatabaseBinaries();
    const version = spawnSync(`${programs}/postgres`, ["--version"], { encoding: "utf8" }).stdout?.trim();
    if (!version) return missing("database", "the embedded PostgreSQL does not run here: set PERCH_DATABASE_URL");
    const user = ordinaryUser();
    return typeof user === "string" ? missing("database", user) : ok("database", `embedded, ${version}`);
  } catch (error) {
    return missing("database", error instanceof Error ? error.message : String(error));
  }
};

const givenDatabase = async (url: string): Promise<Finding> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const version = Number((await client.query("show server_version_num")).rows[0]?.server_version_num);
    await client.end();
    const major = Math.floor(version / 10_000);
    return major >= 15
      ? ok("database", `PERCH_DATABASE_URL, PostgreSQL ${major}`)
      : missing("database", `PERCH_DATABASE_URL is PostgreSQL ${major}; it must be 15 or newer`);
  } catch (error) {
    return missing("database", `PERCH_DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const ports = async (config: Config): Promise<Finding[]> => {
  const running = new Set(processesOf(config.home).map(({ name }) => name));
  const wanted = [
    {
      what: "HTTP port",
      by: "perch",
      at: config.listen,
      port: config.httpPort,
      free: tcpIsFree,
      set: "PERCH_HTTP_PORT",
    },
    {
      what: "SIP port",
      by: "asterisk",
      at: config.sipListen,
      port: config.sipPort,
      free: udpIsFree,
      set: "PERCH_SIP_PORT",
    },
  ];
  const demo = readConfig(demoHome(process.env), checkout).home;
  const demoRuns = demo !== config.home && processesOf(demo).length > 0;
  const user = demoRuns ? "the demo runs: ./perch down ends it" : "end what uses it";
  return await Promise.all(
    wanted.map(async ({ what, by, at, port, free, set }) => {
      if (running.has(by)) return ok(what, `${at}:${port}, this instance's own`);
      const problem = await free(at, port);
      return problem === undefined
        ? ok(what, `${at}:${port} is free`)
        : missing(what, `${at}:${port} cannot be had (${problem}): ${user}, or set ${set}`);
    }),
  );
};

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : error.message);

const tcpIsFree = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(codeOf(error)));
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });

const udpIsFree = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
    socket.once("error", (error) => {
      socket.close();
      resolve(codeOf(error));
    });
    socket.bind(port, host, () => socket.close(() => resolve(undefined)));
  });

const chromium = (): Finding => {
  const found = findChromium();
  if (found !== undefined) return ok("chromium", `${found} (tests only)`);
  return { what: "chromium", state: "absent", says: "wanted by the browser tests only: apt-get install chromium" };
};
