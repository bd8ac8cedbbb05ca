import type pg from "pg";
import { journalLanguage } from "../../server/asterisk/journal-line.ts";
import type { Clock } from "../../server/clock.ts";
import { databaseOn } from "../../server/db/pool.ts";
import { buildHouse, type House } from "../../server/house.ts";
import type { Log } from "../../server/log.ts";
import type { SecretBox } from "../../server/staff/secret-box.ts";
import type { Telephony } from "../../server/telephony.ts";
import { silentHands } from "../fakes/silent-hands.ts";
import { silentRecording } from "../fakes/silent-recording.ts";
import { silentTestCalls } from "../fakes/silent-test-calls.ts";
import { createDatabaseLine, type DatabaseLine } from "./database-line.ts";
import type { Exchange } from "./exchange.ts";
import { createMortal, type Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

/** A server of a world, as whole as it is built, without what serves HTTP and reads journals. */
export interface WorldServer {
  readonly mortal: Mortal;
  readonly line: DatabaseLine;
  readonly house: House;
  readonly telephony: Telephony;
  /** As `kill -9`, wherever it stands. */
  kill(): void;
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

/** Starts one; answers when it is open. */
/** Files are no part of these lives. */
const WITHOUT = new Set([
  "journal",
  "recordings",
  "pauses of recordings",
  "retention of recordings",
  "voices of prompts",
  "prompts that are said",
]);

export async function startWorldServer(world: {
  pool: pg.Pool;
  schedule: Schedule;
  exchange: Exchange;
  clock: Clock;
  log: Log;
}): Promise<WorldServer> {
  const mortal = createMortal();
  const line = createDatabaseLine(world.pool, world.schedule, mortal);
  const telephony = world.exchange.lineFor(mortal);
  const house = await buildHouse({
    ...{ db: databaseOn(line), clock: clockOf(world.clock, mortal), log: world.log },
    ...{ telephony, hands: silentHands, testCalls: silentTestCalls, secrets: openSecrets, journal: silentJournal },
    ...{ recording: silentRecording, voices: { programs: { sox: null, speech: null }, folder: "/nowhere" } },
    ...{ node: "model", version: "0.0.0", desktop: null },
    registrar: { host: "127.0.0.1", port: 5060, tlsPort: null },
  });
  await house.services.settings.load();
  for (const part of house.parts) if (!WITHOUT.has(part.name)) await part.start();
  house.services.health.opened();
  const kill = () => {
    mortal.die();
    line.abandon();
  };
  return { mortal, line, house, telephony, kill };
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
