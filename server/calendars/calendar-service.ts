import type { Calendar, CalendarBody } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Database, Db } from "../db/pool.ts";
import type { Administered } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { ChangeService } from "../staff/change-service.ts";
import { isTimeZone } from "../staff/setting.ts";
import { checkCalendar } from "./calendar.ts";
import {
  type CalendarFields,
  deleteCalendar,
  findCalendar,
  insertCalendar,
  listCalendars,
  lockCalendar,
  updateCalendar,
  usersOfCalendar,
} from "./calendar-store.ts";

export type CalendarService = Administered<CalendarBody, Calendar>;

const unknown = (id: number) => new Refusal("not-found", `There is no calendar ${id}.`);
const news = [{ type: "configuration.changed" as const }];

/** When the house is open. The dial plan knows every calendar too and asks nobody. */
export function createCalendarService(deps: { db: Database; clock: Clock; changes: ChangeService }): CalendarService {
  const { db, clock, changes } = deps;
  const read = async (tx: Db, id: number) => (await findCalendar(tx, id)) ?? unknown(id);
  const check = (fields: CalendarFields): Refusal | null => {
    if (fields.timeZone !== null && !isTimeZone(fields.timeZone)) {
      const facts = { field: "timeZone" };
      return new Refusal("request.invalid", `"${fields.timeZone}" is no time zone, such as Europe/Rome.`, facts);
    }
    return checkCalendar(fields);
  };
  return {
    list: (query) => listCalendars(db, query),
    get: (id) => read(db, id),
    create: (actor, body) =>
      changes.run<Calendar>(actor, async (tx) => {
        const fields = { timeZone: null, exceptions: [], ...body };
        const refused = check(fields);
        if (refused !== null) return refused;
        const id = await insertCalendar(tx, fields, clock.now());
        const result = await read(tx, id);
        if (result instanceof Refusal) return result;
        return { result, action: "calendar.create", subject: `calendar ${id}`, facts: fields, news };
      }),
    change: (actor, id, patch) =>
      changes.run<Calendar>(actor, async (tx) => {
        if (!(await lockCalendar(tx, id))) return unknown(id);
        const before = await read(tx, id);
        if (before instanceof Refusal) return before;
        const result = { ...before, ...patch };
        const refused = check(result);
        if (refused !== null) return refused;
        await updateCalendar(tx, id, result);
        return { result, action: "calendar.change", subject: `calendar ${id}`, facts: { ...patch }, news };
      }),
    remove: (actor, id) =>
      changes.run<undefined>(actor, async (tx) => {
        if (!(await lockCalendar(tx, id))) return unknown(id);
        const users = await usersOfCalendar(tx, id);
        if (users.length > 0) {
          return new Refusal("reference.in-use", `This calendar is asked by ${users.join(", ")}.`, { usedBy: users });
        }
        await deleteCalendar(tx, id, clock.now());
        return { result: undefined, action: "calendar.remove", subject: `calendar ${id}`, news };
      }),
  };
}
