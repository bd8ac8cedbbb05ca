import type { Static } from "typebox";
import type { Disposition, DispositionBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { levelUnder, moveUnder } from "./disposition-tree.ts";
import {
  deleteDisposition,
  findDisposition,
  insertDisposition,
  listDispositions,
  lockTree,
  setLevel,
  updateDisposition,
} from "./disposition-tree-store.ts";

export type DispositionTreeService = Administered<Static<typeof DispositionBody>, Disposition>;

const unknown = (id: number) => new Refusal("not-found", `There is no disposition ${id}.`);

/** The tree of outcomes. A call keeps the words that were chosen, whatever becomes of the tree. */
export function createDispositionTreeService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
}): DispositionTreeService {
  const { db, clock, changes } = deps;
  const read = async (tx: Db, id: number) => (await findDisposition(tx, id)) ?? unknown(id);
  return {
    list: (query) => listDispositions(db, query),
    get: (id) => read(db, id),
    create: (actor, { name, parentId = null }) =>
      changes.run<Disposition>(actor, async (tx) => {
        const level = levelUnder(await lockTree(tx), parentId);
        if (level instanceof Refusal) return level;
        const id = await insertDisposition(tx, { name, parentId, level });
        const result = { id, name, parentId, level };
        return { result, action: "disposition.create", subject: `disposition ${id}`, facts: { name, parentId } };
      }),
    change: (actor, id, patch) =>
      changes.run<Disposition>(actor, async (tx) => {
        const tree = await lockTree(tx);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const { name = before.name, parentId = before.parentId } = patch;
        const levels = moveUnder(tree, id, parentId);
        if (levels instanceof Refusal) return levels;
        const level = levels.get(id) ?? before.level;
        await updateDisposition(tx, id, { name, parentId, level });
        for (const [below, itsLevel] of levels) if (below !== id) await setLevel(tx, below, itsLevel);
        const result = { id, name, parentId, level };
        return { result, action: "disposition.change", subject: `disposition ${id}`, facts: { ...patch } };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const tree = await lockTree(tx);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        if (tree.some((node) => node.parentId === id)) {
          return new Refusal("reference.in-use", `There are dispositions below "${before.name}". Remove them first.`);
        }
        await deleteDisposition(tx, id, clock.now());
        const facts = { name: before.name, parentId: before.parentId };
        return { result: undefined, action: "disposition.remove", subject: `disposition ${id}`, facts };
      }),
  };
}
