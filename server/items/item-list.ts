import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Item, ItemDetails, ItemKind, ItemState } from "../../contract/views.ts";
import { contains } from "../db/page.ts";
import type { Db } from "../db/pool.ts";
import { undoUntil } from "./item-acts.ts";

/** Whose items: null is everybody's. */
export type ItemReach = number | null;

/** Which items are asked for. */
export interface ItemFilter {
  reach: ItemReach;
  kind: ItemKind | null;
  state: ItemState | "waiting" | null;
  queueId: number | null;
  agentId: number | null;
  from: Date | null;
  to: Date | null;
  number: string | null;
  after: { startedMs: number; id: number } | null;
  limit: number;
}

/** What an agent sees: of his queues, left for him, taken or disposed by him. Of a table named `i`. */
export const within = (reach: ItemReach): RawBuilder<SqlBool> =>
  reach === null
    ? sql`true`
    : sql`(i.queue_id in (select queue_id from queue_agents where agent_id = ${reach})
        or ${reach} in (i.owner_id, i.taken_by, i.done_by))`;

const items = (db: Db) =>
  db
    .selectFrom("items as i")
    .leftJoin("queues as q", "q.id", "i.queue_id")
    .leftJoin("staff as o", "o.id", "i.owner_id")
    .leftJoin("staff as t", "t.id", "i.taken_by")
    .leftJoin("staff as d", "d.id", "i.done_by")
    .leftJoin("contacts as c", "c.id", "i.contact_id")
    .leftJoin("voicemails as v", "v.item_id", "i.id")
    .leftJoin("staff as h", "h.id", "v.heard_by")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("item_attempts as each")
          .whereRef("each.item_id", "=", "i.id")
          .select([sql<number>`count(*)`.as("times"), sql<Date | null>`max(each.at)`.as("last_at")])
          .as("a"),
      (join) => join.onTrue(),
    )
    .select(["i.id", "i.kind", "i.state", "i.since", "i.caller", "i.number", "i.linked_id", "i.wanted_at", "i.note"])
    .select(["i.taken_at", "i.done_at", "i.disposition", "a.times", "a.last_at"])
    .select(["q.id as queue_id", "q.name as queue", "o.id as owner_id", "o.full_name as owner"])
    .select(["t.id as taker_id", "t.full_name as taker", "d.id as ender_id", "d.full_name as ender"])
    .select(["c.id as contact_id", "c.full_name as contact", "c.company"])
    .select(["v.length_ms", "v.state as sound", "v.heard_at", "h.id as hearer_id", "h.full_name as hearer"]);

type Row = Awaited<ReturnType<ReturnType<typeof items>["executeTakeFirstOrThrow"]>>;

const person = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? "" });
const SOUNDS = { kept: "kept", damaged: "damaged", removing: "removed", removed: "removed" } as const;

function present(row: Row): Item {
  const taker = person(row.taker_id, row.taker);
  const hearer = person(row.hearer_id, row.hearer);
  const ender = person(row.ender_id, row.ender);
  const heard = hearer === null || row.heard_at === null ? null : { by: hearer, at: row.heard_at.toISOString() };
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    since: row.since.toISOString(),
    queue: person(row.queue_id, row.queue),
    owner: person(row.owner_id, row.owner),
    caller: row.caller,
    number: row.number,
    contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact ?? "", company: row.company },
    linkedId: row.linked_id,
    sound: row.sound === null ? null : { lengthMs: row.length_ms ?? 0, state: SOUNDS[row.sound], heard },
    wantedAt: row.wanted_at?.toISOString() ?? null,
    attempts: row.times ?? 0,
    lastAttemptAt: row.last_at?.toISOString() ?? null,
    taken: taker === null || row.taken_at === null ? null : { by: taker, since: row.taken_at.toISOString() },
    done:
      row.done_at === null
        ? null
        : { by: ender, at: row.done_at.toISOString(), disposition: row.disposition ?? [], note: row.note },
    undoUntil: undoUntil({ doneBy: row.ender_id, doneAt: row.done_at })?.toISOString() ?? null,
  };
}

