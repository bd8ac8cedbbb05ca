import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedDatabase } from "../server/db/embedded.ts";
import { openLog } from "../server/log.ts";
import { isRunning, parsePidFile } from "../server/process-identity.ts";

/**
 * Holds the throw-away PostgreSQL of one test run: started by its first test that wants a database, ended when the run
 * has ended, be it by kill -9. Arguments: the folder, and the identity of the run.
 */
const [home, run] = process.argv.slice(2);
const runner = run === undefined ? undefined : parsePidFile(run);
if (home === undefined || runner === undefined) throw new Error("usage: database-keeper.ts HOME IDENTITY");

const publish = (outcome: { url: string } | { error: string }): void => {
  writeFileSync(join(home, "outcome.new"), JSON.stringify(outcome), { mode: 0o600 });
  renameSync(join(home, "outcome.new"), join(home, "outcome"));
};

try {
  const database = await startEmbeddedDatabase({ home, log: openLog({ level: "silent" }), durable: false });
  publish({ url: database.url });
  while (isRunning(runner)) await delay(250);
  await database.stop();
} catch (error) {
  publish({ error: String(error) });
  while (isRunning(runner)) await delay(250);
}
rmSync(home, { recursive: true, force: true });
