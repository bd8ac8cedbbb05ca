import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { journalLanguage } from "../server/asterisk/journal-line.ts";
import type { UndisposedUser } from "../server/calls/attribution.ts";
import { type RefoldReport, refoldJournal } from "../server/calls/refold-service.ts";
import { readConfig } from "../server/config.ts";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { migrate } from "../server/db/migrate.ts";
import { openDatabase } from "../server/db/pool.ts";
import { openLog } from "../server/log.ts";
import { readSettings } from "../server/staff/setting-store.ts";
import { checkout } from "./checkout.ts";

const usage = `usage: perch journal refold --from DATE [--to DATE] [--dry-run]

  Folds the calls made from DATE on (and before the other; UTC) again from the journal that is kept, puts them
  right and says what was otherwise. Perch may run meanwhile. Ctrl-C stops it between two pieces; begun again,
  it finds the first ones as they should be. --dry-run changes nothing.
`;

export const journal = async (args: string[]): Promise<number> => {
  const [what, ...rest] = args;
  const { values } = parseArgs({
    args: rest,
    options: { from: { type: "string" }, to: { type: "string" }, "dry-run": { type: "boolean", default: false } },
  });
  const from = day(values.from);
  const to = values.to === undefined ? new Date("2100-01-01T00:00:00Z") : day(values.to);
  if (what !== "refold" || from === null || to === null) {
    process.stderr.write(usage);
    return 2;
  }
  const config = readConfig(process.env, checkout);
  if (config.databaseUrl === null && !existsSync(join(config.home, "db"))) {
    process.stderr.write(`perch: there is no database in ${config.home}\n`);
    return 1;
  }
  const log = openLog({ level: "warn" });
  const embedded = config.databaseUrl === null ? await startEmbeddedDatabase({ home: config.home, log }) : null;
  const db = openDatabase(embedded?.url ?? config.databaseUrl ?? "", { max: 2, onError: () => {} });
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once("SIGINT", stop);
  try {
    await migrate(db);
    const { undisposedUser } = await readSettings(db);
    const user: UndisposedUser = undisposedUser === "seated-agent" ? "seated-agent" : "telephone";
    const settings = { current: () => ({ undisposedUser: user }) };
    const report = await refoldJournal(
      { db, log, settings, node: config.node, language: journalLanguage },
      { from, to, dryRun: values["dry-run"] },
      {
        stopped: () => stopped,
        progress(calls, month) {
          if (process.stderr.isTTY) process.stderr.write(`\r${month.slice(0, 7)}: ${calls} calls`);
        },
      },
    );
    if (process.stderr.isTTY) process.stderr.write("\r");
    process.stdout.write(words(report, values["dry-run"]));
    return report.failed.size === 0 && !stopped ? 0 : 1;
  } finally {
    process.off("SIGINT", stop);
    await db.destroy();
    if (embedded !== null && !embedded.adopted) await embedded.stop();
  }
};

/** Null: it is none. */
function day(text: string | undefined): Date | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? new Date(`${text}T00:00:00Z`) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : at;
}

const NAMES = { calls: "calls", legs: "legs", visits: "stays in queues", rows: "rows of Report Call" } as const;

function words(report: RefoldReport, dryRun: boolean): string {
  const lines = [`${report.calls} calls were folded again${dryRun ? ", and nothing was written" : ""}.`];
  for (const [kind, name] of Object.entries(NAMES)) {
    const { before, added, gone, changed } = report.counts[kind as keyof typeof NAMES];
    lines.push(`  ${name}: ${before} before; ${added} were missing, ${gone} too many, ${changed} otherwise`);
  }
  if (report.first.length > 0) lines.push("", ...report.first);
  for (const [linkedId, why] of report.failed) lines.push(`Call ${linkedId} ${why}. It stays as it is.`);
  for (const month of report.archived) lines.push(`${month.slice(0, 7)} is archived and was left out.`);
  if (report.stopped) lines.push("", "Stopped before the end. Begun again, it goes over all of it.");
  return `${lines.join("\n")}\n`;
}
