import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { SettingService } from "../staff/setting-service.ts";
import type { ChoiceService } from "../telephones/choice-service.ts";
import type { RegistrationService } from "../telephones/registration-service.ts";
import type { Answer, Telephony } from "../telephony.ts";
import type { AgentTurns } from "./agent-turns.ts";
import type { Desktops } from "./desktops.ts";
import { decideLogin, decideMove, mayWorkRemotely, type Seat } from "./lease.ts";
import { createOneByOne } from "./one-by-one.ts";
import { findOpenSession, type OpenSession } from "./open-session-store.ts";
import { carrySupervisorPause, endCauses, holdUntilReady } from "./pause-store.ts";
import { memberPause } from "./readiness.ts";
import { readSeatedAgents } from "./seat-store.ts";
import { createSeatTaking } from "./seat-taking.ts";
import { seatPaused, telephonyRefusal, unseat } from "./seating.ts";
import { nextStep, sessionState } from "./session.ts";
import { endLease, endSession, insertLease, insertSession, startInstant, takeToDesktop } from "./session-store.ts";
import {
  findHeldAgainst,
  findHolder,
  lockAgent,
  lockTelephone,
  queuesOf,
  readStanding,
  readWaysOut,
} from "./standing-store.ts";

/** What all services of sessions need. */
export interface SessionDeps {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  telephony: Telephony;
  registration: RegistrationService;
  choices: ChoiceService;
  turns: AgentTurns;
  desktops: Desktops;
  settings: Pick<SettingService, "current" | "onChange">;
}

export interface Wish {
  telephoneId?: number;
  confirmTakeover?: boolean;
  /** On his line outside, wherever else he could sit. */
  remote?: boolean;
  /** The number to ring there, as it is dialled in the house, for this session alone. Who says it has proved that it is his. */
  number?: string;
  /** He says it by telephone. Never from outside: what he dials on says so. */
  byTelephone?: boolean;
  /** Whose session gives the telephone up for it. Never from outside: services of ours alone say so. */
  givenBy?: { agentId: number; sessionId: number };
}

/** Login and moving: a telephone is taken in the database first, and then said to the telephone system. */
export interface SessionService {
  /** The agent's open session; null where he has none. */
  current(agentId: number): Promise<OpenSession | null>;
  /** Opens a session on a telephone. Any "no" of the telephone system undoes it. */
  login(agentId: number, wish: Wish): Promise<OpenSession | Refusal>;
  /** Another telephone in the same session. */
  move(agentId: number, wish: Wish & { telephoneId: number }): Promise<OpenSession | Refusal>;
}

const READY = { paused: false, reason: null };

export const noSession = () => new Refusal("session.none", "You are not logged in.");

/** Says what has changed, and waits until the list of telephones shows it. */
export async function announce(
  { hub, choices }: Pick<SessionDeps, "hub" | "choices">,
  agentIds: number[],
  telephoneIds: number[],
): Promise<void> {
  for (const telephoneId of telephoneIds) hub.publish({ type: "telephone.changed", telephoneId });
  await choices.settled();
  for (const agentId of agentIds) hub.publish({ type: "session.changed", agentId });
}

