import type { Queue, QueueBody } from "../../contract/views.ts";
import { lockCalendar } from "../calendars/calendar-store.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import { projectsHolding } from "../ivr/projects-holding.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { changedFields } from "../staff/changed-fields.ts";
import {
  deleteQueue,
  findQueue,
  insertQueue,
  itemsWaitingFor,
  listQueues,
  lockQueue,
  numbersOfQueue,
  updateQueue,
} from "./queue-admin-store.ts";
import { BY_HAND } from "./queue-callback-row.ts";
import type { QueueLiveService } from "./queue-live-service.ts";
import { missingPrompt } from "./queue-prompt-store.ts";
import { QUIET } from "./queue-sound-row.ts";

export type QueueAdminService = Administered<QueueBody, Queue>;

/** What a queue is when nothing is said: the longest idle agent, 20 s a ring, 5 minutes of patience, nothing recorded. */
const DEFAULTS = {
  strategy: "leastrecent",
  ringSeconds: 20,
  wrapUpSeconds: 0,
  mandatoryDisposition: false,
  phoneDisposition: "off",
  maxWaitSeconds: 300,
  recordPercent: 0,
  recordingDays: null,
  ...QUIET,
  ...BY_HAND,
} as const;

const unknown = (id: number) => new Refusal("not-found", `There is no queue ${id}.`);
const newsOf = (queueId: number): News[] => [{ type: "queue.changed", queueId }, { type: "configuration.changed" }];

/** Voice queues. One stays as long as an inbound route leads to it, or somebody waits in it whom nobody could serve, by
 * telephone or as an item. */
export function createQueueAdminService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  live: Pick<QueueLiveService, "all">;
}): QueueAdminService {
  const { db, clock, changes, live } = deps;
  const read = async (tx: Db, id: number) => (await findQueue(tx, id)) ?? unknown(id);

  return {
    list: (query) => listQueues(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<Queue>(actor, async (tx) => {
        const refused = await unknownThing(tx, body);
        if (refused !== null) return refused;
        const id = await insertQueue(tx, { ...DEFAULTS, ...body });
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "queue.create", subject: `queue ${id}`, facts: changedFields(body), news: newsOf(id) };
      }),
    change: (actor, id, patch) =>
      changes.run<Queue>(actor, async (tx) => {
        if (!(await lockQueue(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const refused = await unknownThing(tx, patch);
        if (refused !== null) return refused;
        await updateQueue(tx, id, { ...before, ...patch });
        const result = { ...before, ...patch };
        const facts = changedFields(patch);
        return { result, action: "queue.change", subject: `queue ${id}`, facts, news: newsOf(id) };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockQueue(tx, id))) return unknown(id);
        const numbers = await numbersOfQueue(tx, id);
        if (numbers.length > 0) {
          return new Refusal("reference.in-use", `Calls to ${numbers.join(", ")} are routed to this queue.`, {
            usedBy: numbers.map((number) => ({ inboundRoute: number })),
          });
        }
        const projects = await projectsHolding(tx, { options: { queue: id } });
        if (projects.length > 0) {
          const words = `Callers are led to this queue by ${projects.map((name) => `the project ${name}`).join(", ")}.`;
          return new Refusal("reference.in-use", words, { usedBy: projects.map((project) => ({ project })) });
        }
        const waiting = live.all().find((queue) => queue.id === id)?.waiting ?? 0;
        if (waiting > 0) {
          const who = waiting === 1 ? "One caller waits" : `${waiting} callers wait`;
          return new Refusal("reference.in-use", `${who} in this queue. Try again when nobody does.`, { waiting });
        }
        const items = await itemsWaitingFor(tx, id);
        if (items > 0) {
          const what = items === 1 ? "One item waits" : `${items} items wait`;
          return new Refusal("reference.in-use", `${what} for this queue. Dispose them first.`, { items });
        }
        const members = await deleteQueue(tx, id, clock.now());
        const news = [...newsOf(id), ...members.map((agentId): News => ({ type: "membership.changed", agentId }))];
        return { result: undefined, action: "queue.remove", subject: `queue ${id}`, facts: { members }, news };
      }),
  };
}

/** Prompts and calendars that are named and not there. */
async function unknownThing(tx: Db, body: Partial<QueueBody>): Promise<Refusal | null> {
  for (const field of ["periodicPromptId", "musicPromptId"] as const) {
    const missing = await missingPrompt(tx, [body[field] ?? null]);
    if (missing === undefined) continue;
    return new Refusal("reference.unknown", `There is no prompt ${missing}.`, { field, unknown: [missing] });
  }
  const { callbackCalendarId: calendar = null } = body;
  if (calendar !== null && !(await lockCalendar(tx, calendar))) {
    const facts = { field: "callbackCalendarId", unknown: [calendar] };
    return new Refusal("reference.unknown", `There is no calendar ${calendar}.`, facts);
  }
  return null;
}
