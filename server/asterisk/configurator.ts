import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Answer } from "../telephony.ts";
import type { TelephonyConfig } from "../telephony-config.ts";
import { Ami } from "./ami.ts";
import { writeChanged } from "./config-writer.ts";
import { type ConfigFile, Unrenderable } from "./render/conf.ts";
import type { AsteriskInstance } from "./render/instance.ts";
import { MODULES } from "./render/modules.ts";
import { RELOADED, renderHouseFiles } from "./render/render.ts";

/** Which file contents Asterisk has confirmed to have read, so that a crash between writing and reloading heals. */
const APPLIED = "applied.json";
const RELOAD_TIMEOUT_MS = 60_000;
const LINK_TIMEOUT_MS = 5_000;
type Applied = Record<string, string>;

type Configured = Answer & { nothingNew?: true };

export interface Configurator {
  configure(config: TelephonyConfig): Promise<Configured>;
  stop(): Promise<void>;
}

/** One round at a time; configurations that come meanwhile share the next one, and only the last of them is written. */
export function createConfigurator(deps: {
  /** Whether Asterisk is there to be told. */
  isUp(): boolean;
  instance: AsteriskInstance;
  /** Where voice dialogues are taken now. */
  voicePort(): number;
  clock: Clock;
  log: Log;
}): Configurator {
  const { isUp, instance, voicePort, clock, log } = deps;
  const { etc } = instance.directories;
  let wanted: TelephonyConfig | null = null;
  let waiting: { resolve(answer: Configured): void; reject(error: unknown): void }[] = [];
  let running: Promise<void> | null = null;

  const apply = async (config: TelephonyConfig): Promise<Configured> => {
    let files: ConfigFile[];
    try {
      const voice = { ...instance.voice, port: voicePort() };
      files = renderHouseFiles({ ...instance, voice }, config);
    } catch (error) {
      if (!(error instanceof Unrenderable)) throw error;
      return { ok: false, why: `cannot be written into a configuration: ${error.message}` };
    }
    await writeChanged(etc, files);
    const applied = await readApplied(join(etc, APPLIED));
    const stale = files
      .map(({ name, text }) => ({ name, digest: digestOf(text) }))
      .filter(({ name, digest }) => applied[name] !== digest);
    const modules = digestOf(MODULES.join());
    if (stale.length === 0 && applied.modules === modules) return { ok: true, nothingNew: true };
    if (!isUp()) return { ok: false, why: "written, but Asterisk is not there to read it", gone: true };
    const link = await openReloadLink(instance, clock, log);
    try {
      if (applied.modules !== modules) {
        const answer = await loadMissing(link, log);
        if (!answer.ok) return answer;
        applied.modules = modules;
        await writeChanged(etc, [{ name: APPLIED, text: `${JSON.stringify(applied)}\n` }]);
      }
      for (const { name, digest } of stale) {
        const module = RELOADED[name];
        const reply = await link.action("Reload", { Module: module });
        if (!reply.ok) return { ...reply, why: `${module} was not reloaded: ${reply.why}` };
        log.info({ module }, "Asterisk has read its new configuration");
        applied[name] = digest;
        await writeChanged(etc, [{ name: APPLIED, text: `${JSON.stringify(applied)}\n` }]);
      }
      return { ok: true };
    } finally {
      link.stop();
    }
  };

  const run = async () => {
    while (wanted !== null) {
      const config = wanted;
      const served = waiting;
      wanted = null;
      waiting = [];
      try {
        const answer = await apply(config);
        for (const { resolve } of served) resolve(answer);
      } catch (error) {
        for (const { reject } of served) reject(error);
      }
    }
    running = null;
  };

  return {
    configure(config) {
      wanted = config;
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        running ??= Promise.resolve().then(run);
      });
    },
    async stop() {
      await running;
    },
  };
}

/**
 * A link of its own: 10,000 telephones are read in two seconds, and a link tells no event while its action lasts.
 * Answers when it is up or has had its time; an action on one that is down is answered `gone`.
 */
function openReloadLink(instance: AsteriskInstance, clock: Clock, log: Log): Promise<Ami> {
  return new Promise((resolve) => {
    const link = new Ami({
      ...instance.manager,
      host: "127.0.0.1",
      clock,
      log,
      withoutEvents: true,
      actionTimeoutMs: RELOAD_TIMEOUT_MS,
      silenceMs: RELOAD_TIMEOUT_MS,
      onEvent: () => {},
      onUp: () => resolve(link),
      onDown: () => {},
    });
    clock.after(LINK_TIMEOUT_MS, () => resolve(link));
    link.start();
  });
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * An Asterisk that outlived an older Perch has not loaded what the dial plan needs by now, and reads its list of
 * modules only when it starts. One that cannot be loaded is said in the log; the rest goes on.
 */
async function loadMissing(link: Ami, log: Log): Promise<Answer> {
  for (const module of MODULES) {
    const there = await link.action("ModuleCheck", { Module: module.replace(/\.so$/, "") });
    const answer = there.ok ? there : await link.action("ModuleLoad", { Module: module, LoadType: "load" });
    if (answer.ok) continue;
    if (answer.gone === true) return { ok: false, why: answer.why, gone: true };
    log.warn({ module, why: answer.why }, "a module of Asterisk could not be loaded");
  }
  return { ok: true };
}

async function readApplied(path: string): Promise<Applied> {
  try {
    const read: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof read === "object" && read !== null ? (read as Applied) : {};
  } catch {
    return {}; // none yet, or damaged: then all is reloaded once
  }
}
