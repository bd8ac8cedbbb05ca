import { createPauseService, type PauseService } from "../server/sessions/pause-service.ts";
import { createRegistrationService } from "../server/telephones/registration-service.ts";
import { type FurnishedHouse, furnishedHouse } from "./furnished-house.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import type { SessionHouse } from "./session-house.ts";

/** Sessions over a real database, with what tests of pauses ask and do. Agents and telephones are counted from 0. */
export interface PauseHouse extends FurnishedHouse {
  readonly clock: HandClock;
  /** The pauses in force: others after a restart. */
  readonly pauses: PauseService;
  readonly supervisor: { staffId: number; role: "supervisor" };
  session(n?: number): ReturnType<SessionHouse["sessions"]["current"]>;
  causes(n?: number): Promise<string[] | null>;
  pending(n?: number): Promise<string | null>;
  /** Of each queue that his telephone is in, whether it is paused there. */
  paused(n?: number): boolean[];
  /** Everything asked for the agent until now is done. */
  settled(n?: number): Promise<unknown>;
  /** A call of a queue on the first agent's telephone ends now. */
  queueCallEnds(): void;
  /** Perch dies and comes back: nothing in memory is left, and the telephones are unknown until they have been read. */
  restart(whileAway?: () => void): Promise<{ read(): Promise<void>; end(): Promise<void> }>;
  /** The first agent sits down; all telephones are registered, nobody is on a call. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Twelve agents of one team at twelve telephones, two queues; the breaks are Lunch (30 minutes) and Coffee. */
export async function pauseHouse(): Promise<PauseHouse> {
  const clock = handClock();
  const count = { agents: 12, telephones: 12, queues: 2 };
  const furnished = await furnishedHouse(clock, count);
  const { house, ids, agent, telephone, endpoint } = furnished;
  await house.db
    .insertInto("pause_reasons")
    .values([{ name: "Lunch", max_minutes: 30 }, { name: "Coffee" }])
    .execute();
  const { id: staffId } = await house.db
    .insertInto("staff")
    .values({ kind: "supervisor", full_name: "Sara Verdi", username: "sara" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: team } = await house.db
    .insertInto("teams")
    .values({ name: "Sales" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await house.db.updateTable("agents").set({ team_id: team }).execute();

  let pauses = house.pauses;
  let calls = 0;
  const session = (n = 0) => house.sessions.current(agent(n));
  return {
    ...furnished,
    clock,
    get pauses() {
      return pauses;
    },
    supervisor: { staffId, role: "supervisor" },
    session,
    causes: async (n) => (await session(n))?.causes.map(({ cause }) => cause) ?? null,
    pending: async (n) => (await session(n))?.pendingBreak?.reason ?? null,
    paused: (n = 0) =>
      house.telephony
        .members()
        .filter((one) => one.endpoint === endpoint(n))
        .map((one) => one.paused),
    settled: (n = 0) => house.turns.run([agent(n)], async () => {}),
    queueCallEnds() {
      calls += 1;
      const now = clock.now().toISOString();
      const leg = {
        ...{ legId: `leg${calls}`, linkedId: `linked${calls}`, telephoneId: telephone(0), number: "1", name: "" },
        ...{ type: "inbound" as const, state: "ended" as const, contact: null, hand: null },
        ...{ queue: { id: ids.queues[0] ?? 0, name: "queue 1" }, startedAt: now, answeredAt: now, endedAt: now },
      };
      house.hub.publish({ type: "leg.changed", agentId: agent(0), leg });
    },
    async restart(whileAway = () => {}) {
      pauses.stop();
      whileAway();
      const registration = createRegistrationService();
      pauses = createPauseService({ ...house, registration });
      await pauses.start();
      return {
        read: async () => registration.refresh(await house.telephony.readState(), registration.mark()),
        async end() {
          pauses.stop();
          pauses = house.pauses;
          await pauses.start();
        },
      };
    },
    async begin() {
      house.telephony.setStatus("up");
      house.telephony.refuseNext(null);
      house.register(ids.telephones.map((_, n) => endpoint(n)));
      await house.reconcile.reconcile();
      clock.advance(1000);
      await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    },
    async clear() {
      await furnished.clear();
      await house.db.updateTable("teams").set({ max_on_break: null }).execute();
    },
    close: () => house.close(),
  };
}
