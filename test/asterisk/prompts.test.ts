import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { findSoundPrograms, program } from "../../cli/programs.ts";
import type { Prompt } from "../../contract/views.ts";
import { Ami } from "../../server/asterisk/ami.ts";
import { voicesFolder } from "../../server/asterisk/daemon.ts";
import { systemClock } from "../../server/clock.ts";
import { memoryHub } from "../../server/hub.ts";
import { openLog } from "../../server/log.ts";
import { createPromptServices, type PromptServices } from "../../server/prompts/prompt-services.ts";
import { runSoundProgram } from "../../server/prompts/sound-program.ts";
import { Refusal } from "../../server/refusal.ts";
import { createChangeService } from "../../server/staff/change-service.ts";
import { type MigratedDatabase, migratedDatabase } from "../migrated-database.ts";
import { type Floor, startFloor } from "../rig/floor.ts";
import { type Heard, heard } from "../rig/heard.ts";
import { toneFile } from "../rig/tone-file.ts";
import { until } from "../until.ts";

let floor: Floor;
let place: MigratedDatabase;
let voices: PromptServices;
let files: string;
let manager: Ami;
let actor: { staffId: number; role: "admin" };

beforeAll(async () => {
  floor = await startFloor();
  files = mkdtempSync(join(tmpdir(), "perch-heard-"));
  place = await migratedDatabase();
  const staff = { kind: "admin" as const, full_name: "Ada", username: "ada" };
  const { id } = await place.db.insertInto("staff").values(staff).returning("id").executeTakeFirstOrThrow();
  actor = { staffId: id, role: "admin" };
  const base = { db: place.db, clock: systemClock, log: openLog({ level: "silent" }) };
  const hub = memoryHub(() => {});
  voices = createPromptServices({
    ...base,
    changes: createChangeService({ ...base, hub, telephonyConfig: { inForce: async () => {} } }),
    settings: { current: () => ({ promptLanguage: null, country: "IT" }) },
    programs: findSoundPrograms(),
    folder: voicesFolder(floor.rig.instance.directories),
    usesOf: async () => new Map(),
    telephony: floor.telephony,
    telephone: () => null,
  });
  for (const part of voices.parts) await part.start();
  manager = new Ami({
    ...floor.rig.instance.manager,
    ...{ host: "127.0.0.1", clock: systemClock, log: base.log, withoutEvents: true },
    ...{ onEvent: () => {}, onUp: () => {}, onDown: () => {} },
  });
  manager.start();
  await until("the manager is there", () => manager.up);
});
afterEach(() => floor?.clear());
afterAll(async () => {
  manager?.stop();
  for (const part of voices?.parts ?? []) await part.stop();
  await place?.close();
  await floor?.stop();
  rmSync(files, { recursive: true, force: true });
});

/** Rings a telephone, plays that to it, and answers what it heard. */
async function recorded(name: string | null, { wide = false } = {}): Promise<Buffer> {
  const file = join(files, `heard-${Math.random()}.wav`);
  const phone = await floor.phone("desk1", { autoAnswer: true, writesDown: file, wide });
  const calls = () => phone.events.filter(({ type }) => type === "CALL_CLOSED").length;
  const rung = { Channel: "PJSIP/desk1", Application: "Playback", Data: name, Async: true };
  expect(await manager.action("Originate", rung)).toMatchObject({ ok: true });
  await until("it was played to the end", () => calls() === 1, { timeoutMs: 30_000 });
  await phone.stop();
  return readFileSync(file);
}
const played = async (...what: Parameters<typeof recorded>): Promise<Heard> => heard(await recorded(...what), "wav");

const sox = async (input: Buffer, ...args: string[]): Promise<Buffer> => {
  const run = await runSoundProgram(program("sox"), args, input, { mostBytes: 10_000_000, timeoutMs: 10_000 });
  if (!run.ok) throw new Error(run.why);
  return run.output;
};
/** The highest wave of what is above 4.5 kHz in it, which an ordinary telephone cannot carry. */
async function brilliance(wave: Buffer): Promise<number> {
  const raw = ["-t", "raw", "-r", "16000", "-e", "signed-integer", "-b", "16", "-c", "1", "-"];
  const high = await sox(wave, "-t", "wav", "-", ...raw, "rate", "16000", "sinc", "4500");
  let highest = 0;
  for (let at = 0; at + 1 < high.length; at += 2) highest = Math.max(highest, Math.abs(high.readInt16LE(at)));
  return highest;
}
/** Where the loudest stretch of half a second begins. */
function loudest(ear: Heard): number {
  let [place, most] = [0, 0];
  for (let at = 0; at < ear.lengthMs - 500; at += 100) {
    const peak = ear.peak(at, at + 500);
    if (peak > most) [place, most] = [at, peak];
  }
  return place;
}
const whole = (answer: Prompt | Refusal): Prompt => {
  if (answer instanceof Refusal) throw new Error(answer.title);
  return answer;
};
async function tone(name: string, hertz: number): Promise<Prompt> {
  const { id } = whole(await voices.prompts.create(actor, { name }));
  const content = readFileSync(toneFile(join(files, `${name}.wav`), hertz, 2));
  return whole(await voices.prompts.bring(actor, id, "it", { content, name: "tone.wav" }));
}

it.each([
  ["an ordinary telephone", false],
  ["a telephone of the wide band", true],
])("%s hears the tone of a prompt, and no other", async (_, wide) => {
  const { id } = await tone(`Tone ${wide}`, 440);
  const name = await voices.voiceFiles.fileOf(id, "fr");
  const ear = await played(name, { wide });
  const from = loudest(ear);
  expect(ear.tone("house", 440, from, from + 500)).toBeGreaterThan(3000);
  expect(ear.tone("house", 600, from, from + 500)).toBeLessThan(300);
  expect(ear.lengthMs).toBeGreaterThan(1500);
  expect(floor.rig.complaints()).toEqual([]);
});

it("a text is spoken, and heard as loud as a voice is", async () => {
  const ear = await played(await voices.voiceFiles.spoken("Siete il numero 3 della coda.", "it"));
  const from = loudest(ear);
  expect(ear.peak(from, from + 500)).toBeGreaterThan(4000);
  expect(ear.lengthMs).toBeGreaterThan(1000);
});

it("a saying of the house is heard in the caller's language", async () => {
  const ear = await played(await voices.voiceFiles.said("queue-wait-minutes", { count: 2 }, "es"));
  expect(ear.peak(0, ear.lengthMs)).toBeGreaterThan(4000);
});

it("a telephone of the wide band is given the wide sound, an ordinary one the narrow", async () => {
  const { id } = whole(await voices.prompts.create(actor, { name: "Bright" }));
  const shape = [
    "-n",
    "-r",
    "16000",
    "-c",
    "1",
    "-b",
    "16",
    "-t",
    "wav",
    "-",
    "synth",
    "2",
    "sine",
    "5500",
    "vol",
    "0.3",
  ];
  const content = await sox(Buffer.alloc(0), ...shape);
  whole(await voices.prompts.bring(actor, id, "en", { content, name: null }));
  const name = await voices.voiceFiles.fileOf(id, "en");
  expect(await brilliance(await recorded(name, { wide: true }))).toBeGreaterThan(2000);
  expect(await brilliance(await recorded(name))).toBeLessThan(500);
});
