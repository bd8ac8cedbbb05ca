import type { BulkBody, BulkPlan, LineProblem, MadeTelephones } from "../../contract/telephones.ts";
import type { Database, Db } from "../db/pool.ts";
import type { News } from "../hub.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import { deviceDigests, newDeviceSecret } from "./device-secret.ts";
import type { TelephoneAdminService } from "./telephone-admin-service.ts";
import { insertAll, readTaken } from "./telephone-batch-store.ts";
import { readTelephoneFile } from "./telephone-file.ts";
import { type Plan, planOfPattern, problemsOfPlan } from "./telephone-plan.ts";

/**
 * Telephones by the dozen: in a row by a pattern, or out of a CSV file. A plan says what would be made and what stands
 * in the way; making is all of them or none. Secrets are in the answer and nowhere else.
 */
export interface TelephoneBatchService {
  planRow(body: BulkBody): Promise<BulkPlan>;
  planFile(text: string): Promise<BulkPlan>;
  makeRow(actor: Actor, body: BulkBody): Promise<MadeTelephones | Refusal>;
  makeFile(actor: Actor, text: string): Promise<MadeTelephones | Refusal>;
}

/** So many problems are told in an answer; more nobody reads before he mends the first ones. */
const MOST_PROBLEMS = 200;

export function createTelephoneBatchService(deps: {
  db: Database;
  changes: ChangeService;
  telephones: Pick<TelephoneAdminService, "some">;
}): TelephoneBatchService {
  const { db, changes, telephones } = deps;

  const check = async (tx: Db, { rows, problems }: Plan): Promise<LineProblem[]> => {
    if (rows.length === 0) return problems;
    const more = problemsOfPlan(rows, await readTaken(tx, rows));
    return [...problems, ...more].sort((a, b) => a.line - b.line);
  };
  const planned = async (plan: Plan): Promise<BulkPlan> => ({
    rows: plan.rows.map(({ secret, ...row }) => ({ ...row, hasSecret: secret !== null })),
    problems: (await check(db, plan)).slice(0, MOST_PROBLEMS),
  });
  const make = async (actor: Actor, plan: Plan, how: string): Promise<MadeTelephones | Refusal> => {
    const devices = plan.rows.map((row) => ({ ...row, secret: row.secret ?? newDeviceSecret() }));
    const ids = await changes.run<number[]>(actor, async (tx) => {
      const problems = await check(tx, plan);
      if (problems.length > 0) return refusalOf(problems);
      const { owners } = await readTaken(tx, devices);
      const made = await insertAll(tx, devices, ({ username, secret, place, model, owner }) => ({
        place,
        model,
        ownerAgentId: owner === null ? null : (owners.get(owner.toLowerCase()) ?? null),
        digests: deviceDigests(username, secret),
      }));
      const news = made.map((telephoneId): News => ({ type: "telephone.changed", telephoneId }));
      return {
        result: made,
        action: "telephone.create-many",
        subject: `telephones, ${made.length}`,
        facts: { how, usernames: devices.map(({ username }) => username) },
        news: [...news, { type: "configuration.changed" }],
      };
    });
    if (ids instanceof Refusal) return ids;
    const views = new Map((await telephones.some(ids)).map((one) => [one.username, one]));
    return {
      rows: devices.flatMap(({ username, secret }) => {
        const telephone = views.get(username);
        return telephone === undefined ? [] : [{ telephone, secret }];
      }),
    };
  };

  return {
    planRow: (body) => planned(planOfPattern(body)),
    planFile: (text) => planned(readTelephoneFile(text)),
    makeRow: (actor, body) => make(actor, planOfPattern(body), "row"),
    makeFile: (actor, text) => make(actor, readTelephoneFile(text), "file"),
  };
}

function refusalOf(problems: readonly LineProblem[]): Refusal {
  const [first] = problems;
  const where = first === undefined ? "" : `line ${first.line}${first.column === null ? "" : `, ${first.column}`}: `;
  const more = problems.length - 1;
  const others = more === 0 ? "" : ` And ${more} more ${more === 1 ? "problem" : "problems"}.`;
  return new Refusal("telephones.not-all", `Nothing was made. ${where}${first?.words ?? ""}.${others}`, {
    problems: problems.slice(0, MOST_PROBLEMS),
  });
}
