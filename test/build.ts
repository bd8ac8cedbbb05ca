import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifySerializerCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import type { Agent, AgentBody, Queue, QueueBody, Telephone, TelephoneBody } from "../contract/views.ts";
import { createAsteriskTelephony } from "../server/asterisk/asterisk-telephony.ts";
import { createHoldRecorder } from "../server/asterisk/hold-recorder.ts";
import { journalLanguage } from "../server/asterisk/journal-line.ts";
import { createJournalReader } from "../server/asterisk/journal-reader.ts";
import { type Clock, systemClock } from "../server/clock.ts";
import { type Database, openDatabase } from "../server/db/pool.ts";
import { buildHouse, type House } from "../server/house.ts";
import { openLog } from "../server/log.ts";
import type { SoundPrograms } from "../server/prompts/sound-program.ts";
import { openRecordingFolder } from "../server/recordings/recording-folder.ts";
import { openRecordingKeys } from "../server/recordings/recording-keys.ts";
import { openSecretBox } from "../server/staff/secret-box.ts";
import { type Client, client } from "./client.ts";
import { testDatabase } from "./database.ts";
import { type FakeAsterisk, startFakeAsterisk } from "./fakes/fake-asterisk.ts";
import { FAKE_VOICE_SECRET } from "./fakes/fake-instance.ts";
import { until } from "./until.ts";

export interface ServerOptions {
  clock?: Clock;
  /** Another database than one made for this server; it is not dropped. */
  databaseUrl?: string;
  /** Another telephone system than one made for this server; it is not stopped. */
  fake?: FakeAsterisk;
  home?: string;
  requestsPerMinute?: number;
  /** The built desktop, for a browser to open. */
  desktop?: string;
  /** What converts sound and speaks; nothing where it is not said. */
  sound?: SoundPrograms;
}

/** The whole server with a real database and a manager that plays Asterisk, reached as people reach it. */
export interface TestServer {
  url: string;
  house: House;
  db: Database;
  databaseUrl: string;
  fake: FakeAsterisk;
  home: string;
  /** The folder where Asterisk would write its journal: `journal.jsonl`. */
  journals: string;
  admin: Client;
  signIn(username: string, password?: string): Promise<Client>;
  /** Everything that was logged until now. */
  logged(): string;
  /** Made over the API, with names and numbers of their own where none are given. */
  make: {
    queue(body?: Partial<QueueBody>): Promise<Queue>;
    agent(body?: Partial<AgentBody>): Promise<Agent>;
    telephone(body?: Partial<TelephoneBody>): Promise<Telephone>;
  };
  stop(): Promise<void>;
}

export const ADMIN_PASSWORD = "the-first-admin";
/** Of every person that `make` makes. */
export const PASSWORD = "a-good-password";

/** Every answer has to be what its route promises, down to the field. */
const checkingSerializer: FastifySerializerCompiler<unknown> = ({ schema, url, httpStatus }) => {
  const promised = Compile(schema as TSchema);
  return (answer: unknown) => {
    if (promised.Check(answer)) return JSON.stringify(answer);
    const [error] = promised.Errors(answer);
    throw new Error(`the answer ${httpStatus} of ${url} is not as promised: ${error?.instancePath} ${error?.message}`);
  };
};

export async function buildServer(options: ServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? systemClock;
  const home = options.home ?? mkdtempSync(join(tmpdir(), "perch-server-"));
  const place = options.databaseUrl === undefined ? await testDatabase() : null;
  const databaseUrl = place?.url ?? options.databaseUrl ?? "";
  const fake = options.fake ?? (await startFakeAsterisk());
  const logFile = join(home, "test.log");
  const log = openLog({ level: "trace", file: logFile });
  const db = openDatabase(databaseUrl, { onError: (err) => log.warn({ err }, "connection broke") });
  const journals = join(home, "asterisk", "log", "cel-custom");

  const telephony = createAsteriskTelephony({ instance: fakeInstance(home, fake), clock, log });
  const house = await buildHouse({
    db,
    clock,
    log,
    telephony,
    hands: telephony.hands,
    testCalls: telephony.testCalls,
    secrets: openSecretBox(home),
    journal: {
      source: createJournalReader({ directory: journals, names: ["journal", "hold"], clock, log }),
      language: journalLanguage,
      holds: createHoldRecorder({ file: join(journals, "hold.jsonl"), clock, log }),
    },
    recording: {
      recorder: telephony.recorder,
      folder: openRecordingFolder({ home, keys: openRecordingKeys(home), encoder: null }),
    },
    voices: { programs: options.sound ?? { sox: null, speech: null }, folder: join(home, "voices") },
    registrar: { host: "127.0.0.1", port: 5060, tlsPort: null },
    node: "test",
    version: "0.0.0",
    desktop: options.desktop ?? null,
    serializer: checkingSerializer,
    ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
  });
  const url = await house.http.listen({ host: "127.0.0.1", port: 0 });
  await house.prepare(ADMIN_PASSWORD);
  for (const part of house.parts) await part.start();
  house.services.health.opened();
  await until("the server is linked to the telephone system", () => house.services.health.read().asterisk === "up");

  const signIn = async (username: string, password = PASSWORD) => {
    const { token } = await client(url).post<{ token: string }>("/sign-in", { username, password });
    return client(url, token);
  };
  const admin = await signIn("admin", ADMIN_PASSWORD);
  return {
    url,
    house,
    db,
    databaseUrl,
    fake,
    home,
    journals,
    admin,
    signIn,
    logged() {
      log.flush();
      return readFileSync(logFile, "utf8");
    },
    make: makers(admin),
    async stop() {
      for (const part of [...house.parts].reverse()) await part.stop();
      await house.http.close();
      await db.destroy();
      if (options.fake === undefined) await fake.stop();
      await place?.drop();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

function makers(admin: Client): TestServer["make"] {
  let made = 0;
  return {
    queue: (body = {}) => admin.post("/queues", { name: `Queue ${++made}`, ...body }),
    agent: (body = {}) => {
      const username = `agent${++made}`;
      const fullName = `Agent ${made}`;
      return admin.post("/agents", {
        fullName,
        username,
        password: PASSWORD,
        typology: "external",
        hotdesk: true,
        internal: String(2000 + made),
        ...body,
      });
    },
    telephone: (body = {}) => {
      const username = `phone${++made}`;
      const fullName = `Phone ${made}`;
      return admin.post("/telephones", {
        fullName,
        username,
        password: "device-secret",
        internal: String(4000 + made),
        ...body,
      });
    },
  };
}

const fakeInstance = (home: string, fake: FakeAsterisk) => {
  const under = (name: string) => join(home, "asterisk", name);
  return {
    node: "test",
    directories: {
      etc: under("etc"),
      log: under("log"),
      spool: under("spool"),
      var: under("var"),
      run: under("run"),
      modules: under("modules"),
      data: under("data"),
    },
    sip: { listen: "127.0.0.1", port: 5060 },
    tls: null,
    rtp: { first: 20_000, last: 24_000 },
    manager: { port: fake.port, username: fake.username, secret: fake.secret },
    voice: { port: 0, secret: FAKE_VOICE_SECRET },
  };
};
