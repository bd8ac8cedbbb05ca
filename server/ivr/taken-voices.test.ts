import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { until } from "../../test/until.ts";
import { openLog } from "../log.ts";
import { openTakenVoices } from "./taken-voices.ts";

const root = mkdtempSync(join(tmpdir(), "perch-taken-"));
const folder = join(root, "taken");
afterAll(() => rmSync(root, { recursive: true, force: true }));
const open = (clock = handClock(new Date())) => openTakenVoices({ folder, clock, log: openLog({ level: "silent" }) });

it("a voice is one of the folder's, as long as its file, and nothing else of the machine is", async () => {
  const taken = open();
  await taken.start();
  const name = taken.fresh();
  expect([taken.isOne(name), await taken.lengthMs(name)]).toEqual([true, 0]);
  writeFileSync(`${name}.wav`, Buffer.alloc(44 + 16 * 1500));
  expect(await taken.lengthMs(name)).toBe(1500);
  const other = join(root, "perch-voice-00000000-0000-0000-0000-000000000000");
  writeFileSync(`${other}.wav`, "");
  for (const odd of [other, `${folder}/../${name.split("/").at(-1)}`, join(folder, "x"), "", "/etc/passwd"]) {
    expect([odd, taken.isOne(odd), await taken.lengthMs(odd)]).toEqual([odd, false, 0]);
    await taken.remove(odd);
  }
  expect(existsSync(`${other}.wav`)).toBe(true);
  await taken.remove(name);
  expect(existsSync(`${name}.wav`)).toBe(false);
  taken.stop();
});

it("what a crash has left is removed after a day, what a call may still have is not", async () => {
  const clock = handClock(new Date());
  const [old, fresh, message] = [open().fresh(), open().fresh(), open().fresh()];
  for (const name of [old, fresh, message]) writeFileSync(`${name}.wav`, "");
  // It is on its way to become an item, however long the database is away.
  writeFileSync(`${message}.json`, "");
  const before = clock.now().getTime() / 1000 - 25 * 3600;
  for (const file of [`${old}.wav`, `${message}.wav`, `${message}.json`]) utimesSync(file, before, before);
  const taken = open(clock);
  await taken.start();
  expect([existsSync(`${old}.wav`), existsSync(`${fresh}.wav`)]).toEqual([false, true]);
  clock.advance(25 * 3600_000);
  await until("it is looked at again", () => {
    clock.advance(3600_000);
    return !existsSync(`${fresh}.wav`);
  });
  expect([existsSync(`${message}.wav`), existsSync(`${message}.json`)]).toEqual([true, true]);
  taken.stop();
});
