import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locateAsterisk } from "../../cli/programs.ts";
import { writeBootFiles, writeChanged } from "../../server/asterisk/config-writer.ts";
import {
  type Asterisk,
  type AsteriskProgram,
  asteriskDirectories,
  makeAsteriskDirectories,
  startAsterisk,
} from "../../server/asterisk/daemon.ts";
import { JOURNAL_FILE } from "../../server/asterisk/names.ts";
import type { AsteriskInstance } from "../../server/asterisk/render/instance.ts";
import { EMPTY_CONFIG, renderHouseFiles } from "../../server/asterisk/render/render.ts";
import { type Log, openLog } from "../../server/log.ts";
import type { TelephonyConfig } from "../../server/telephony-config.ts";
import { freePort } from "./free-port.ts";

export interface AsteriskRigOptions {
  config?: TelephonyConfig;
  home?: string;
  node?: string;
  tls?: AsteriskInstance["tls"];
  log?: Log;
}

/** A real Asterisk in a home of its own, configured by the product's own renderer. */
export interface AsteriskRig {
  readonly home: string;
  readonly instance: AsteriskInstance;
  readonly sipPort: number;
  readonly journalFile: string;
  console(command: string): Promise<string>;
  /** Lines of Asterisk's log that are warnings or errors. */
  complaints(): string[];
  journal(): string;
  /** Ends Asterisk at once, as a crash would, and starts it again. */
  restart(): Promise<void>;
  /** Stops Asterisk and removes its home. */
  stop(): Promise<void>;
}

export async function startAsteriskRig(options: AsteriskRigOptions = {}): Promise<AsteriskRig> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "perch-rig-"));
  const log = options.log ?? openLog({ level: "silent" });
  const { program } = await locateAsterisk(null, () => {});
  const instance = await rigInstance(home, program, options);
  const { directories } = instance;
  makeAsteriskDirectories(directories);
  await writeBootFiles(instance);
  await writeChanged(directories.etc, renderHouseFiles(instance, options.config ?? EMPTY_CONFIG));
  const start = (): Promise<Asterisk> => startAsterisk({ home, program, log });
  let asterisk = await start();
  const read = (name: string) => {
    const file = join(directories.log, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  return {
    home,
    instance,
    sipPort: instance.sip.port,
    journalFile: join(directories.log, JOURNAL_FILE),
    console: (command) => asterisk.console(command),
    complaints: () =>
      read("messages")
        .split("\n")
        .filter((line) => /\b(WARNING|ERROR)\b/.test(line)),
    journal: () => read(JOURNAL_FILE),
    async restart() {
      process.kill(asterisk.pid, "SIGKILL");
      while (asterisk.isRunning()) await new Promise((resolve) => setTimeout(resolve, 10));
      asterisk = await start();
    },
    async stop() {
      await asterisk.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function rigInstance(
  home: string,
  program: AsteriskProgram,
  options: AsteriskRigOptions,
): Promise<AsteriskInstance> {
  return {
    node: options.node ?? "rig",
    directories: asteriskDirectories(home, program),
    sip: { listen: "127.0.0.1", port: await freePort() },
    tls: options.tls ?? null,
    // Below the ports that systems hand out, so that other programs rarely sit there.
    rtp: { first: 16_000, last: 31_999 },
    manager: { port: await freePort(), username: "perch", secret: randomBytes(18).toString("hex") },
    voice: { port: await freePort(), secret: randomBytes(18).toString("hex") },
  };
}
