import { sql } from "kysely";
import type { InboundAction } from "../../contract/views.ts";
import type { Db } from "../db/pool.ts";
import type { InboundActionConfig, InboundRouteConfig, InboundTarget } from "../telephony-config.ts";

/** Where calls from outside go, as the telephone system has to know it. What is gone or disabled is left out. */
export async function readInboundRoutes(db: Db): Promise<InboundRouteConfig[]> {
  const found = await db
    .selectFrom("inbound_routes")
    .select(["number", "actions", "record_percent as recordPercent"])
    .orderBy("number")
    .execute();
  const people = await readPeople(
    db,
    found.flatMap(({ actions }) => actions.flatMap(personOf)),
  );
  return found.map(({ actions, ...route }) => ({
    ...route,
    actions: actions.flatMap((action): InboundActionConfig[] => {
      const target = targetOf(action, people);
      if (target === null) return [];
      return action.when === undefined
        ? [target]
        : [{ ...target, when: { calendarId: action.when.calendar, is: action.when.is } }];
    }),
  }));
}

interface Person {
  username: string;
  internal: string | null;
}

const personOf = (action: InboundAction): number[] =>
  "telephone" in action ? [action.telephone] : "agent" in action ? [action.agent] : [];

async function readPeople(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, Person>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom("staff")
    .select(["id", "username", "internal"])
    .where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
    .where("deleted_at", "is", null)
    .where("enabled", "=", true)
    .execute();
  return new Map(found.map(({ id, ...person }) => [id, person]));
}

function targetOf(action: InboundAction, people: ReadonlyMap<number, Person>): InboundTarget | null {
  if ("queue" in action) return { to: "queue", queueId: action.queue };
  if ("project" in action) return { to: "project", projectId: action.project };
  if ("number" in action) return { to: "number", number: action.number };
  if ("hangup" in action) return { to: "hang-up", cause: action.cause ?? "normal" };
  if ("telephone" in action) {
    const telephone = people.get(action.telephone);
    return telephone === undefined ? null : { to: "telephone", endpoint: telephone.username };
  }
  const internal = people.get(action.agent)?.internal ?? null;
  return internal === null ? null : { to: "agent", internal };
}
