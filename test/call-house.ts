import { journalLanguage } from "../server/asterisk/journal-line.ts";
import type { UndisposedUser } from "../server/calls/attribution.ts";
import type { BatchDeps } from "../server/calls/journal-batch.ts";
import type { Database } from "../server/db/pool.ts";
import type { JournalRead } from "../server/journal.ts";
import { openLog } from "../server/log.ts";
import { recordedLines } from "./journal-fixture.ts";
import { migratedDatabase } from "./migrated-database.ts";

/** A migrated database with the telephones, agents and queues that the recorded journals speak of. */
export async function callHouse() {
  const home = await migratedDatabase();
  const { db } = home;
  const person = async (username: string, kind: "agent" | "telephone" | "supervisor") => {
    const { id } = await db
      .insertInto("staff")
      .values({ kind, username, full_name: username, created_at: new Date("2026-01-01") })
      .returning("id")
      .executeTakeFirstOrThrow();
    return id;
  };
  const agent = async (username: string) => {
    const id = await person(username, "agent");
    await db.insertInto("agents").values({ staff_id: id, typology: "external", hotdesk: true }).execute();
    return id;
  };
  const telephone = async (username: string, owner_agent_id: number | null) => {
    const id = await person(username, "telephone");
    await db.insertInto("telephones").values({ staff_id: id, owner_agent_id, ha1_md5: "", ha1_sha256: "" }).execute();
    return id;
  };
  const anna = await agent("anna");
  const ben = await agent("ben");
  const staff = {
    ...{ anna, ben, carla: await person("carla", "supervisor") },
    desk11: await telephone("desk11", null),
    desk12: await telephone("desk12", null),
    /** Ben's own. */
    desk13: await telephone("desk13", ben),
  };
  for (const name of ["support", "sales", "office"]) {
    await db
      .insertInto("queues")
      .values({
        ...{ name, strategy: "ringall", ring_seconds: 20, wrap_up_seconds: 0, max_wait_seconds: 60 },
        mandatory_disposition: false,
      })
      .execute();
  }
  const settings = {
    undisposedUser: "telephone" as UndisposedUser,
    disposeDeadlineHours: 24,
    timeZone: "Europe/Rome",
  };
  const deps: BatchDeps = {
    ...{ db, node: "node1", language: journalLanguage, log: openLog({ level: "silent" }) },
    settings: { current: () => settings },
  };
  return {
    ...{ db, url: home.url, deps, staff, settings },
    agent,
    telephone,
    async clear() {
      settings.undisposedUser = "telephone";
      for (const table of ["calls", "journal_lines", "journal_damage", "journal_checkpoints"] as const) {
        await db.deleteFrom(table).execute();
      }
      for (const table of ["leg_dispositions", "leases", "sessions", "audit"] as const) {
        await db.deleteFrom(table).execute();
      }
    },
    /** A session on a telephone, with its lease. */
    async sit(agentId: number, telephoneId: number, from: Date, until: Date | null) {
      const times = { started_at: from, ended_at: until, end_reason: until === null ? null : "logout" };
      const { id } = await db
        .insertInto("sessions")
        .values({ agent_id: agentId, ...times })
        .returning("id")
        .executeTakeFirstOrThrow();
      await db
        .insertInto("leases")
        .values({ session_id: id, agent_id: agentId, telephone_id: telephoneId, ...times })
        .execute();
    },
    /** Everything that is folded, in a fixed order. */
    everything: () => everything(db),
    async end() {
      await home.close();
    },
  };
}

export type CallHouse = Awaited<ReturnType<typeof callHouse>>;

async function everything(db: Database) {
  const [calls, legs, visits, rows] = await Promise.all([
    db.selectFrom("calls").selectAll().orderBy("linked_id").execute(),
    db.selectFrom("legs").selectAll().orderBy("leg_id").execute(),
    db.selectFrom("queue_visits").selectAll().orderBy("id").execute(),
    db.selectFrom("report_calls").selectAll().orderBy("id").execute(),
  ]);
  return { calls, legs, visits, rows };
}

/** A recorded journal as the reader hands it out. */
export function recordedReads(name: string, fileId = name): JournalRead[] {
  let byte = 0;
  return recordedLines(name).map((text) => {
    const nextByte = byte + Buffer.byteLength(text) + 1;
    const line = { fileId, byte, nextByte, text };
    byte = nextByte;
    return line;
  });
}

/** When a recorded line was written. */
export function instantOf(line: JournalRead | undefined): Date {
  return new Date(Number(/"eventtime":"([0-9.]+)"/.exec(line?.text ?? "")?.[1]) * 1000);
}

/** The same calls so many seconds later: other names, and in other months where it is long enough. */
export function movedReads(lines: readonly JournalRead[], seconds: number): JournalRead[] {
  const later = (_: string, before: string, second: string) => `${before}${Number(second) + seconds}`;
  return lines.map((line) => ({
    ...line,
    fileId: `${line.fileId} after ${seconds} s`,
    text: line.text.replace(/(node1-)([0-9]{10})/g, later).replace(/("eventtime":")([0-9]{10})/g, later),
  }));
}
