import type { Alarm } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import { type Database, inTransaction } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import { writeAudit } from "../staff/audit-store.ts";
import type { Actor } from "../staff/permission.ts";
import { type AlarmRow, acknowledgeAlarm, listOpenAlarms, raiseAlarm } from "./alarm-store.ts";

/**
 * What supervisors and administrators have to know: kept in the database until one of them has taken note, so that a
 * restart forgets nothing. The open ones are in memory as well, for health and for the screens.
 */
export interface AlarmService {
  start(): Promise<void>;
  /** The oldest first. */
  open(): Alarm[];
  /**
   * `subject` tells it from others: raised again while open it is the same alarm, with the newer words. `kind` says
   * what sort of trouble it is, in words without names, for those who are not signed in.
   */
  raise(alarm: { subject: string; kind: string; words: string; times: number }): Promise<void>;
  acknowledge(actor: Actor, id: number): Promise<Refusal | undefined>;
}

const view = ({ id, subject, kind, words, times, raisedAt, lastAt }: AlarmRow): Alarm => ({
  id,
  subject,
  kind,
  words,
  times,
  raisedAt: raisedAt.toISOString(),
  lastAt: lastAt.toISOString(),
});

/** Builds the service; `start` reads what is open. */
export function createAlarmService(deps: { db: Database; clock: Clock; hub: Hub; log: Log }): AlarmService {
  const { db, clock, hub, log } = deps;
  let rows: AlarmRow[] = [];

  const read = async () => {
    rows = await listOpenAlarms(db);
    hub.publish({ type: "alarms.changed" });
  };

  return {
    start: read,
    open: () => rows.map(view),
    async raise(alarm) {
      log.error({ subject: alarm.subject, times: alarm.times }, alarm.words);
      await raiseAlarm(db, { ...alarm, at: clock.now() });
      await read();
    },
    async acknowledge(actor, id) {
      const at = clock.now();
      const done = await inTransaction(db, async (tx) => {
        if (!(await acknowledgeAlarm(tx, id, actor.staffId, at))) return false;
        const subject = `alarm ${id}`;
        await writeAudit(tx, { actorId: actor.staffId, action: "alarm.acknowledge", subject, at });
        return true;
      });
      await read();
      return done ? undefined : new Refusal("not-found", "Somebody has taken note of this alarm already.");
    },
  };
}