/** Those that wait are worked off from the oldest on; what was, is read from the newest. */
const oldestFirst = (state: ItemFilter["state"]): boolean => state !== null && state !== "done";

/** A page of them; `next` is where it goes on. Contacts are those they were disposed with. */
export async function listItems(
  db: Db,
  filter: ItemFilter,
): Promise<{ rows: Item[]; next: { startedMs: number; id: number } | null }> {
  const order = oldestFirst(filter.state) ? "asc" : "desc";
  const found = await items(db)
    .where((eb) => eb.and(conditions(filter)))
    .orderBy("i.since", order)
    .orderBy("i.id", order)
    .limit(filter.limit + 1)
    .execute();
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const more = found.length > filter.limit && last !== undefined;
  return { rows: shown.map(present), next: more ? { startedMs: last.since.getTime(), id: last.id } : null };
}

function conditions(filter: ItemFilter): RawBuilder<SqlBool>[] {
  const { reach, kind, state, queueId, agentId, from, to, number, after } = filter;
  const all: RawBuilder<SqlBool>[] = [within(reach)];
  if (kind !== null) all.push(sql`i.kind = ${kind}`);
  if (state === "waiting") all.push(sql`i.state <> 'done'`);
  else if (state !== null) all.push(sql`i.state = ${state}`);
  if (queueId !== null) all.push(sql`i.queue_id = ${queueId}`);
  if (agentId !== null) all.push(sql`${agentId} in (i.owner_id, i.taken_by, i.done_by)`);
  if (from !== null) all.push(sql`i.since >= ${from}`);
  if (to !== null) all.push(sql`i.since < ${to}`);
  if (number !== null) all.push(contains([sql`i.caller`, sql`i.number`], number));
  if (after !== null) {
    const behind = sql.raw(oldestFirst(state) ? ">" : "<");
    all.push(sql`(i.since, i.id) ${behind} (${new Date(after.startedMs)}, ${after.id})`);
  }
  return all;
}

/** One of them; null where there is none, or none within reach. */
export async function findItem(db: Db, id: number, reach: ItemReach): Promise<Item | null> {
  const row = await items(db).where("i.id", "=", id).where(within(reach)).executeTakeFirst();
  return row === undefined ? null : present(row);
}

const MOST_ACTS = 500;

/** What was done with it, in order. */
export async function readActs(db: Db, id: number): Promise<ItemDetails["acts"]> {
  const found = await db
    .selectFrom("audit as u")
    .leftJoin("staff as s", "s.id", "u.actor_id")
    .where("u.subject", "=", `item ${id}`)
    // Said for the index: it holds only these.
    .where(sql<SqlBool>`u.subject like 'item %'`)
    .orderBy("u.at", "desc")
    .orderBy("u.id", "desc")
    .limit(MOST_ACTS)
    .select(["u.at", "u.action", "u.facts", "s.id as by_id", "s.full_name as by"])
    .execute();
  return found.reverse().flatMap(({ at, action, facts, by_id, by }) => {
    const act = ACTS[action];
    if (act === undefined) return [];
    const words = typeof facts.words === "string" ? facts.words : "";
    return [{ at: at.toISOString(), by: person(by_id, by), act, words }];
  });
}

/** As the audit log names them. */
const ACTS: Readonly<Record<string, ItemDetails["acts"][number]["act"]>> = {
  "item.make": "made",
  "item.take": "taken",
  "item.give-back": "given-back",
  "item.assign": "assigned",
  "item.call": "called",
  "item.dispose": "disposed",
  "item.reopen": "reopened",
  "item.hear": "heard",
  "item.download": "downloaded",
  "item.remove-sound": "sound-removed",
};
