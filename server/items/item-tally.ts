import type { ItemCounts, Role } from "../../contract/views.ts";
import type { WaitingItems } from "./item-store.ts";

/** What waits in the house, and who may see which of it. */
export interface ItemTally {
  waiting: readonly WaitingItems[];
  queues: ReadonlyMap<number, string>;
  /** Whose agents work which queues. */
  queuesOf: ReadonlyMap<number, readonly number[]>;
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The counts as one person sees them. Pure. */
export function countsOf(reader: { id: number; role: Role }, tally: ItemTally, revision: number): ItemCounts {
  const { waiting, queues, queuesOf } = tally;
  const leads = reader.role !== "agent";
  const mine = new Set(queuesOf.get(reader.id));
  const sum = (some: readonly WaitingItems[]) => some.reduce((all, { count }) => all + count, 0);
  const figures = (some: readonly WaitingItems[]) => {
    const open = some.filter(({ takenBy }) => takenBy === null);
    const oldest = open.length === 0 ? null : new Date(Math.min(...open.map(({ since }) => since.getTime())));
    return { open: sum(open), taken: sum(some) - sum(open), since: oldest?.toISOString() ?? null };
  };
  const byQueue = Map.groupBy(waiting, ({ queueId }) => queueId);
  const shown = [...byQueue].flatMap(([id, some]) =>
    id === null || !(leads || mine.has(id)) ? [] : [{ id, name: queues.get(id) ?? "", ...figures(some) }],
  );
  const seen = ({ queueId, ownerId }: WaitingItems) =>
    leads || ownerId === reader.id || (queueId !== null && mine.has(queueId));
  const open = waiting.filter(({ takenBy }) => takenBy === null);
  return {
    revision,
    open: sum(open.filter(seen)),
    taken: sum(waiting.filter(({ takenBy }) => takenBy === reader.id)),
    left: sum(open.filter(({ ownerId }) => ownerId === reader.id)),
    queues: shown.sort((a, b) => byName.compare(a.name, b.name) || a.id - b.id),
    agents: leads ? figures(byQueue.get(null) ?? []) : null,
  };
}
