import { sql } from "kysely";
import type { ReportAnswer, ReportAsked } from "../contract/views.ts";
import { Refusal } from "../server/refusal.ts";
import { createReports } from "../server/reports/reports.ts";
import type { Actor } from "../server/staff/permission.ts";
import { callHouse } from "./call-house.ts";
import { handClock } from "./hand-clock.ts";

const MS = 1000;

/** A house whose calls, queues and sessions a test writes down itself, to know what its reports have to say. */
export async function reportHouse(now: Date) {
  const house = await callHouse();
  const { db } = house;
  const clock = handClock(now);
  const calendar = { timeZone: "Europe/Rome", firstDayOfWeek: 1 };
  const reports = createReports({ db, clock, settings: { current: () => calendar } });
  const boss: Actor = { staffId: house.staff.carla, role: "supervisor" };
  let nth = 0;

  /** A call of its own at an instant: its name, for its rows and visits. */
  async function call(at: Date, type: "inbound" | "outbound" | "internal" = "inbound") {
    nth += 1;
    const second = Math.floor(at.getTime() / MS);
    const made = { linked_id: `node1-${second}.${nth}`, call_at: new Date(second * MS) };
    const month = `${at.toISOString().slice(0, 7)}-01`;
    await sql`select make_call_month(${month}::date)`.execute(db);
    await db
      .insertInto("calls")
      .values({ ...made, node: "node1", type, started_at: at, ended_at: at })
      .execute();
    return { ...made, type };
  }

  return {
    ...house,
    clock,
    calendar,
    reports,
    boss,
    call,
    /** A stay in a queue. */
    async visit(
      of: { linked_id: string; call_at: Date },
      visit: {
        queue: number;
        at: Date;
        waitS: number | null;
        outcome: "answered" | "abandoned" | "timeout" | "other" | null;
      },
    ) {
      nth += 1;
      await db
        .insertInto("queue_visits")
        .values({
          ...{ id: `visit-${nth}`, linked_id: of.linked_id, call_at: of.call_at, queue_id: visit.queue },
          entered_at: visit.at,
          left_at: visit.waitS === null ? null : new Date(visit.at.getTime() + visit.waitS * MS),
          outcome: visit.outcome,
        })
        .execute();
    },
    /** A row of Report Call. Seconds; `talkS` null was not answered. */
    async row(
      of: { linked_id: string; call_at: Date; type: "inbound" | "outbound" | "internal" },
      row: {
        at: Date;
        ringS?: number;
        talkS: number | null;
        holdS?: number;
        source?: string;
        destination?: string;
        user?: number;
        seated?: number;
        telephone?: number;
        queue?: number;
        chosen?: string[];
        prefix?: string;
      },
    ) {
      nth += 1;
      const { at, ringS = 0, talkS } = row;
      const answered = talkS === null ? null : new Date(at.getTime() + ringS * MS);
      const lengthS = ringS + (talkS ?? 0);
      await db
        .insertInto("report_calls")
        .values({
          ...{ id: `row-${nth}`, leg_id: `leg-${nth}`, linked_id: of.linked_id, call_at: of.call_at, type: of.type },
          ...{ source: row.source ?? "0551234567", destination: row.destination ?? "100", caller_id: "" },
          ...{ started_at: at, rang_at: at, answered_at: answered, ended_at: new Date(at.getTime() + lengthS * MS) },
          ...{
            duration_ms: lengthS * MS,
            billable_ms: talkS === null ? null : talkS * MS,
            hold_ms: (row.holdS ?? 0) * MS,
          },
          disposition: talkS === null ? "NO ANSWER" : "ANSWERED",
          ...{ user_id: row.user ?? null, seated_agent_id: row.seated ?? null },
          // A row whose user is a telephone is that telephone's.
          telephone_id:
            row.telephone ?? sql<number>`(select staff_id from telephones where staff_id = ${row.user ?? null})`,
          ...{ queue_id: row.queue ?? null, prefix: row.prefix ?? null, chosen: row.chosen ?? null },
          disposed_agent_id: row.chosen === undefined ? null : (row.user ?? null),
        })
        .execute();
    },
    /** A leg on a telephone, as session states count it. */
    async leg(
      of: { linked_id: string; call_at: Date },
      telephone: number,
      from: Date,
      answered: Date | null,
      to: Date,
    ) {
      nth += 1;
      await db
        .insertInto("legs")
        .values({
          ...{ leg_id: `leg-${nth}`, linked_id: of.linked_id, call_at: of.call_at, telephone_id: telephone },
          ...{ endpoint: "desk", direction: "to-telephone", rang_at: from, answered_at: answered, ended_at: to },
        })
        .execute();
    },
    /** What a report answers; a refusal throws. */
    async ask(name: string, asked: ReportAsked, actor: Actor = boss): Promise<ReportAnswer> {
      const answer = await reports.answer(actor, name, asked);
      if (answer instanceof Refusal) throw new Error(answer.title);
      return answer;
    },
  };
}

export type ReportHouse = Awaited<ReturnType<typeof reportHouse>>;

/** The cells of an answer's rows, only those columns. */
export function cellsOf(answer: ReportAnswer, ...keys: string[]) {
  return answer.rows.map(({ cells }) => keys.map((key) => cells[key] ?? null));
}
