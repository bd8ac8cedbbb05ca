import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { journalLanguage } from "../server/asterisk/journal-line.ts";
import { createJournalReader } from "../server/asterisk/journal-reader.ts";
import { callAt } from "../server/calls/call-at.ts";
import { createJournalService } from "../server/calls/journal-service.ts";
import { systemClock } from "../server/clock.ts";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { migrate } from "../server/db/migrate.ts";
import { openDatabase, runScript } from "../server/db/pool.ts";
import { memoryHub } from "../server/hub.ts";
import { openLog } from "../server/log.ts";
import { recordedLines } from "../test/journal-fixture.ts";
import { until } from "../test/until.ts";
import { type Bench, spread } from "./figure.ts";

const CALLS_PER_SECOND = 50;
const SECONDS = 30;
/** The lines of a call are written over so long. */
const CALL_MS = 3000;
const TICK_MS = 10;
const RECORDED = ["queue-answered-caller-ends", "internal-answered", "queue-first-phone-unanswered"];

/** The people and queues that the recorded calls speak of. */
const HOUSE = `
  insert into staff (kind, full_name, username, created_at)
    select 'telephone', 'Desk ' || n, 'desk' || n, '2026-01-01' from generate_series(11, 13) n;
  insert into telephones (staff_id, ha1_md5, ha1_sha256) select id, '', '' from staff;
  insert into queues (name, strategy, ring_seconds, wrap_up_seconds, mandatory_disposition, max_wait_seconds)
    select 'queue ' || n, 'ringall', 20, 0, false, 60 from generate_series(1, 3) n;
`;

interface Due {
  atMs: number;
  text: string;
  /** The call, where this is its last line. */
  ends: string | null;
}

/** A recorded call once more, made now: its lines, one after the other. */
function callAgain(name: string, n: number, startMs: number): Due[] {
  const lines = recordedLines(name);
  const recorded = Number(/node1-([0-9]{10})/.exec(lines[0] ?? "")?.[1]);
  const later = Math.floor(Date.now() / 1000) - recorded;
  const moved = lines.map((line) =>
    line
      .replace(/node1-([0-9]{10})\.([0-9]+)/g, (_, s, seq) => `node1-${Number(s) + later}.${n * 1000 + Number(seq)}`)
      .replace(/("eventtime":")([0-9]{10})/g, (_, before, s) => `${before}${Number(s) + later}`),
  );
  const linkedId = /"linkedid":"([^"]+)"/.exec(moved.at(-1) ?? "")?.[1] ?? "";
  return moved.map((text, line) => ({
    atMs: startMs + (line * CALL_MS) / moved.length,
    text,
    ends: line === moved.length - 1 ? linkedId : null,
  }));
}

/**
 * The last line of a call written into the journal → its row in Report Call has its end, seen by another connection.
 * The database writes to the disk as in a house.
 */
export const bench: Bench = async (print) => {
  const home = mkdtempSync(join(tmpdir(), "perch-lag-"));
  for (const folder of ["log", "run", "secrets", "journal"]) mkdirSync(join(home, folder));
  const log = openLog({ level: "warn" });
  const database = await startEmbeddedDatabase({ home, log });
  const db = openDatabase(database.url, { onError: () => {} });
  try {
    await migrate(db);
    await runScript(db, HOUSE);
    const hub = memoryHub(() => {});
    const directory = join(home, "journal");
    const service = createJournalService({
      ...{ db, clock: systemClock, hub, log, node: "node1", language: journalLanguage },
      settings: { current: () => ({ undisposedUser: "telephone" }), onChange: () => () => {} },
      source: createJournalReader({ directory, names: ["journal"], clock: systemClock, log }),
    });
    service.start();
    const total = CALLS_PER_SECOND * SECONDS;
    const due = Array.from({ length: total }, (_, n) =>
      callAgain(RECORDED[n % RECORDED.length] ?? "", n + 1, (n * 1000) / CALLS_PER_SECOND),
    )
      .flat()
      .sort((a, b) => a.atMs - b.atMs);
    print(`${total} calls, ${CALLS_PER_SECOND} a second, ${due.length.toLocaleString("en")} lines`);

    const written = new Map<string, number>();
    const lags: number[] = [];
    hub.subscribe(async (news) => {
      if (news.type !== "call.folded" || !written.has(news.linkedId)) return;
      const { linkedId } = news;
      const row = await db
        .selectFrom("report_calls")
        .where("linked_id", "=", linkedId)
        .where("call_at", "=", callAt(linkedId))
        .where("ended_at", "is not", null)
        .select("id")
        .executeTakeFirst();
      const at = written.get(linkedId);
      if (row === undefined || at === undefined) return;
      written.delete(linkedId);
      lags.push(performance.now() - at);
    });

    const begun = performance.now();
    let next = 0;
    const ticking = setInterval(() => {
      let text = "";
      const ended: string[] = [];
      for (let line = due[next]; line !== undefined && line.atMs <= performance.now() - begun; line = due[next]) {
        text += `${line.text}\n`;
        if (line.ends !== null) ended.push(line.ends);
        next += 1;
      }
      if (text === "") return;
      appendFileSync(join(directory, "journal.jsonl"), text);
      const now = performance.now();
      for (const linkedId of ended) written.set(linkedId, now);
    }, TICK_MS);
    await until("every call has its row", () => lags.length === total, { timeoutMs: (SECONDS + 120) * 1000 });
    clearInterval(ticking);
    await service.stop();
    return spread("journal line written → row visible", lags, "ms", 500);
  } finally {
    await db.destroy();
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
};
