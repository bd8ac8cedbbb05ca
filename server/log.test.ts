import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { until } from "../test/until.ts";
import { openLog } from "./log.ts";

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

it("puts a full file away, keeps three of them and loses no line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "perch-log-"));
  const file = join(folder, "perch.log");
  const log = openLog({ level: "info", file, fullBytes: 500 });
  const written = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("");
  for (let n = 1; n <= 60; n += 1) {
    log.info({ n }, "a line");
    await until(`line ${n} is written`, () => written().includes(`"n":${n},`));
  }
  const files = readdirSync(folder).sort();
  expect(files).toEqual(["perch.log", "perch.log.1", "perch.log.2", "perch.log.3"]);
  const numbers = files
    .toReversed()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { n: number }).n);
  const [first = 0] = numbers;
  expect(numbers).toEqual(Array.from({ length: 61 - first }, (_, index) => first + index));
  expect(first).toBeGreaterThan(1);
  rmSync(folder, { recursive: true });
});
