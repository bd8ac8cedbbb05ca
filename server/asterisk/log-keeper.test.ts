import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { openLog } from "../log.ts";
import { createLogKeeper } from "./log-keeper.ts";

it("has a full log put away, and keeps three of those", async () => {
  const directory = mkdtempSync(join(tmpdir(), "perch-messages-"));
  let rotated = 0;
  const keeper = createLogKeeper({
    directory,
    rotate: async () => {
      rotated += 1;
    },
    clock: handClock(),
    log: openLog({ level: "silent" }),
    fullBytes: 10,
  });
  await keeper.look();
  writeFileSync(join(directory, "messages"), "short");
  await keeper.look();
  expect(rotated).toBe(0);
  writeFileSync(join(directory, "messages"), "long enough");
  for (let n = 0; n < 5; n += 1) writeFileSync(join(directory, `messages.${n}`), "old");
  await keeper.look();
  expect(rotated).toBe(1);
  expect(readdirSync(directory).sort()).toEqual(["messages", "messages.0", "messages.1", "messages.2"]);
  rmSync(directory, { recursive: true });
});
