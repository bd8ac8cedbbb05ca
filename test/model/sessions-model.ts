import fc from "fast-check";
import type { Settings } from "../../contract/settings.ts";
import { migrate } from "../../server/db/migrate.ts";
import { databaseOn, openPool } from "../../server/db/pool.ts";
import { testDatabase } from "../database.ts";
import { AGENTS } from "./furniture.ts";
import { restWrongs } from "./invariants.ts";
import { type Moment, moments, perform } from "./steps.ts";
import { type OtherExchange, startWorld, type World } from "./world.ts";

/** Where a run begins, and what happens in it. */
interface Life {
  seed: number;
  moods: { refuses: number; drops: number };
  settings: Partial<Settings>;
  /** How many agents sit at their telephones at the beginning. */
  seated: number;
  moments: Moment[];
}

const life: fc.Arbitrary<Life> = fc.record({
  seed: fc.integer(),
  moods: fc.constantFrom({ refuses: 0, drops: 0 }, { refuses: 0.05, drops: 0 }, { refuses: 0.03, drops: 0.02 }),
  settings: fc.record({
    disconnectionTimeoutMinutes: fc.constantFrom(1, 15, null),
    startPaused: fc.constantFrom(false, false, true),
    secondLogin: fc.constantFrom("resume" as const, "refuse" as const, "end-other" as const),
    takeoverByAsking: fc.constantFrom(true, true, false),
    missedCallsBeforeSuspend: fc.constantFrom(3, 1, null),
    failedCallsBeforeSuspend: fc.constantFrom(2, 1, null),
  }),
  // More often all of them than any other number: most of what may go wrong goes wrong with people who work.
  seated: fc.nat(AGENTS + 3).map((many) => Math.min(many, AGENTS)),
  moments,
});

/** Which lives: as many, from a seed; of one that failed before, the path to it. */
export interface Lives {
  runs: number;
  seed: number;
  path?: string | undefined;
  /** Another telephone system than one on paper: one life at a time. */
  exchange?: OtherExchange | undefined;
  /** Is told after each life how many have been lived. */
  onLife?: ((lived: number) => void) | undefined;
}

/** Lives beside each other in one process: while one waits for the database, another one goes on. */
const LANES = 4;
/** How often a life that failed is made shorter, and for how long, at most. */
const MOST_SHRINKS = Number(process.env.PERCH_MODEL_SHRINKS ?? 300);
const LONGEST_SHRINKING_MS = 60_000;

/**
 * Random lives, each in a house of its own. A failing one is shortened, told, and can be lived again. Answers how often
 * which act was answered how.
 */
export async function runLives({ onLife, ...lives }: Lives): Promise<Map<string, number>> {
  const { runs, seed, path, exchange } = lives;
  const tally = new Map<string, number>();
  let lived = 0;
  const lifeEnded = () => {
    lived += 1;
    onLife?.(lived);
  };
  if (path !== undefined || exchange !== undefined) {
    await runLane({ ...lives, onLife: lifeEnded }, tally);
    return tally;
  }
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    runLane({ runs: Math.ceil(runs / LANES), seed: seed + lane, onLife: lifeEnded }, tally).catch((error: unknown) => {
      // At once: the other lanes may go on for an hour.
      process.stdout.write(`${error}\n`);
      throw error;
    }),
  );
  const ends = await Promise.allSettled(lanes);
  const failed = ends.filter((end) => end.status === "rejected").map(({ reason }) => reason);
  if (failed.length > 0)
    throw failed.length === 1 ? failed[0] : new AggregateError(failed, failed.map(String).join("\n\n"));
  return tally;
}

/** One life after the other in a database of their own. */
async function runLane(
  { runs, seed, path, exchange, onLife }: Omit<Lives, "onLife"> & { onLife: () => void },
  tally: Map<string, number>,
): Promise<void> {
  const place = await testDatabase();
  const pool = openPool(place.url, { max: 40, onError: () => {} });
  let first: string[] | null = null;
  let shrinks = 0;
  let shrinkUntil = Number.POSITIVE_INFINITY;
  try {
    const db = databaseOn(pool);
    await migrate(db);
    let story: string[] = [];
    const property = fc.asyncProperty(life, async (one) => {
      if (first !== null) {
        shrinks += 1;
        // Saying yes to all that is shorter ends the shortening.
        if (shrinks > MOST_SHRINKS || performance.now() > shrinkUntil) return;
      }
      const world = await startWorld({ pool, db, ...one, exchange });
      try {
        const wrongs = await live(world, one).catch((error: unknown) => [String(error)]);
        if (wrongs.length === 0) return;
        if (first === null) shrinkUntil = performance.now() + LONGEST_SHRINKING_MS;
        first ??= wrongs;
        story = world.story;
        throw new Error(wrongs.join("\n"));
      } finally {
        for (const [what, times] of world.tally) tally.set(what, (tally.get(what) ?? 0) + times);
        await world.end();
        onLife();
      }
    });
    const result = await fc.check(property, {
      ...{ numRuns: runs, seed },
      ...(path === undefined ? {} : { path, endOnFailure: true }),
    });
    if (!result.failed) return;
    const cause = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance);
    throw new Error(
      [
        cause,
        `Again: PERCH_MODEL_SEED=${result.seed} PERCH_MODEL_PATH=${result.counterexamplePath} ./perch test model`,
        `Shortened ${result.numShrinks} times: ${JSON.stringify(result.counterexample?.[0])}`,
        "What happened:",
        ...story,
      ].join("\n"),
    );
  } finally {
    await pool.end();
    await place.drop();
  }
}

async function live(world: World, { seated, moments: all }: Life): Promise<string[]> {
  await world.schedule.quiet();
  for (const { endpoint } of world.furniture.telephones) await world.exchange.register(endpoint, true);
  await world.schedule.quiet();
  for (const [index, agentId] of world.furniture.agents.slice(0, seated).entries()) {
    const telephoneId = world.furniture.telephones[index]?.id ?? 0;
    world.services.desktops.came(agentId);
    void world.act(`agent ${agentId} sits down`, ({ sessions }) => sessions.login(agentId, { telephoneId }));
  }
  await world.schedule.quiet();
  for (const [index, { steps, rest }] of all.entries()) {
    world.story.push(`moment ${index + 1}${rest ? "" : ", without rest"}: ${steps.map(({ kind }) => kind).join(", ")}`);
    for (const step of steps) {
      const done = perform(world, step);
      // A server that starts is waited for: the next step asks it.
      if (step.kind === "server-killed") await done;
    }
    if (!rest) continue;
    const wrongs = await restWrongs(world);
    if (wrongs.length > 0) return wrongs;
  }
  await world.schedule.quiet();
  world.story.push("the end: everything works again");
  world.exchange.behave();
  world.databaseBack();
  world.exchange.link();
  return restWrongs(world);
}
