import type { ReportLayout, SavedFilter, SavedFilterBody } from "../../contract/views.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Listed } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { type Actor, may } from "../staff/permission.ts";
import {
  countSavedFilters,
  deleteSavedFilter,
  insertSavedFilter,
  listSavedFilters,
  MOST_FILTERS,
  readLayout,
  updateSavedFilter,
  writeLayout,
} from "./saved-filter-store.ts";

/** What people keep of reports: filters under a name, and which columns they look at. */
export interface ReportShelfService {
  filters(actor: Actor): Promise<Listed<SavedFilter>>;
  save(actor: Actor, body: SavedFilterBody): Promise<SavedFilter | Refusal>;
  change(actor: Actor, id: number, body: SavedFilterBody): Promise<SavedFilter | Refusal>;
  remove(actor: Actor, id: number): Promise<Refusal | undefined>;
  layout(actor: Actor, report: string): Promise<ReportLayout>;
  keepLayout(actor: Actor, report: string, layout: ReportLayout): Promise<ReportLayout>;
}

const unknown = () => new Refusal("not-found", "There is no such saved filter of yours.");

export function createReportShelfService(deps: {
  db: Database;
  changes: ChangeService;
  /** Whether there is such a report. */
  known(report: string): boolean;
}): ReportShelfService {
  const { db, changes } = deps;
  const shares = (actor: Actor) => may(actor, "reports.read");
  const check = (actor: Actor, body: SavedFilterBody): Refusal | null => {
    if (!deps.known(body.report))
      return new Refusal("reference.unknown", `There is no report "${body.report}".`, { field: "report" });
    if (!body.shared || shares(actor)) return null;
    return new Refusal("not-permitted", "Supervisors share filters; yours are your own.");
  };
  const read = async (tx: Db, actor: Actor, id: number) =>
    (await listSavedFilters(tx, actor.staffId, false)).find((one) => one.id === id) ?? unknown();

  return {
    filters: async (actor) => ({ rows: await listSavedFilters(db, actor.staffId, shares(actor)), next: null }),
    async save(actor, body) {
      const refused = check(actor, body);
      if (refused !== null) return refused;
      return changes.run<SavedFilter>(actor, async (tx) => {
        if ((await countSavedFilters(tx, actor.staffId)) >= MOST_FILTERS) {
          return new Refusal("reference.in-use", `Nobody saves more than ${MOST_FILTERS} filters. Remove one first.`);
        }
        const id = await insertSavedFilter(tx, actor.staffId, body);
        const result = await read(tx, actor, id);
        if (result instanceof Refusal) return result;
        return { result, action: "saved-filter.create", subject: `saved filter ${id}`, facts: { ...body } };
      });
    },
    async change(actor, id, body) {
      const refused = check(actor, body);
      if (refused !== null) return refused;
      return changes.run<SavedFilter>(actor, async (tx) => {
        if (!(await updateSavedFilter(tx, actor.staffId, id, body))) return unknown();
        const result = await read(tx, actor, id);
        if (result instanceof Refusal) return result;
        return { result, action: "saved-filter.change", subject: `saved filter ${id}`, facts: { ...body } };
      });
    },
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await deleteSavedFilter(tx, actor.staffId, id))) return unknown();
        return { result: undefined, action: "saved-filter.remove", subject: `saved filter ${id}` };
      }),
    layout: async (actor, report) => ({ columns: await readLayout(db, actor.staffId, report) }),
    async keepLayout(actor, report, { columns }) {
      if (deps.known(report)) await writeLayout(db, actor.staffId, report, columns);
      return { columns };
    },
  };
}