/** Builds the service; it needs no start. */
export function createSessionService(deps: SessionDeps): SessionService {
  const { db, clock, hub, log, telephony, registration, choices, turns, desktops, settings } = deps;

  /**
   * Who asks for a telephone while another one is sitting down at it waits here and not for its row: a waiting
   * transaction holds a connection, and few of them would hold up the house. What is exclusive the database decides.
   */
  const byTelephone = createOneByOne<number>();

  const { factsOf, asked, putOut, inOneTransaction, clearSeat } = createSeatTaking(deps);

  /** Whether somebody else plainly has it: of many who run for a telephone most lose, and need no lock to be told. */
  const beaten = async (agentId: number, wish: Wish): Promise<Refusal | null> => {
    if (wish.telephoneId === undefined || wish.confirmTakeover === true || wish.givenBy !== undefined) return null;
    if (wish.remote === true) return null;
    const held = await findHeldAgainst(db, agentId, wish.telephoneId);
    if (held === null || !held.agent.hotdesk) return null;
    const seat = decideLogin({
      agent: held.agent,
      open: null,
      asked: factsOf(held.telephone),
      ...{ remote: false, number: null, ways: [], personal: [] },
      noneRegistered: choices.noneRegistered(),
      confirmTakeover: false,
      givenBy: null,
      now: clock.now(),
      timeZone: settings.current().timeZone,
    });
    return seat instanceof Refusal ? seat : null;
  };

  const takeSeat = (agentId: number, wish: Wish, holderId: number | null) =>
    inOneTransaction(async (tx) => {
      const agent = await lockAgent(tx, agentId);
      if (agent === null) return new Refusal("session.not-an-agent", "Only agents log in on a telephone.");
      const remotely = mayWorkRemotely(agent);
      const own = agent.hotdesk && !remotely ? [] : await readStanding(tx, { ownerAgentId: agentId });
      for (const { id } of own) await lockTelephone(tx, id);
      const open = await findOpenSession(tx, agentId);
      const now = clock.now();
      const seat = decideLogin({
        agent,
        open:
          open === null
            ? null
            : { since: open.startedAt, telephone: { id: open.telephone.id, name: open.telephone.name } },
        asked: await asked(tx, wish.telephoneId),
        remote: wish.remote ?? wish.number !== undefined,
        number: wish.number ?? agent.remoteNumber,
        ways: remotely ? await readWaysOut(tx) : [],
        personal: own.length === 0 ? [] : (await readStanding(tx, { ownerAgentId: agentId })).map(factsOf),
        noneRegistered: choices.noneRegistered(),
        confirmTakeover: wish.confirmTakeover ?? false,
        givenBy: wish.givenBy?.sessionId ?? null,
        now,
        timeZone: settings.current().timeZone,
      });
      if (seat instanceof Refusal) return seat;
      const refused = await putOut(tx, seat, holderId, agentId, now);
      if (refused !== null) return refused;
      const telephoneId = seat.telephone.id;
      const at = await startInstant(tx, agentId, telephoneId, now);
      const number = seat.telephone.line === "remote" ? (wish.number ?? null) : null;
      const desktop = desktops.connected(agentId);
      const sessionId = await insertSession(tx, {
        ...{ agentId, telephoneId, at, desktop, number },
        byTelephone: wish.byTelephone === true,
      });
      const carried = await carrySupervisorPause(tx, agentId, sessionId, at);
      return { seat, sessionId, agentName: agent.name, carried };
    });

  const touched = (agentId: number, { takeOverFrom }: Seat) =>
    takeOverFrom === null ? [agentId] : [agentId, takeOverFrom.agentId];

  const tellNumber = async (agentId: number): Promise<Answer> => {
    const [seat] = await readSeatedAgents(db, { agentIds: [agentId], endpoints: [] });
    return seat === undefined ? { ok: false, why: "nobody sits there any more" } : telephony.seat(seat);
  };

  /** Ready, unless something holds him from the beginning; then the telephone system is told what. */
  const letGo = async (agentId: number, endpoint: string, isHeld: boolean) => {
    const open = isHeld ? await findOpenSession(db, agentId) : null;
    const { paused, reason } = open === null ? READY : memberPause(open);
    return telephony.setPaused(endpoint, paused, reason);
  };

  const logIn = async (agentId: number, wish: Wish, holderId: number | null): Promise<OpenSession | Refusal> => {
    const sitDown = async () => (await beaten(agentId, wish)) ?? takeSeat(agentId, wish, holderId);
    const taken = await (wish.telephoneId === undefined ? sitDown() : byTelephone(wish.telephoneId, sitDown));
    if (taken instanceof Refusal) return taken;
    const { seat, sessionId, agentName, carried } = taken;
    const { endpoint, id: telephoneId } = seat.telephone;
    await clearSeat(seat);
    const place = { endpoint, agentName, queueIds: await queuesOf(db, agentId) };
    let answer = await seatPaused(telephony, place, "login-in-pause");
    // Before anything rings there: the telephone system else rings the number of the account.
    if (answer.ok && wish.number !== undefined) answer = await tellNumber(agentId);
    if (answer.ok) {
      const { startPaused } = settings.current();
      if (startPaused) await holdUntilReady(db, sessionId);
      else await endCauses(db, sessionId, ["login-in-pause"], clock.now());
      answer = await letGo(agentId, endpoint, startPaused || carried);
      if (!answer.ok) await unseat(telephony, endpoint, place.queueIds);
    }
    if (!answer.ok) {
      await inTransaction(db, (tx) => endSession(tx, sessionId, clock.now(), "telephony-refused"));
      log.warn({ agentId, telephoneId, why: answer.why }, "a login was undone");
    }
    await announce(deps, touched(agentId, seat), [telephoneId]);
    if (!answer.ok) return telephonyRefusal(answer, "You are not logged in.");
    return (await findOpenSession(db, agentId)) ?? noSession();
  };

  const takeOther = (agentId: number, wish: Wish, holderId: number | null) =>
    inOneTransaction(async (tx) => {
      const agent = await lockAgent(tx, agentId);
      const open = agent === null ? null : await findOpenSession(tx, agentId);
      if (agent === null || open === null) return noSession();
      const now = clock.now();
      const seat = decideMove({
        agent,
        current: { ...open.telephone, onCall: registration.onCall(open.telephone.endpoint) },
        asked: await asked(tx, wish.telephoneId),
        noneRegistered: choices.noneRegistered(),
        confirmTakeover: wish.confirmTakeover ?? false,
        givenBy: wish.givenBy?.sessionId ?? null,
        now,
        timeZone: settings.current().timeZone,
      });
      if (seat instanceof Refusal) return seat;
      if (seat === "stay") return { seat: null, open };
      const refused = await putOut(tx, seat, holderId, agentId, now);
      if (refused !== null) return refused;
      const at = await startInstant(tx, agentId, seat.telephone.id, now);
      await endLease(tx, open.id, at, "moved");
      await insertLease(tx, { sessionId: open.id, agentId, telephoneId: seat.telephone.id, at });
      const before = { ...open, endedAt: null };
      if (nextStep(sessionState(before), "desktop-moved").state !== "by-telephone") await takeToDesktop(tx, open.id);
      return { seat, open };
    });

  /** Back to the telephone he came from; where somebody else sits there by now, the session is over. */
  const moveBack = async (open: OpenSession, queueIds: number[]) => {
    const { agentId, agentName, telephone } = open;
    const { paused, reason } = memberPause(open);
    const back = await inOneTransaction(async (tx) => {
      await lockTelephone(tx, telephone.id);
      const at = await startInstant(tx, agentId, telephone.id, clock.now());
      if ((await findHolder(tx, telephone.id)) !== null) {
        await endSession(tx, open.id, at, "telephony-refused");
        return false;
      }
      await endLease(tx, open.id, at, "telephony-refused");
      await insertLease(tx, { sessionId: open.id, agentId, telephoneId: telephone.id, at });
      return true;
    });
    if (back !== true) return;
    // Where this fails too, reconciling makes it true as soon as the telephone system listens.
    const answer = await seatPaused(telephony, { endpoint: telephone.endpoint, agentName, queueIds }, reason);
    if (answer.ok && !paused) await telephony.setPaused(telephone.endpoint, false, null);
  };

  const moveTo = async (agentId: number, wish: Wish, holderId: number | null): Promise<OpenSession | Refusal> => {
    const taken = await takeOther(agentId, wish, holderId);
    if (taken instanceof Refusal) return taken;
    const { seat, open } = taken;
    if (seat === null) return open;
    const { endpoint } = seat.telephone;
    const queueIds = await queuesOf(db, agentId);
    const { paused, reason } = memberPause(open);
    await clearSeat(seat);
    await unseat(telephony, open.telephone.endpoint, queueIds);
    let answer = await seatPaused(telephony, { endpoint, agentName: open.agentName, queueIds }, reason);
    if (answer.ok && !paused) {
      answer = await telephony.setPaused(endpoint, false, null);
      if (!answer.ok) await unseat(telephony, endpoint, queueIds);
    }
    if (!answer.ok) await moveBack(open, queueIds);
    await announce(deps, touched(agentId, seat), [open.telephone.id, seat.telephone.id]);
    // Reconciling looks once more whether an old place was left behind.
    hub.publish({ type: "membership.changed", agentId });
    if (!answer.ok) return telephonyRefusal(answer, `You stay on ${open.telephone.name}.`);
    return (await findOpenSession(db, agentId)) ?? noSession();
  };

  /** Waits for the turns of everybody the act may touch. */
  const inTurn = async <T>(
    agentId: number,
    wish: Wish,
    act: (holderId: number | null) => Promise<T | Refusal>,
  ): Promise<T | Refusal> => {
    if (telephony.status !== "up") {
      return new Refusal("telephony.unavailable", "The telephone system cannot be reached; try again in a moment.");
    }
    // Nobody may be told that his telephone is not connected before anybody could know.
    if (!registration.isKnown()) {
      return new Refusal("telephony.unavailable", "Perch is just finding out who is connected; try again in a moment.");
    }
    const confirmed = wish.confirmTakeover === true && wish.telephoneId !== undefined;
    const holder = wish.givenBy ?? (confirmed ? await findHolder(db, wish.telephoneId ?? 0) : null);
    const holderId = holder === null || holder.agentId === agentId ? null : holder.agentId;
    return turns.run(holderId === null ? [agentId] : [agentId, holderId], () => act(holderId));
  };

  return {
    current: (agentId) => findOpenSession(db, agentId),
    login: (agentId, wish) => inTurn(agentId, wish, (holderId) => logIn(agentId, wish, holderId)),
    move: (agentId, wish) => inTurn(agentId, wish, (holderId) => moveTo(agentId, wish, holderId)),
  };
}
