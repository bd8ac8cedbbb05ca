import { expect, it } from "vitest";
import type { Clock } from "./clock.ts";
import { openLog } from "./log.ts";
import { createPatientStart, StartEnded } from "./patient-start.ts";

const log = openLog({ level: "silent" });
const away = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

/** Time that passes at once, and is written down. */
function quickClock(): Clock & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(0),
    after(ms, act) {
      waits.push(ms);
      const immediate = setImmediate(act);
      return () => clearImmediate(immediate);
    },
  };
}

it("tries again, ever more rarely, while the database is away, and says so once", async () => {
  const clock = quickClock();
  const said: string[] = [];
  const start = createPatientStart({ clock, log, place: "db.example", progress: (line) => said.push(line) });
  let left = 8;
  const act = async () => {
    left -= 1;
    if (left > 0) throw away();
    return "done";
  };
  expect(await start.step(act)).toBe("done");
  expect(clock.waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  expect(said).toEqual([
    "the database at db.example cannot be reached; trying again (telephones keep working)",
    "the database at db.example answers",
  ]);
});

it("does not try again what is wrong", async () => {
  const start = createPatientStart({ clock: quickClock(), log, place: "", progress: () => {} });
  await expect(start.step(() => Promise.reject(new Error("syntax error")))).rejects.toThrow("syntax error");
});

it("ends while it waits", async () => {
  const never: Clock = { now: () => new Date(0), after: () => () => {} };
  const start = createPatientStart({ clock: never, log, place: "", progress: () => start.end() });
  await expect(start.step(() => Promise.reject(away()))).rejects.toThrow(StartEnded);
});
