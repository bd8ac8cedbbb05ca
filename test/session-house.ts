import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../server/clock.ts";
import { migrate } from "../server/db/migrate.ts";
import { type Database, openDatabase } from "../server/db/pool.ts";
import { memoryHub } from "../server/hub.ts";
import { openLog } from "../server/log.ts";
import { createMemberComparer } from "../server/queues/member-comparer.ts";
import { createAlarmService } from "../server/reconcile/alarm-service.ts";
import { createReconcileService } from "../server/reconcile/reconcile-service.ts";
import { createAgentTurns } from "../server/sessions/agent-turns.ts";
import { createDesktops } from "../server/sessions/desktops.ts";
import { createLeaseComparer } from "../server/sessions/lease-comparer.ts";
import { createPauseService } from "../server/sessions/pause-service.ts";
import { createPhoneLossService } from "../server/sessions/phone-loss-service.ts";
import { createPresenceService } from "../server/sessions/presence-service.ts";
import { createSessionEndingService } from "../server/sessions/session-ending-service.ts";
import { createSessionService } from "../server/sessions/session-service.ts";
import { createTakeoverService } from "../server/sessions/takeover-service.ts";
import { settingsFrom } from "../server/staff/setting.ts";
import { createChoiceService } from "../server/telephones/choice-service.ts";
import { createRegistrationService } from "../server/telephones/registration-service.ts";
import type { LegOutcome, TelephonyEvent } from "../server/telephony.ts";
import { testDatabase } from "./database.ts";
import { paperTelephony } from "./fakes/paper-telephony.ts";
import { paperContact } from "./paper-leg.ts";

/** Agents, telephones and everything about sessions over a real database and a telephone system on paper. */
export type SessionHouse = Awaited<ReturnType<typeof sessionHouse>>;

/** Builds and starts it; `close` ends all of it. */
export async function sessionHouse(clock: Clock) {
  const place = await testDatabase();
  const db = openDatabase(place.url, { max: 20, connectTimeoutMs: 15_000, onError: () => {} });
  await migrate(db);
  const log = openLog({ level: "silent" });
  const faults: unknown[] = [];
  const hub = memoryHub((error) => faults.push(error));
  const telephony = paperTelephony();
  const registration = createRegistrationService();
  let chosen: Partial<Settings> = {};
  const settings = { current: () => settingsFrom(chosen), onChange: () => () => {} };
  const turns = createAgentTurns();
  const desktops = createDesktops();
  const choices = createChoiceService({ db, clock, hub, log, registration, settings });
  const deps = { db, clock, hub, log, telephony, registration, choices, turns, desktops, settings };
  const sessions = createSessionService(deps);
  const endings = createSessionEndingService(deps);
  const pauses = createPauseService(deps);
  const presence = createPresenceService({ ...deps, endings });
  const phoneLoss = createPhoneLossService({ ...deps, pauses });
  const takeovers = createTakeoverService({ ...deps, sessions, endings });
  const hear = (event: TelephonyEvent) => {
    registration.heard(event);
    phoneLoss.heard(event);
  };
  const alarms = createAlarmService({ db, clock, hub, log });
  const reconcile = createReconcileService({
    db,
    clock,
    hub,
    log,
    telephony,
    turns,
    alarms,
    sweep: endings.sweep,
    configured: async () => {},
    nameOf: (endpoint) => choices.findByEndpoint(endpoint)?.name ?? endpoint,
    comparisons: [createLeaseComparer({ db, clock, hub }), createMemberComparer({ db, telephony })],
    readers: [registration],
  });
  const call = (
    channelId: string,
    endpoint: string,
    direction: "from-telephone" | "to-telephone",
    queueId: number | null = null,
  ) => {
    const leg = {
      ...{ channelId, linkedId: channelId, endpoint, direction, other: { number: "1", name: "" } },
      ...{ queueId, outside: null, at: clock.now() },
    };
    telephony.legs.set(channelId, { ...leg, answeredAt: null, held: false });
    hear({ type: "leg.started", leg });
  };
  await choices.start();
  await endings.start();
  await pauses.start();
  await presence.start();
  await phoneLoss.start();
  await takeovers.start();
  reconcile.start();
  return {
    ...deps,
    sessions,
    endings,
    pauses,
    presence,
    phoneLoss,
    takeovers,
    hear,
    /** Sets the house up otherwise, until the next time. */
    set(settings: Partial<Settings>) {
      chosen = settings;
    },
    alarms,
    reconcile,
    faults,
    /** Says of each endpoint whether it is registered. */
    register(endpoints: string[], registered = true) {
      for (const endpoint of endpoints) {
        const contact = paperContact(endpoint, registered);
        telephony.contacts.set(endpoint, contact);
        hear({ type: "contact.changed", contact });
      }
    },
    /** A telephone dials out, and talks until it is hung up. */
    dial: (channelId: string, endpoint: string) => call(channelId, endpoint, "from-telephone"),
    /** A telephone rings until it is hung up. */
    ring: (channelId: string, endpoint: string, queueId: number | null = null) =>
      call(channelId, endpoint, "to-telephone", queueId),
    hangUp(channelId: string, outcome?: LegOutcome) {
      telephony.legs.delete(channelId);
      hear({ type: "leg.ended", channelId, at: clock.now(), ...(outcome === undefined ? {} : { outcome }) });
    },
    async close() {
      takeovers.stop();
      await phoneLoss.stop();
      presence.stop();
      pauses.stop();
      endings.stop();
      await reconcile.stop();
      await choices.stop();
      await db.destroy();
      await place.drop();
    },
  };
}

/** Writes `count` hotdesk agents, telephones and queues, all agents in all queues. The ids in order. */
export async function furnish(db: Database, count: { agents: number; telephones: number; queues: number }) {
  const people = (kind: "agent" | "telephone", many: number, name: string) =>
    many === 0
      ? Promise.resolve([])
      : db
          .insertInto("staff")
          .values(
            Array.from({ length: many }, (_, n) => ({
              kind,
              full_name: `${name} ${n + 1}`,
              username: `${name.toLowerCase()}${n + 1}`,
            })),
          )
          .returning("id")
          .execute()
          .then((rows) => rows.map(({ id }) => id).sort((a, b) => a - b));
  const agents = await people("agent", count.agents, "Agent");
  const telephones = await people("telephone", count.telephones, "Desk");
  if (agents.length > 0) {
    await db
      .insertInto("agents")
      .values(agents.map((staff_id) => ({ staff_id, typology: "external" as const, hotdesk: true })))
      .execute();
  }
  if (telephones.length > 0) {
    await db
      .insertInto("telephones")
      .values(telephones.map((staff_id) => ({ staff_id, ha1_md5: "x", ha1_sha256: "x" })))
      .execute();
  }
  const queues: number[] = [];
  for (let n = 1; n <= count.queues; n += 1) {
    const { id } = await db
      .insertInto("queues")
      .values({
        name: `queue ${n}`,
        strategy: "rrmemory",
        ring_seconds: 15,
        wrap_up_seconds: 30,
        mandatory_disposition: false,
        max_wait_seconds: 300,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    queues.push(id);
  }
  const places = queues.flatMap((queue_id) => agents.map((agent_id) => ({ queue_id, agent_id })));
  if (places.length > 0) await db.insertInto("queue_agents").values(places).execute();
  return { agents, telephones, queues };
}
