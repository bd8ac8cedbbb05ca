import type pg from "pg";
import { pino } from "pino";
import type { Settings } from "../../contract/settings.ts";
import { journalLanguage } from "../../server/asterisk/journal-line.ts";
import type { Clock } from "../../server/clock.ts";
import { isOutage } from "../../server/db/outage.ts";
import { type Database, databaseOn } from "../../server/db/pool.ts";
import { buildHouse, type House } from "../../server/house.ts";
import { Refusal } from "../../server/refusal.ts";
import type { SecretBox } from "../../server/staff/secret-box.ts";
import { silentTestCalls } from "../fakes/silent-test-calls.ts";
import { type HandClock, handClock } from "../hand-clock.ts";
import { createDatabaseLine, type DatabaseLine } from "./database-line.ts";
import { createExchange, type Exchange, type Moods } from "./exchange.ts";
import { type Furniture, furnishWorld } from "./furniture.ts";
import { createMortal, type Mortal } from "./mortal.ts";
import { refusalWrongs } from "./refusal-wrongs.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { holdsAt } from "./truth.ts";

/** Everything about one run: a house over a real database, a telephone system, time, and what went wrong until now. */
export interface World {
  readonly furniture: Furniture;
  readonly exchange: Exchange;
  readonly schedule: Schedule;
  readonly clock: HandClock;
  /** Past all services and all trouble. */
  readonly db: Database;
  readonly services: House["services"];
  /** Violations of what must hold at every instant. */
  readonly wrongs: string[];
  /** What was done and answered, in order: printed with a failure. */
  readonly story: string[];
  /** How often which act was answered how. */
  readonly tally: Map<string, number>;
  /** Does something in a person's name, at some instant from now; what it answers is looked at. */
  act(what: string, work: (services: House["services"]) => unknown): Promise<unknown>;
  /** Acts that have not been answered. */
  pending(): string[];
  /** Kills the server where it stands, and starts another. */
  restart(): Promise<void>;
  databaseAway(): void;
  databaseBack(): void;
  readonly databaseIsAway: boolean;
  /** The server that runs now hears the telephone system. */
  isLinked(): boolean;
  /** Whether anything failed that may leave differences to be reconciled. */
  troubles(): boolean;
  end(): Promise<void>;
}

const silentJournal = {
  source: {
    next: () => new Promise<never>(() => {}),
    resume: () => {},
    unreadBytes: () => 0,
    tidy: async () => {},
    wake: () => {},
    stop: () => {},
  },
  language: journalLanguage,
  holds: { onEvent: () => {}, onLegsFound: () => {} },
};
const openSecrets: SecretBox = { seal: (text) => text, open: (text) => text };

