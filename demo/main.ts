import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "../contract/page.ts";
import type { Telephone } from "../contract/views.ts";
import { type StartConfig, startPerch } from "../server/main.ts";
import { freePort } from "../test/rig/free-port.ts";
import { until } from "../test/until.ts";
import { type Api, signIn } from "./api.ts";
import { OUTSIDE, startCallers, startOutside } from "./callers.ts";
import { goHomeWithoutLogout, startColleague } from "./colleague.ts";
import { createDemoPhone, type DemoPhone } from "./desk-phones.ts";
import { furnish } from "./furnish.ts";
import { AGENTS, DEMO_PIN, inventPassword, TELEPHONES } from "./furniture.ts";
import { murmurFile } from "./murmur-file.ts";
import { servePhonesPage } from "./phones-page.ts";

/** What the demo has to remember to be started again on the same home: secrets that the product does not keep. */
interface Memory {
  adminPassword: string;
  password: string;
  outsidePort: number;
  deviceSecrets: Record<string, string>;
}

type Stop = () => void | Promise<void>;

/**
 * Starts Perch, furnishes it once, plugs in the telephones, seats the colleagues and lets callers ring. What was
 * started is stopped in reverse by `stop`, and also when a later step fails. Throws when the home holds a contact
 * centre that is not the demo's.
 */
export async function runDemo(
  config: StartConfig,
  progress: (line: string) => void,
): Promise<{ stop(): Promise<void> }> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const each of stops.reverse().splice(0)) await each();
  };
  try {
    const memory = await recall(config);
    const perch = await startPerch({ ...config, adminPassword: memory.adminPassword }, progress);
    stops.push(() => perch.stop({ leaveVoice: false }));
    const admin = await signIn(perch.address, "admin", memory.adminPassword);
    await furnishOnce(config, memory, admin, progress);
    const server = { host: config.sipListen, port: perch.sipPort };
    const outside = await startOutside(memory.outsidePort);
    stops.push(() => outside.stop());

    progress("plugging in the telephones");
    const speaks = murmurFile(path.join(config.home, "murmur.wav"));
    const phones = TELEPHONES.map((device) =>
      createDemoPhone({
        device,
        secret: memory.deviceSecrets[device.username] ?? "",
        server,
        speaks,
        autoAnswer: AGENTS.some(({ role, desk }) => role === "colleague" && desk === device.username),
      }),
    );
    stops.push(async () => {
      await Promise.all(phones.map((phone) => phone.stop()));
    });
    const plugged = TELEPHONES.filter((device) => device.plugged).map(({ username }) => username);
    await Promise.all(phones.filter(({ username }) => plugged.includes(username)).map((phone) => phone.plug()));
    const telephones = await registered(admin, plugged);

    progress("seating the colleagues");
    await seat(perch.address, memory.password, telephones, progress, stops);
    const desk = await servePhonesPage(phones, {
      port: config.httpPort === 0 ? 0 : config.httpPort + 1,
      perchAddress: perch.address,
    });
    stops.push(() => desk.stop());
    const callers = startCallers(server, progress);
    stops.push(() => callers.stop());
    process.stdout.write(welcome(perch.address, desk.address, memory, phones));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const memoryFile = (config: StartConfig) => path.join(config.home, "secrets", "demo.json");

/** The secrets of last time, or new ones. A home with data and without them is not the demo's. */
async function recall(config: StartConfig): Promise<Memory> {
  const file = memoryFile(config);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Memory;
  if (existsSync(path.join(config.home, "db"))) {
    throw new Error(
      `${config.home} holds a contact centre that is not the demo's: set PERCH_HOME to another directory`,
    );
  }
  const memory = {
    adminPassword: config.adminPassword ?? inventPassword(),
    password: inventPassword(),
    outsidePort: await freePort(),
    deviceSecrets: {},
  };
  remember(config, memory);
  return memory;
}

function remember(config: StartConfig, memory: Memory): void {
  mkdirSync(path.dirname(memoryFile(config)), { recursive: true, mode: 0o700 });
  writeFileSync(memoryFile(config), JSON.stringify(memory, null, 2), { mode: 0o600 });
}

async function furnishOnce(
  config: StartConfig,
  memory: Memory,
  admin: Api,
  progress: (line: string) => void,
): Promise<void> {
  if (Object.keys(memory.deviceSecrets).length > 0) return;
  const { rows } = await admin.get<Page<Telephone>>("/telephones");
  if (rows.length > 0)
    throw new Error(`furnishing ${config.home} was interrupted: remove the directory and start again`);
  progress("furnishing: queues, people, telephones, contacts");
  const trunk = { callersAddress: OUTSIDE, host: OUTSIDE, port: memory.outsidePort };
  const { deviceSecrets } = await furnish(admin, trunk, memory.password);
  memory.deviceSecrets = deviceSecrets;
  remember(config, memory);
}

/** All telephones by username, as soon as those that are plugged in are registered. */
async function registered(admin: Api, plugged: string[]): Promise<Map<string, Telephone>> {
  return await until(
    "the telephones register",
    async () => {
      const { rows } = await admin.get<Page<Telephone>>("/telephones");
      const byName = new Map(rows.map((one) => [one.username, one]));
      return plugged.every((name) => byName.get(name)?.registered === true) ? byName : null;
    },
    { timeoutMs: 30_000 },
  );
}

async function seat(
  address: string,
  password: string,
  telephones: Map<string, Telephone>,
  progress: (line: string) => void,
  stops: Stop[],
): Promise<void> {
  for (const { username, role, desk } of AGENTS) {
    const telephone = telephones.get(desk ?? "");
    if (telephone === undefined) continue;
    if (role === "gone-home") await goHomeWithoutLogout({ address, username, password, telephone });
    if (role === "colleague") {
      const colleague = await startColleague({ address, username, password, telephone, tell: progress });
      stops.push(() => colleague.stop());
    }
  }
}

function welcome(address: string, phonesAddress: string, memory: Memory, phones: readonly DemoPhone[]): string {
  const visitors = AGENTS.filter(({ role }) => role === "visitor");
  const line = (username: string, who: string, password: string) =>
    `    ${username.padEnd(8)} ${password.padEnd(14)} ${who}`;
  return [
    "",
    `  The desktop        ${address}`,
    `  Phones on the desk ${phonesAddress}`,
    "",
    "  People",
    ...visitors.map(({ username, fullName, hotdesk }) =>
      line(
        username,
        `${fullName}, agent${hotdesk ? ", chooses a telephone" : " with a telephone of their own"}`,
        memory.password,
      ),
    ),
    line("teresa", "Teresa Sala, supervisor: the floor, Report Call, reports, recordings", memory.password),
    line("admin", "administrator", memory.adminPassword),
    "",
    `  ${phones.length} telephones; callers ring in every half minute. Sign in as anna, choose Desk 3,`,
    "  keep both pages side by side, and pick up when it rings. Without any desktop: dial *11 on a telephone,",
    `  then 201# (Anna's number) and ${DEMO_PIN}# (everybody's PIN). Ctrl-C stops all of it.`,
    "",
    "",
  ].join("\n");
}
