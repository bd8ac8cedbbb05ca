import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Registrar } from "../contract/views.ts";
import { createAsteriskTelephony } from "./asterisk/asterisk-telephony.ts";
import { writeBootFiles } from "./asterisk/config-writer.ts";
import {
  type AsteriskProgram,
  asteriskDirectories,
  makeAsteriskDirectories,
  startAsterisk,
  voicesFolder,
} from "./asterisk/daemon.ts";
import { createHoldRecorder } from "./asterisk/hold-recorder.ts";
import { journalLanguage } from "./asterisk/journal-line.ts";
import { createJournalReader } from "./asterisk/journal-reader.ts";
import { MANAGER_USER } from "./asterisk/names.ts";
import type { AsteriskInstance } from "./asterisk/render/instance.ts";
import { sipCertificate } from "./asterisk/sip-certificate.ts";
import { checkSipPorts } from "./asterisk/sip-port.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { startEmbeddedDatabase } from "./db/embedded.ts";
import { withoutSecrets } from "./db/outage.ts";
import { openDatabase } from "./db/pool.ts";
import { buildHouse } from "./house.ts";
import { createKeeper } from "./keeper.ts";
import { type Log, openLog } from "./log.ts";
import { loopbackAccess } from "./loopback-access.ts";
import type { Part } from "./part.ts";
import { createPatientStart } from "./patient-start.ts";
import { runningFromPidFile } from "./process-identity.ts";
import type { SoundPrograms } from "./prompts/sound-program.ts";
import type { EncoderProgram } from "./recordings/encoder.ts";
import { openRecordingFolder } from "./recordings/recording-folder.ts";
import { openRecordingKeys } from "./recordings/recording-keys.ts";
import { openSecretBox } from "./staff/secret-box.ts";

/**
 * What an instance is told, the Asterisk that was found for it, and what encodes recordings, converts prompts and speaks
 * texts, if anything does.
 */
export type StartConfig = Config & {
  asteriskProgram: AsteriskProgram;
  encoder: EncoderProgram | null;
  sound: SoundPrograms;
};

export interface Perch {
  /** Where people find it. */
  address: string;
  sipPort: number;
  /** Where nobody gave one: said once, kept nowhere. */
  firstAdminPassword?: string;
  /** With `leaveVoice` Asterisk and the database go on, for the next start to adopt. */
  stop(options: { leaveVoice: boolean }): Promise<void>;
}

type Progress = (line: string) => void;
/** What has been started, to be stopped in reverse. `voice`: it may outlive us. */
type Started = { name: string; stop(): unknown; voice?: true; leave?: () => unknown }[];

/** A part that hangs must not keep the others from stopping; Asterisk's own bound is shorter. */
const STOP_MS = 15_000;

const root = join(import.meta.dirname, "..");

/**
 * Starts everything of one instance: Asterisk first, with the configuration of last time, so that telephones work
 * whatever becomes of the rest; the database; then the HTTP side, which says "starting" until the schema is in place.
 * While a database of the house's own cannot be reached it waits and tries again. Throws when something cannot start;
 * what was started by then is stopped.
 */
export async function startPerch(config: StartConfig, progress: Progress): Promise<Perch> {
  const started: Started = [];
  for (const folder of ["log", "run", "secrets"])
    mkdirSync(join(config.home, folder), { recursive: true, mode: 0o700 });
  const log = openLog({ level: config.logLevel, file: join(config.home, "log", "perch.log") });
  const stop = async ({ leaveVoice }: { leaveVoice: boolean }) => {
    for (const one of started.splice(0).reverse()) {
      try {
        const stopped = Promise.resolve(leaveVoice && one.voice ? one.leave?.() : one.stop());
        await inTime(stopped, `${one.name} did not stop within ${STOP_MS / 1000} s`);
      } catch (error) {
        log.error({ err: error, part: one.name }, "a part did not stop in order");
      }
    }
    log.flush();
  };
  try {
    return { ...(await startAll(config, log, progress, started)), sipPort: config.sipPort, stop };
  } catch (error) {
    log.fatal({ err: error }, "the start failed");
    await stop({ leaveVoice: false });
    throw error;
  }
}

