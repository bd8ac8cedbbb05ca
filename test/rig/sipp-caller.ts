import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePrograms, program } from "../../cli/programs.ts";
import { end, endsWithUs } from "./children.ts";
import { freePort } from "./free-port.ts";
import { answeringScenario, callingScenario } from "./sipp-scenario.ts";

/** What a caller saw, in the order it came: `ringing`, `answered`, `their-bye`, `our-bye`, `refused 486` … */
export type CallerSaw = { what: string; at: Date };

export interface SippParty {
  readonly port: number;
  readonly saw: readonly CallerSaw[];
  has(what: string): boolean;
  /** Hangs up, or gives up while it rings. */
  hangUp(): void;
  /** Settles when the call is over and the program has ended. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

export interface CallerOptions {
  server: { host: string; port: number };
  /** The number called. */
  to: string;
  from: { number: string; name?: string };
  /** Its own address and port, by which a trunk knows it. */
  address?: string;
  port?: number;
  /** Hangs up so long after the answer; null talks until the other side hangs up or `hangUp`. */
  talkMs?: number | null;
  /** Gives up when nobody has answered for so long; null waits. */
  patienceMs?: number | null;
}

/** A caller from outside: one SIPp process, one call, through a trunk. */
export function startCaller(options: CallerOptions): Promise<SippParty> {
  const { server, to } = options;
  return startSipp(
    options.address ?? "127.0.0.1",
    options.port,
    callingScenario({ from: options.from, talkMs: options.talkMs ?? null, patienceMs: options.patienceMs ?? null }),
    [`${server.host}:${server.port}`, "-s", to, "-m", "1"],
  );
}

export interface CalleeOptions {
  address?: string;
  port?: number;
  /** Answers after so long; null lets it ring. */
  answerAfterMs?: number | null;
  /** Refuses with this status (486 is busy) instead of ringing. */
  refuseWith?: number;
  /** Hangs up so long after the answer; null waits for the other side. */
  talkMs?: number | null;
}

/** Somebody outside who can be called: takes one call after the other. */
export function startCallee(options: CalleeOptions = {}): Promise<SippParty> {
  const { answerAfterMs = 0, refuseWith = null, talkMs = null } = options;
  const scenario = { answerAfterMs, refuseWith, talkMs };
  return startSipp(options.address ?? "127.0.0.1", options.port, answeringScenario(scenario), []);
}

async function startSipp(
  address: string,
  askedPort: number | undefined,
  scenario: string,
  args: string[],
): Promise<SippParty> {
  await ensurePrograms(() => {});
  const folder = mkdtempSync(join(tmpdir(), "perch-sipp-"));
  const port = askedPort ?? (await freePort());
  const scenarioFile = join(folder, "scenario.xml");
  const logFile = join(folder, "log");
  writeFileSync(scenarioFile, scenario);
  const sipp = program("sipp");
  const child = spawn(
    sipp.command,
    [
      ...sipp.args,
      ...args,
      ...["-sf", scenarioFile, "-i", address, "-p", String(port), "-mi", address, "-mp", String(await freePort())],
      ...["-rtp_echo", "-nostdin", "-trace_logs", "-log_file", logFile, "-trace_err", "-error_file", `${logFile}.err`],
    ],
    { stdio: "ignore", env: { ...process.env, TERM: "dumb" }, cwd: folder },
  );
  endsWithUs(child);
  return partyOf(child, folder, logFile, port);
}

function partyOf(child: ChildProcess, folder: string, logFile: string, port: number): SippParty {
  let last: CallerSaw[] = [];
  const saw = () => {
    if (existsSync(logFile)) last = parseLog(readFileSync(logFile, "utf8"));
    return last;
  };
  const done = new Promise<void>((resolve) =>
    child.once("exit", () => {
      saw();
      rmSync(folder, { recursive: true, force: true });
      resolve();
    }),
  );
  return {
    port,
    get saw() {
      return saw();
    },
    has: (what) => saw().some((each) => each.what.startsWith(what)),
    hangUp() {
      // The first asks SIPp to start no more calls, the second to end those that are there: BYE or CANCEL.
      child.kill("SIGUSR1");
      child.kill("SIGUSR1");
      setTimeout(() => child.kill("SIGUSR1"), 50).unref();
    },
    done,
    async stop() {
      await end(child);
      await done;
    },
  };
}

/** Lines as the scenario writes them: `what|date time seconds.microseconds`. */
function parseLog(text: string): CallerSaw[] {
  return text.split("\n").flatMap((line) => {
    const match = /([a-z-]+(?: [0-9]{3})?)\|.*?([0-9]{10}\.[0-9]+)/.exec(line);
    return match?.[1] === undefined ? [] : [{ what: match[1], at: new Date(Number(match[2]) * 1000) }];
  });
}