/** Furnishes and starts it. */
export async function startWorld(options: {
  pool: pg.Pool;
  seed: number;
  moods: Moods;
  settings: Partial<Settings>;
  /** Another telephone system than one on paper. */
  exchange?: ((schedule: Schedule) => Exchange) | undefined;
}): Promise<World> {
  const db = databaseOn(options.pool);
  const furniture = await furnishWorld(db, options.settings);
  const clock = handClock();
  const schedule = createSchedule(options.seed);
  const wrongs: string[] = [];
  const story: string[] = [];
  const tally = new Map<string, number>();
  const acts = new Set<string>();
  let troubled = false;

  const released = async (endpoint: string) => {
    const holds = await holdsAt(db, endpoint);
    if (holds === null) wrongs.push(`${endpoint} was set ready in its queues, and nobody holds it`);
    else if (holds.length > 0) wrongs.push(`${endpoint} was set ready with ${holds.join(", ")} open`);
  };
  const exchange =
    options.exchange?.(schedule) ?? createExchange({ schedule, now: clock.now, moods: options.moods, released });
  const log = pino(
    { level: "warn" },
    {
      write(line: string) {
        const { msg, why, err }: { msg: string; why?: string; err?: { message: string; stack: string } } =
          JSON.parse(line);
        story.push(`    log: ${msg} ${why ?? err?.message ?? ""}`);
        if (/a listener of the hub failed/.test(msg)) wrongs.push(`${msg}: ${err?.stack}`);
      },
    },
  );

  const startServer = async () => {
    const mortal = createMortal();
    const line = createDatabaseLine(options.pool, schedule, mortal);
    const house = await buildHouse({
      ...{
        db: databaseOn(line),
        clock: clockOf(clock, mortal),
        log,
        telephony: exchange.lineFor(mortal),
        testCalls: silentTestCalls,
      },
      ...{ secrets: openSecrets, journal: silentJournal, node: "model", version: "0.0.0", desktop: null },
      registrar: { host: "127.0.0.1", port: 5060, tlsPort: null },
    });
    await house.services.settings.load();
    for (const part of house.parts) if (part.name !== "journal") await part.start();
    house.services.health.opened();
    return { mortal, line, house };
  };
  let server: { mortal: Mortal; line: DatabaseLine; house: House } = await startServer();
  let databaseIsAway = false;
  let number = 0;

  const kill = () => {
    server.mortal.die();
    server.line.abandon();
  };
  const count = (what: string, outcome: string) => {
    const key = `${what.replaceAll(/(agent|desk|queue)[ -]\d+/g, "$1")}: ${outcome}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  };
  const answered = (name: string, what: string, answer: unknown) => {
    count(what, answer instanceof Refusal ? `${answer.code} ${answer.facts.why ?? ""}`.trim() : "done");
    story.push(`  ${name}: ${inWords(answer)}`);
    if (answer instanceof Refusal) wrongs.push(...refusalWrongs(answer).map((wrong) => `${name}: ${wrong}`));
  };
  return {
    ...{ furniture, exchange, schedule, clock, db, wrongs, story, tally },
    get services() {
      return server.house.services;
    },
    async act(what, work) {
      number += 1;
      const name = `${number} ${what}`;
      const { mortal, house } = server;
      acts.add(name);
      story.push(`  ${name} …`);
      try {
        const answer = await mortal.live(schedule.run(() => {}).then(() => work(house.services)));
        answered(name, what, answer);
        return answer;
      } catch (error) {
        story.push(`  ${name}: failed, ${error}`);
        count(what, "failed");
        if (!isOutage(error)) wrongs.push(`${name} failed: ${error instanceof Error ? error.stack : error}`);
        return null;
      } finally {
        acts.delete(name);
      }
    },
    pending: () => [...acts],
    async restart() {
      kill();
      acts.clear();
      troubled = true;
      // A start waits for the database.
      databaseIsAway = false;
      server = await startServer();
    },
    databaseAway() {
      databaseIsAway = true;
      troubled = true;
      server.line.away();
    },
    databaseBack() {
      databaseIsAway = false;
      server.line.back();
    },
    get databaseIsAway() {
      return databaseIsAway;
    },
    isLinked: () => server.house.services.health.read().asterisk === "up",
    troubles() {
      const were = exchange.troubles() || troubled || databaseIsAway;
      troubled = databaseIsAway;
      return were;
    },
    async end() {
      kill();
      await schedule.quiet();
    },
  };
}

/** A killed server's timers do not fire. */
function clockOf(clock: Clock, mortal: Mortal): Clock {
  return {
    now: clock.now,
    after: (ms, act) =>
      clock.after(ms, () => {
        if (!mortal.dead) act();
      }),
  };
}

function inWords(answer: unknown): string {
  if (answer instanceof Refusal) return `${answer.code}: ${answer.title}`;
  if (typeof answer === "object" && answer !== null && "causes" in answer && "telephone" in answer) {
    const { telephone, causes } = answer as { telephone: { name: string }; causes: { cause: string }[] };
    return `on ${telephone.name} [${causes.map(({ cause }) => cause).join(", ")}]`;
  }
  return JSON.stringify(answer) ?? "done";
}
