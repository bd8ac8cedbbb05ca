import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isOpen } from "../../contract/calendar-time.ts";
import { addDays } from "../../contract/house-days.ts";
import { EMPTY_CONFIG } from "../../server/asterisk/render/render.ts";
import type { CalendarConfig } from "../../server/telephony-config.ts";
import { type AsteriskRig, startAsteriskRig } from "../rig/asterisk-rig.ts";
import { freePort } from "../rig/free-port.ts";
import { until } from "../until.ts";

/** A day in the years that are tried. */
const day = fc.integer({ min: 0, max: 1200 }).map((ahead) => addDays("2026-02-01", ahead));
const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});
const hours = fc.record({ from: time, to: fc.oneof(time, fc.constant("24:00")) }).filter(({ from, to }) => from !== to);
const weekly = fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([on, each]) => ({ day: on, ...each }));
const calendar = fc.record({
  timeZone: fc.constantFrom(
    ...["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "UTC"],
  ),
  week: fc.array(weekly, { maxLength: 12 }),
  exceptions: fc.array(
    fc.record({ name: fc.constant("x"), date: day, yearly: fc.boolean(), hours: fc.array(hours, { maxLength: 2 }) }),
    { maxLength: 8 },
  ),
});
const SEED = 20_261_123;
const calendars: CalendarConfig[] = fc
  .sample(calendar, { numRuns: 12, seed: SEED })
  .map((each, index) => ({ ...each, calendarId: index + 1 }));

let rig: AsteriskRig;
let server: Server;
const callers: Socket[] = [];

beforeAll(async () => {
  rig = await startAsteriskRig({ config: { ...EMPTY_CONFIG, calendars } });
  const port = await freePort();
  server = createServer((socket) => callers.push(socket));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await rig.console("module load res_clioriginate");
  await rig.console("dialplan add extension s,1,Answer into perch-try");
  await rig.console("dialplan add extension s,2,Wait,600 into perch-try");
  await rig.console(`channel originate Local/s@perch-try application AGI agi://127.0.0.1:${port}`);
});
afterAll(async () => {
  for (const socket of callers) socket.destroy();
  server.close();
  await rig.stop();
});

/** What the dial plan says of a calendar at an instant: asked over AGI, on one call. */
async function dialPlan(): Promise<(calendarId: number, seconds: number) => Promise<string>> {
  const socket = await until("Asterisk asks what to do", () => callers[0]);
  socket.setNoDelay(true);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async (wanted: (line: string) => boolean): Promise<string> => {
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error("Asterisk has hung up");
      if (wanted(line.value)) return line.value;
    }
  };
  await next((line) => line === "");
  const command = (text: string) => {
    socket.write(`${text}\n`);
    return next((line) => line.startsWith("200 ") || line.startsWith("5"));
  };
  return async (calendarId, seconds) => {
    await command(`GOSUB perch-calendar c${calendarId} 1 ${seconds}`);
    const answer = await command("GET VARIABLE GOSUB_RETVAL");
    return /\((.*)\)/.exec(answer)?.[1] ?? answer;
  };
}

it("the dial plan opens and closes at the same instants as the house says, in zones whose clocks are turned", async () => {
  const ask = await dialPlan();
  const anyTime = fc.integer({ min: Date.UTC(2026, 2, 1) / 1000, max: Date.UTC(2029, 4, 1) / 1000 });
  // Around the turns of clocks in Rome, New York and Lord Howe: where it would go wrong.
  const turns = ["2026-10-25T01:00Z", "2027-03-28T01:00Z", "2027-03-14T07:00Z", "2026-10-03T15:30Z"];
  const atTurn = fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -26 * 3600, max: 26 * 3600 }))
    .map(([turn, by]) => Date.parse(turn) / 1000 + by);
  const asked = fc.sample(fc.tuple(fc.constantFrom(...calendars), fc.oneof(anyTime, atTurn)), {
    numRuns: 300,
    seed: SEED,
  });
  const said: string[] = [];
  const expected: string[] = [];
  for (const [each, seconds] of asked) {
    const name = `${each.calendarId} at ${new Date(seconds * 1000).toISOString()}: `;
    said.push(name + (await ask(each.calendarId, seconds)));
    expected.push(name + (isOpen(each, new Date(seconds * 1000)) ? "1" : "0"));
  }
  expect(said).toEqual(expected);
  expect(new Set(said.map((line) => line.at(-1)))).toEqual(new Set(["0", "1"]));
  expect(rig.complaints()).toEqual([]);
}, 60_000);
