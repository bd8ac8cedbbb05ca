import type { Member } from "../../server/telephony.ts";
import { type OpenTruth, readLeftovers, readOpen, readWrongs } from "./truth.ts";
import type { World } from "./world.ts";

/** The places in queues that the open sessions ask for, and those there are: what differs, in words. */
export function memberWrongs(open: OpenTruth[], members: Member[]): string[] {
  const wanted = new Map(
    open.flatMap((session) =>
      session.queueIds.map((queueId): [string, string] => [
        `${session.endpoint} in queue ${queueId}`,
        `${session.agentName}, ${session.holds.length === 0 ? "ready" : "paused"}`,
      ]),
    ),
  );
  const found = new Map(
    members.map(({ endpoint, queueId, agentName, paused }): [string, string] => [
      `${endpoint} in queue ${queueId}`,
      `${agentName}, ${paused ? "paused" : "ready"}`,
    ]),
  );
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((place) => {
    const [want, have] = [wanted.get(place) ?? "nobody", found.get(place) ?? "nobody"];
    return want === have ? [] : [`${place} should be ${want}, and is ${have}`];
  });
}

/** A member that rings although nobody there is ready: what must never stand once things are at rest. */
function ringsWrongly(open: OpenTruth[], members: Member[]): string[] {
  const ready = new Set(open.filter(({ holds }) => holds.length === 0).map(({ endpoint }) => endpoint));
  return members
    .filter(({ endpoint, paused }) => !paused && !ready.has(endpoint))
    .map(({ endpoint, queueId }) => `${endpoint} can be rung from queue ${queueId}, and nobody is ready there`);
}

/** What should have happened by now and has not. */
function overdue(world: World, open: OpenTruth[]): string[] {
  const now = world.clock.now().getTime();
  const { disconnectionTimeoutMinutes } = world.services.settings.current();
  return open.flatMap(({ sessionId, endpoint, allowed, ending, due, unattendedSince }) => {
    const wrongs: string[] = [];
    const onCall = [...world.exchange.legs.values()].some(
      (leg) => leg.endpoint === endpoint && (leg.direction === "from-telephone" || leg.answeredAt !== null),
    );
    if (!allowed && !onCall) wrongs.push(`session ${sessionId} goes on, and its agent or telephone is gone`);
    if (ending !== null && !onCall)
      wrongs.push(`session ${sessionId} was to end with its call (${ending}), and goes on`);
    for (const { what, at } of due) {
      if (at.getTime() < now) wrongs.push(`${what} at ${endpoint} is over and stands`);
    }
    const left = unattendedSince === null || disconnectionTimeoutMinutes === null ? null : unattendedSince.getTime();
    if (left !== null && !onCall && left + (disconnectionTimeoutMinutes ?? 0) * 60_000 < now) {
      wrongs.push(`session ${sessionId} is unattended for longer than the disconnection timeout`);
    }
    return wrongs;
  });
}

/** So long may reconciling take after trouble; the rounds are 1, 2, 5, 15, 60 and 180 s apart. */
const AFTER_TROUBLE_S = [1, 1, 1, 2, 5, 15, 60, 180, 180, 180];
/** Without any trouble an act that crossed another one's is looked at again at once. */
const AFTER_NOTHING_S = [1, 2];

/** So long may a telephone wait for the desktop of who asked for it, after a start. */
const ASKER_BACK_S = 60;

/** Lets everything come to rest, and says what is not as it must be then. */
export async function restWrongs(world: World): Promise<string[]> {
  const { schedule, exchange, clock, db } = world;
  await schedule.quiet();
  const soon = [...world.wrongs, ...(await readWrongs(db))];
  if (soon.length > 0) return soon;
  let troubled = world.troubles();
  const reachable = () => exchange.running && world.isLinked() && !world.databaseIsAway;
  if (!reachable()) return [];
  const look = async () => {
    const open = await readOpen(db);
    const members = await exchange.members();
    return {
      ringing: ringsWrongly(open, members),
      others: [...memberWrongs(open, members), ...overdue(world, open), ...(await readLeftovers(db))],
    };
  };
  let seen = await look();
  if (!troubled && seen.ringing.length > 0) return seen.ringing;
  for (let round = 0; ; round += 1) {
    if (seen.ringing.length + seen.others.length + world.pending().length === 0) break;
    // What reconciling asks for can be refused too.
    troubled ||= world.troubles();
    const seconds = (troubled ? AFTER_TROUBLE_S : AFTER_NOTHING_S)[round];
    if (seconds === undefined) break;
    clock.advance(seconds * 1000);
    await schedule.quiet();
    if (!reachable()) return world.wrongs;
    seen = await look();
  }
  // Who asked for a telephone and is away may come back for so long; then it came to nothing.
  const hangsOnAsker = seen.others.length > 0 && seen.others.length === (await readLeftovers(db)).length;
  if (hangsOnAsker && seen.ringing.length === 0) {
    clock.advance(ASKER_BACK_S * 1000);
    await schedule.quiet();
    if (!reachable()) return world.wrongs;
    seen = await look();
  }
  const waiting = world.pending().map((act) => `${act}: never answered`);
  return [...world.wrongs, ...seen.ringing, ...seen.others, ...waiting, ...(await readWrongs(db))];
}