async function startAll(
  config: StartConfig,
  log: Log,
  progress: Progress,
  started: Started,
): Promise<Pick<Perch, "address" | "firstAdminPassword">> {
  const clock = systemClock;
  const { home, node } = config;
  const isRunning = runningFromPidFile(join(home, "run", "asterisk.pid")) !== undefined;
  const instance = await asteriskInstance(config, isRunning);
  const { directories } = instance;
  if (!isRunning) await checkSipPorts(instance);

  progress("starting Asterisk");
  makeAsteriskDirectories(directories);
  await writeBootFiles(instance);
  const keeper = createKeeper({
    name: "Asterisk",
    launch: () => startAsterisk({ home, program: config.asteriskProgram, log }),
    clock,
    log,
  });
  await keeper.start();
  started.push({ name: "Asterisk", stop: keeper.stop, voice: true, leave: keeper.release });

  progress("starting the database");
  const url = await databaseUrl(config, clock, log, started);
  const db = openDatabase(url, { onError: (err) => log.warn({ err }, "a connection to the database broke") });
  started.push({ name: "connections to the database", stop: () => db.destroy() });

  const journals = join(directories.log, "cel-custom");
  const telephony = createAsteriskTelephony({ instance, clock, log });
  const house = await buildHouse({
    db,
    clock,
    log,
    registrar: registrarOf(config),
    node,
    version: version(),
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
      folder: openRecordingFolder({ home, keys: openRecordingKeys(home), encoder: config.encoder }),
    },
    voices: { programs: config.sound, folder: voicesFolder(directories) },
    desktop: join(root, "desktop", "dist"),
    archive: join(home, "archive"),
  });
  const address = await house.http.listen({ host: config.listen, port: config.httpPort }).catch(portTaken(config));
  started.push({ name: "HTTP", stop: () => house.http.close() });

  const start = createPatientStart({ clock, log, place: withoutSecrets(url), progress });
  progress("bringing the database up to date");
  const made = await start.step(() => house.prepare(config.adminPassword));
  for (const part of house.parts) {
    started.push({ name: part.name, stop: () => part.stop() });
    await start.step(() => startWhole(part));
  }
  house.services.health.opened();
  log.info({ address, node }, "Perch is open");
  return { address, ...(made === undefined ? {} : { firstAdminPassword: made }) };
}

/** Settles as `work` does, or rejects with `late` after STOP_MS. */
async function inTime(work: Promise<unknown>, late: string): Promise<void> {
  let cancel = () => {};
  const limit = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(late)), STOP_MS);
    cancel = () => clearTimeout(timer);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    cancel();
  }
}

/** What is entered on a device. Where SIP listens everywhere, the address is the one people reach this host by. */
function registrarOf({ sipListen, sipPort, sipTls }: StartConfig): Registrar {
  const everywhere = sipListen === "0.0.0.0" || sipListen === "::";
  return { host: everywhere ? null : sipListen, port: sipPort, tlsPort: sipTls ? sipPort + 1 : null };
}

/** A start that the database broke off leaves nothing listening twice when it is tried again. */
async function startWhole(part: Part): Promise<void> {
  try {
    await part.start();
  } catch (error) {
    await part.stop();
    throw error;
  }
}

async function asteriskInstance(config: StartConfig, isRunning: boolean): Promise<AsteriskInstance> {
  const { home, node, sipListen, sipPort } = config;
  return {
    node,
    directories: asteriskDirectories(home, config.asteriskProgram),
    sip: { listen: sipListen, port: sipPort },
    tls: config.sipTls ? { port: sipPort + 1, ...sipCertificate(home) } : null,
    rtp: config.rtpPorts,
    manager: { username: MANAGER_USER, ...(await loopbackAccess(home, "manager", isRunning)) },
    voice: await loopbackAccess(home, "voice", false),
  };
}

async function databaseUrl(config: StartConfig, clock: Clock, log: Log, started: Started): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  const start = (port: number | null) => startEmbeddedDatabase({ home: config.home, log, port });
  let database = await start(null);
  const keeper = createKeeper({
    name: "the database",
    async launch() {
      // Where it was before: those who are connected look for it there.
      database = await start(database.port);
      return database;
    },
    clock,
    log,
  });
  await keeper.start();
  started.push({ name: "the database", stop: keeper.stop, voice: true, leave: keeper.release });
  return database.url;
}

function portTaken({ listen, httpPort }: Config): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new Error(`Another program listens on ${listen}:${httpPort}. Choose another PERCH_HTTP_PORT.`);
    }
    throw error;
  };
}

function version(): string {
  const read: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return read.version;
}
