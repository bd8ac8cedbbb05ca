import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

it("keeps the last line of a process that ends right after it has begun", () => {
  const folder = mkdtempSync(join(tmpdir(), "perch-log-"));
  const file = join(folder, "deeper", "perch.log");
  const script = `import { openLog } from ${JSON.stringify(new URL("./log.ts", import.meta.url).href)};
    openLog({ level: "info", file: ${JSON.stringify(file)} }).fatal("the start failed");
    process.exit(1);`;
  const done = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  expect([done.stderr, done.status]).toEqual(["", 1]);
  expect(readFileSync(file, "utf8")).toContain("the start failed");
  rmSync(folder, { recursive: true });
});
