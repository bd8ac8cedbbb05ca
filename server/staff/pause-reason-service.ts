import type { Pause, PauseBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "./change-service.ts";
import {
  deletePauseReason,
  findPauseReason,
  insertPauseReason,
  listPauseReasons,
  updatePauseReason,
} from "./pause-reason-store.ts";

export type PauseReasonService = Administered<PauseBody, Pause>;

const unknown = (id: number) => new Refusal("not-found", `There is no break reason ${id}.`);

/** Break reasons. A break that is going on keeps the reason it began with. */
export function createPauseReasonService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
}): PauseReasonService {
  const { db, clock, changes } = deps;
  const read = async (tx: Db, id: number) => (await findPauseReason(tx, id)) ?? unknown(id);
  return {
    list: (query) => listPauseReasons(db, query),
    get: (id) => read(db, id),
    create: (actor, { name, maxMinutes = null, digit = null }) =>
      changes.run<Pause>(actor, async (tx) => {
        const id = await insertPauseReason(tx, { name, maxMinutes, digit });
        return {
          result: { id, name, maxMinutes, digit },
          action: "pause.create",
          subject: `pause ${id}`,
          facts: { name, maxMinutes, digit },
        };
      }),
    change: (actor, id, changed) =>
      changes.run<Pause>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const result = { ...before, ...changed };
        await updatePauseReason(tx, result);
        return { result, action: "pause.change", subject: `pause ${id}`, facts: { was: before, ...changed } };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        await deletePauseReason(tx, id, clock.now());
        return { result: undefined, action: "pause.remove", subject: `pause ${id}`, facts: { name: before.name } };
      }),
  };
}
