import type { Static } from "typebox";
import type { DataQuery, DataQueryBody, DataQueryFound, DataQueryTry } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import type { Actor } from "../staff/permission.ts";
import {
  deleteDataQuery,
  findDataQuery,
  insertDataQuery,
  listDataQueries,
  lockDataQuery,
  projectsAsking,
  updateDataQuery,
} from "./data-query-store.ts";
import type { DatabaseReader, FirstRow } from "./database-reader.ts";
import type { HouseSecretService } from "./house-secret-service.ts";
import { findSecret } from "./house-secret-store.ts";
import { numberedStatement, statementProblem } from "./named-parameters.ts";

export interface DataQueryService extends Administered<DataQueryBody, DataQuery> {
  /** The first row it finds, its parameters by their names. Never rejects for what the other database does. */
  ask(id: number, valueFor: (name: string) => string, gone: AbortSignal): Promise<FirstRow>;
  /** The same for whoever keeps it. */
  tryOut(actor: Actor, id: number, wish: Static<typeof DataQueryTry>): Promise<DataQueryFound | Refusal>;
}

const USUAL_SECONDS = 5;
const unknown = (id: number) => new Refusal("not-found", `There is no query ${id}.`);

/** Read-only queries of other databases, by their names. */
export function createDataQueryService(deps: {
  db: Database;
  clock: Clock;
  changes: ChangeService;
  secrets: Pick<HouseSecretService, "openDatabase">;
  reader: DatabaseReader;
}): DataQueryService {
  const { db, clock, changes, secrets, reader } = deps;
  const read = async (tx: Db, id: number) => (await findDataQuery(tx, id)) ?? unknown(id);
  const check = async (tx: Db, { sql, secretId }: Pick<DataQuery, "sql" | "secretId">): Promise<Refusal | null> => {
    const problem = statementProblem(sql);
    if (problem !== null) return new Refusal("request.invalid", problem, { field: "sql" });
    if ((await findSecret(tx, secretId))?.purpose === "database") return null;
    return new Refusal("reference.unknown", "There is no such secret for a database.", { field: "secretId" });
  };
  const ask: DataQueryService["ask"] = async (id, valueFor, gone) => {
    const query = await findDataQuery(db, id);
    const address = query === null ? null : await secrets.openDatabase(query.secretId);
    if (query === null || address === null) return { failed: "The query is not there any more." };
    const statement = numberedStatement(query.sql);
    const timeoutMs = query.timeoutSeconds * 1000;
    return reader.first({ address, statement, values: statement.names.map(valueFor), timeoutMs, gone });
  };

  return {
    list: (query) => listDataQueries(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<DataQuery>(actor, async (tx) => {
        const fields = { timeoutSeconds: USUAL_SECONDS, ...body };
        const refused = await check(tx, fields);
        if (refused !== null) return refused;
        const id = await insertDataQuery(tx, fields);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "data-query.create", subject: `data-query ${id}`, facts: { ...body } };
      }),
    change: (actor, id, patch) =>
      changes.run<DataQuery>(actor, async (tx) => {
        if (!(await lockDataQuery(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const fields = { ...before, ...patch };
        const refused = await check(tx, fields);
        if (refused !== null) return refused;
        await updateDataQuery(tx, id, fields);
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "data-query.change", subject: `data-query ${id}`, facts: { ...patch } };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockDataQuery(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const usedBy = await projectsAsking(tx, id);
        if (usedBy.length > 0) {
          return new Refusal("reference.in-use", `It is asked by ${usedBy.join(", ")}.`, { usedBy });
        }
        await deleteDataQuery(tx, id);
        const facts = { name: before.name };
        return { result: undefined, action: "data-query.remove", subject: `data-query ${id}`, facts };
      }),
    ask,
    async tryOut(_actor, id, { values }) {
      if ((await findDataQuery(db, id)) === null) return unknown(id);
      const began = clock.now().getTime();
      const found = await ask(id, (name) => values[name] ?? "", new AbortController().signal);
      if ("failed" in found) return new Refusal("data-query.failed", found.failed);
      return { row: found.row, ms: clock.now().getTime() - began };
    },
  };
}
