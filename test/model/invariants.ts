import type { Contact, Member, Seat } from "../../server/telephony.ts";
import { type OpenTruth, type OrphanedRequest, readOpen, readOrphans, readWrongs } from "./truth.ts";
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

/** Who sits where by the open sessions, and what the telephone system keeps of it: what differs, in words. */
export function seatWrongs(open: OpenTruth[], seats: Seat[]): string[] {
  // Of a name only its letters are kept for sure.
  const inWords = (one: Omit<Seat, "endpoint" | "language"> & { language: string | null }) =>
    [one.agentId, one.agentName.replace(/[^\p{L}\p{N}]/gu, ""), one.internal, one.callerId, one.language].join(" ");
  const wanted = new Map(open.map((session) => [session.endpoint ?? "", inWords(session)]));
  const found = new Map(seats.map((seat) => [seat.endpoint, inWords(seat)]));
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((endpoint) => {
    const [want, have] = [wanted.get(endpoint) ?? "nobody", found.get(endpoint) ?? "nobody"];
    return want === have ? [] : [`the seat at ${endpoint} should be ${want}, and is ${have}`];
  });
}

const LINES_OF_CONNECTED = new Set(["there", "returning"]);

/** A telephone that is held for something else than it is, and an agent who is not suspended as it says. */
function phoneWrongs(open: OpenTruth[], contacts: ReadonlyMap<string, Contact>): string[] {
  return open.flatMap(({ endpoint, agentName, line, silent, suspended }) => {
    const connected = contacts.get(endpoint ?? "")?.registered === true;
    const wrongs: string[] = [];
    if (connected !== LINES_OF_CONNECTED.has(line)) {
      wrongs.push(`${endpoint} is ${connected ? "" : "not "}connected, and held for ${line}`);
    }
    if (suspended !== (silent || line === "lost" || line === "returning")) {
      const why = silent ? `${line}, and nobody answers it` : line;
      wrongs.push(`${agentName} is ${suspended ? "" : "not "}suspended, and ${endpoint} is ${why}`);
    }
    return wrongs;
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

/** A request whose holder is gone is carried out at once; only a desktop that is away is waited for. */
function leftOver(world: World, requests: OrphanedRequest[]): string[] {
  return requests
    .filter(({ askerId, askerWatched }) => !askerWatched || world.services.desktops.connected(askerId))
    .map(({ id, answer }) => `request ${id} stands (${answer}), and the session it asks is over`);
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
  const reachable = () => exchange.running && world.isLinked() && !world.databaseIsAway;
  if (!reachable()) return [];
  // What went wrong while nothing could be reached counts from now on.
  let troubled = world.troubles();
  const look = async () => {
    const open = await readOpen(db);
    const members = await exchange.members();
    return {
      ringing: ringsWrongly(open, members),
      others: [
        ...memberWrongs(open, members),
        ...seatWrongs(open, await exchange.seats()),
        ...phoneWrongs(open, exchange.contacts),
        ...overdue(world, open),
        ...leftOver(world, await readOrphans(db)),
      ],
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
  if (seen.ringing.length + seen.others.length === 0 && (await readOrphans(db)).length > 0) {
    clock.advance(ASKER_BACK_S * 1000);
    await schedule.quiet();
    if (!reachable()) return world.wrongs;
    seen = await look();
    seen.others.push(...(await readOrphans(db)).map(({ id }) => `request ${id} waits for ever for who asked`));
  }
  const waiting = world.pending().map((act) => `${act}: never answered`);
  return [...world.wrongs, ...seen.ringing, ...seen.others, ...waiting, ...(await readWrongs(db))];
}
