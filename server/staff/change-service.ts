import type { RefusalCode } from "../../contract/refusal.ts";
import type { Clock } from "../clock.ts";
import { brokenConstraint, type Database, type Db, inTransaction } from "../db/pool.ts";
import type { Hub, News } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "./audit-store.ts";
import type { Actor } from "./permission.ts";

/** What a change did: its result, its line in the audit log, and the news to send once it is committed. */
export interface Changed<T> {
  result: T;
  action: string;
  subject: string;
  facts?: Record<string, unknown>;
  news?: News[];
}

export interface ChangeService {
  /**
   * Runs one administrative change: all of it with its audit line in one transaction, news after commit. A refusal,
   * returned by `work` or made of a constraint it ran into, undoes everything. What concerns the telephone system is in
   * force there when this answers, or will be soon.
   */
  run<T>(actor: Actor | null, work: (tx: Db) => Promise<Changed<T> | Refusal>): Promise<T | Refusal>;
}

/**
 * Two people who change the same thing at the same instant: both looked, both saw it free. The constraint decides, and
 * this is what the second one reads.
 */
const RACES: Record<string, [RefusalCode, string]> = {
  staff_username_key: ["staff.username-taken", "This username has just been taken."],
  staff_internal_key: ["staff.internal-taken", "This internal number has just been taken."],
  teams_name_key: ["name.taken", "There is a team of this name already."],
  queues_name_key: ["name.taken", "There is a queue of this name already."],
  pause_reasons_name_key: ["name.taken", "There is a break reason of this name already."],
  pause_reasons_digit_key: ["name.taken", "Another break reason has this key already."],
  dispositions_name_key: ["name.taken", "There is a disposition of this name in the same place already."],
  prompts_name_key: ["name.taken", "There is a prompt of this name already."],
  trunks_name_key: ["name.taken", "There is a trunk of this name already."],
  call_limits_staff_key: ["name.taken", "There are limits for this one already."],
  call_limits_route_key: ["name.taken", "There are limits for this route already."],
  calendars_name_key: ["name.taken", "There is a calendar of this name already."],
  inbound_routes_number_key: ["name.taken", "There is a route for this number already."],
  outbound_routes_name_key: ["name.taken", "There is an outbound route of this name already."],
  outbound_routes_pattern_key: ["name.taken", "There is an outbound route for this pattern already."],
  projects_name_key: ["name.taken", "There is a project of this name already."],
  house_secrets_name_key: ["name.taken", "There is a secret of this name already."],
  data_queries_name_key: ["name.taken", "There is a query of this name already."],
  saved_filters_name_key: ["name.taken", "You have saved a filter of this report under this name already."],
  contact_lists_name_key: ["name.taken", "There is a contact list of this name already."],
};

/** A broken constraint as a refusal; null for one that is not the asker's doing. */
function refusalOfConstraint(constraint: string): Refusal | null {
  const race = RACES[constraint];
  if (race !== undefined) return new Refusal(...race);
  if (constraint.endsWith("_fkey")) {
    return new Refusal("reference.unknown", "Something this refers to is not there any more.", { constraint });
  }
  // The schemas count what a reader sees as one character, the database counts code points.
  if (constraint.endsWith("_check")) {
    return new Refusal("request.invalid", "One of the values is too long or not of the form it must have.", {
      constraint,
    });
  }
  return null;
}

export function createChangeService(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  telephonyConfig: { inForce(): Promise<void> };
}): ChangeService {
  return {
    async run(actor, work) {
      let changed: Awaited<ReturnType<typeof work>>;
      try {
        changed = await inTransaction(deps.db, async (tx) => {
          const done = await work(tx);
          if (done instanceof Refusal) return done;
          const { action, subject, facts = {} } = done;
          await writeAudit(tx, { actorId: actor?.staffId ?? null, action, subject, facts, at: deps.clock.now() });
          return done;
        });
      } catch (error) {
        const constraint = brokenConstraint(error);
        const refusal = constraint === null ? null : refusalOfConstraint(constraint);
        if (refusal === null) throw error;
        return refusal;
      } finally {
        // Also where it failed: a commit whose answer was lost has happened all the same.
        deps.hub.publish({ type: "administration.changed" });
      }
      if (changed instanceof Refusal) return changed;
      for (const news of changed.news ?? []) deps.hub.publish(news);
      if (changed.news?.some(({ type }) => type === "configuration.changed")) await deps.telephonyConfig.inForce();
      return changed.result;
    },
  };
}
