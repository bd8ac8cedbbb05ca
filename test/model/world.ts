import type pg from "pg";
import { pino } from "pino";
import type { Settings } from "../../contract/settings.ts";
import type { Clock } from "../../server/clock.ts";
import { isOutage } from "../../server/db/outage.ts";
import type { Database } from "../../server/db/pool.ts";
import type { House } from "../../server/house.ts";
import { Refusal } from "../../server/refusal.ts";
import type { OpenSession } from "../../server/sessions/open-session-store.ts";
import { type HandClock, handClock } from "../hand-clock.ts";
import type { Exchange, ExchangeWatch } from "./exchange.ts";
import type { Moods } from "./exchange-link.ts";
import { type Furniture, furnishWorld } from "./furniture.ts";
import { createPaperExchange } from "./paper-exchange.ts";
import { createPausePromises, type PromisedCause } from "./pause-promises.ts";
import { refusalWrongs } from "./refusal-wrongs.ts";
import { createRingWatch } from "./ring-watch.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { startWorldServer } from "./world-server.ts";

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
  act(what: string, work: (services: House["services"]) => unknown): Promise<void>;
  /** Asks for a pause; once it is answered with yes nothing may ring him. */
  pause(
    what: string,
    cause: PromisedCause,
    work: (services: House["services"]) => Promise<OpenSession | Refusal>,
  ): void;
  /** Asks for the end of one. */
  unpause(what: string, cause: PromisedCause, agentId: number, work: (services: House["services"]) => unknown): void;
  /** Lets something happen some time from now, in the middle of whatever is under way. */
  happens(work: () => unknown): Promise<void>;
  /** Acts that have not been answered. */
  pending(): string[];
  /** Kills the server in the middle of whatever is under way, and starts another. */
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

/** Makes a telephone system for a world. */
export type OtherExchange = (of: { schedule: Schedule; clock: Clock; watch: ExchangeWatch }) => Promise<Exchange>;

/** So many others may go on before something happens: about as many as an act has words to say. */
const LATEST_TURN = 50;

/** Furnishes and starts it. */
export async function startWorld(options: {
  pool: pg.Pool;
  /** The same, past everything. */
  db: Database;
  seed: number;
  moods: Moods;
  settings: Partial<Settings>;
  /** Another telephone system than one on paper. */
  exchange?: OtherExchange | undefined;
}): Promise<World> {
  const { pool, db, moods } = options;
  const furniture = await furnishWorld(db, options.settings);
  const clock = handClock();
  const schedule = createSchedule(options.seed);
  const wrongs: string[] = [];
  const story: string[] = [];
  const tally = new Map<string, number>();
  const acts = new Set<string>();
  const promises = createPausePromises();
  const watch = createRingWatch({ db, schedule, promises, wrongs, calm: () => acts.size === 0 });
  const exchange =
    (await options.exchange?.({ schedule, clock, watch })) ??
    createPaperExchange({ schedule, now: clock.now, moods, watch });
  const log = logInto(story, wrongs);
  const startServer = () => startWorldServer({ pool, schedule, exchange, clock, log });
  let server = await startServer();
  let databaseIsAway = false;
  let troubled = false;
  let seenTroubles = 0;
  let number = 0;

  const answered = (name: string, what: string, outcome: string, answer: unknown) => {
    const key = `${what.replaceAll(/(agent|desk|queue)[ -]\d+/g, "$1")}: ${outcome}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    story.push(`  ${name}: ${outcome === "failed" ? `failed, ${answer}` : inWords(answer)}`);
    if (answer instanceof Refusal) wrongs.push(...refusalWrongs(answer).map((wrong) => `${name}: ${wrong}`));
  };
  const act: World["act"] = async (what, work) => {
    number += 1;
    const name = `${number} ${what}`;
    const { mortal, house } = server;
    acts.add(name);
    story.push(`  ${name} …`);
    try {
      const answer = await mortal.live(schedule.run(() => {}).then(() => work(house.services)));
      answered(
        name,
        what,
        answer instanceof Refusal ? `${answer.code} ${answer.facts.why ?? ""}`.trim() : "done",
        answer,
      );
    } catch (error) {
      answered(name, what, "failed", error);
      if (!isOutage(error)) wrongs.push(`${name} failed: ${error instanceof Error ? error.stack : error}`);
    } finally {
      acts.delete(name);
    }
  };
  const happens: World["happens"] = async (work) => {
    for (let turns = schedule.draw(LATEST_TURN); turns > 0; turns -= 1) await schedule.run(() => {});
    await schedule.run(work).catch((error: unknown) => wrongs.push(`it could not happen: ${error}`));
  };
  return {
    ...{ furniture, exchange, schedule, clock, db, wrongs, story, tally, act, happens },
    get services() {
      return server.house.services;
    },
    pause: (what, cause, work) =>
      act(what, async (services) => {
        const { troubles } = exchange;
        const wasUp = server.telephony.status === "up";
        const answer = await work(services);
        // With the link down it is written, and true as soon as there is one.
        const isTold = wasUp && exchange.troubles === troubles;
        if (isTold && !(answer instanceof Refusal)) promises.given(answer, cause);
        return answer;
      }),
    async unpause(what, cause, agentId, work) {
      const over = promises.lifting(agentId, cause);
      await act(what, work);
      over();
    },
    pending: () => [...acts],
    async restart() {
      await happens(() => {
        story.push("  the server is killed");
        server.kill();
        acts.clear();
        promises.nothingIsUnderWay();
        troubled = true;
        // A start waits for the database.
        databaseIsAway = false;
      });
      server = await startServer();
    },
    databaseAway() {
      story.push("  the database is away");
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
      const were = exchange.troubles > seenTroubles || troubled || databaseIsAway;
      seenTroubles = exchange.troubles;
      troubled = databaseIsAway;
      return were;
    },
    async end() {
      server.kill();
      await schedule.quiet();
    },
  };
}

/** What the server says of itself is part of the story; some of it may never be said. */
function logInto(story: string[], wrongs: string[]) {
  const write = (line: string) => {
    const { msg, why, err }: { msg: string; why?: string; err?: { message: string; stack: string } } = JSON.parse(line);
    story.push(`    log: ${msg} ${why ?? err?.message ?? ""}`);
    if (/a listener of the hub failed/.test(msg)) wrongs.push(`${msg}: ${err?.stack}`);
  };
  return pino({ level: "warn" }, { write });
}

function inWords(answer: unknown): string {
  if (answer instanceof Refusal) return `${answer.code}: ${answer.title}`;
  if (typeof answer === "object" && answer !== null && "causes" in answer && "telephone" in answer) {
    const { telephone, causes } = answer as { telephone: { name: string }; causes: { cause: string }[] };
    return `on ${telephone.name} [${causes.map(({ cause }) => cause).join(", ")}]`;
  }
  return JSON.stringify(answer) ?? "done";
}
