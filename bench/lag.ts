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
import { type Database, openDatabase, runScript } from "../server/db/pool.ts";
import { memoryHub } from "../server/hub.ts";
import { openLog } from "../server/log.ts";
import { recordedLines } from "../test/journal-fixture.ts";
import { until } from "../test/until.ts";
import { type Bench, type Figure, spread } from "./figure.ts";
import { largeReport } from "./large-report.ts";
import { FILTERS, monthByAgentAndHour, pages } from "./report.ts";

const CALLS_PER_SECOND = 50;
const SECONDS = 30;
/** Sums and pages are asked for without a pause over each other by so many. */
const READERS = 2;
/** Of the house whose reports are read beside it. */
const ROWS = "1000000";
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
 * Writes recorded calls into a journal, so many a second, and answers for each how long it took from its last line to
 * the end of its row in Report Call, seen by another connection. `first` numbers the calls: each run has its own.
 */
async function lagsOf(db: Database, first: number): Promise<number[]> {
  const home = mkdtempSync(join(tmpdir(), "perch-lag-"));
  const log = openLog({ level: "warn" });
  const hub = memoryHub(() => {});
  const service = createJournalService({
    ...{ db, clock: systemClock, hub, log, node: "node1", language: journalLanguage },
    settings: { current: () => ({ undisposedUser: "telephone" }), onChange: () => () => {} },
    source: createJournalReader({ directory: home, names: ["journal"], clock: systemClock, log }),
  });
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
  service.start();
  const total = CALLS_PER_SECOND * SECONDS;
  const due = Array.from({ length: total }, (_, n) =>
    callAgain(RECORDED[n % RECORDED.length] ?? "", first + n, (n * 1000) / CALLS_PER_SECOND),
  )
    .flat()
    .sort((a, b) => a.atMs - b.atMs);
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
    appendFileSync(join(home, "journal.jsonl"), text);
    const now = performance.now();
    for (const linkedId of ended) written.set(linkedId, now);
  }, TICK_MS);
  try {
    await until("every call has its row", () => lags.length === total, { timeoutMs: (SECONDS + 120) * 1000 });
    return lags;
  } finally {
    clearInterval(ticking);
    await service.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Reads reports of a month and pages of Report Call, one after the other, until it is told to stop; answers how many. */
async function readReports(db: Database, stopped: () => boolean): Promise<number> {
  let read = 0;
  for (; !stopped(); read += 1) {
    if (read % 2 === 0) await monthByAgentAndHour(db);
    else await pages(db, FILTERS[read % FILTERS.length] ?? {});
  }
  return read;
}

/**
 * A line of the journal written → its row visible: in a house of its own whose database writes to the disk, and in one
 * with a million calls, alone and while reports of it are read without a pause.
 */
export const bench: Bench = async (print) => {
  const home = mkdtempSync(join(tmpdir(), "perch-lag-"));
  for (const folder of ["log", "run", "secrets"]) mkdirSync(join(home, folder));
  const log = openLog({ level: "warn" });
  const database = await startEmbeddedDatabase({ home, log });
  const db = openDatabase(database.url, { onError: () => {} });
  const figures: Figure[] = [];
  try {
    await migrate(db);
    await runScript(db, HOUSE);
    print(`${CALLS_PER_SECOND} calls a second, ${SECONDS} seconds`);
    figures.push(...spread("journal line written → row visible", await lagsOf(db, 1), "ms", 500));
  } finally {
    await db.destroy();
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
  process.env.PERCH_BENCH_ROWS ??= ROWS;
  const large = await largeReport(print);
  try {
    print("the same in a large house, alone and beside reports");
    const alone = await lagsOf(large.db, 100_000);
    let over = false;
    const readers = Array.from({ length: READERS }, () => readReports(large.db, () => over));
    const beside = await lagsOf(large.db, 200_000);
    over = true;
    const read = (await Promise.all(readers)).reduce((sum, each) => sum + each, 0);
    print(`${read} reports and pages were read meanwhile`);
    figures.push(...spread("in a large house", alone, "ms"), ...spread("beside reports", beside, "ms", 500));
  } finally {
    await large.close();
  }
  return figures;
};
