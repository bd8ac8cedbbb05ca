import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { openLog } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { CannotSpeak } from "../voice-files.ts";
import { insertPrompt, putVoice } from "./prompt-store.ts";
import { createVoiceFileService, type VoiceFileService } from "./voice-file-service.ts";
import { openVoiceFolder } from "./voice-folder.ts";
import type { MadeVoice, VoiceMaker } from "./voice-maker.ts";

let place: MigratedDatabase;
let clock: HandClock;
let root: string;
let voices: VoiceFileService;
let spoken: string[];
let house: VoiceLanguage;
let author: number;
let count = 0;

/** What it says stands in it, so that a test can read it. */
const voiceOf = (words: string): MadeVoice => {
  const wide = Buffer.from(`wide ${words}`);
  return {
    wide,
    narrow: Buffer.from(`narrow ${words}`),
    sha256: createHash("sha256").update(wide).digest(),
    lengthMs: 1,
  };
};
const maker: VoiceMaker = {
  ofFile: async () => new Refusal("prompt.no-audio", "No file is brought here."),
  async ofText(text, language) {
    spoken.push(text);
    if (text === "broken") throw new Error("the engine has ended");
    return text === "too much" ? new Refusal("prompt.busy", "Not now.") : voiceOf(`${language} ${text}`);
  },
};
const build = () =>
  createVoiceFileService({
    ...{ db: place.db, clock, log: openLog({ level: "silent" }), maker, houseLanguage: () => house },
    folders: { prompts: openVoiceFolder(join(root, "prompts")), spoken: openVoiceFolder(join(root, "spoken")) },
  });

beforeAll(async () => {
  place = await migratedDatabase();
  const staff = { kind: "admin" as const, full_name: "Ada", username: "ada" };
  author = (await place.db.insertInto("staff").values(staff).returning("id").executeTakeFirstOrThrow()).id;
});
afterAll(() => place?.close());
beforeEach(async () => {
  clock = handClock(new Date("2026-03-02T08:00:00Z"));
  root = mkdtempSync(join(tmpdir(), "perch-voices-"));
  spoken = [];
  house = "it";
  voices = build();
  await voices.start();
  await voices.settled();
});
afterEach(async () => {
  await voices.stop();
  rmSync(root, { recursive: true, force: true });
});

async function put(promptId: number, language: VoiceLanguage, words: string): Promise<void> {
  const origin = { source: "text" as const, text: words, fileName: null };
  const made = { madeAt: clock.now(), madeBy: author };
  await putVoice(place.db, { promptId, language, ...origin, ...made, ...voiceOf(words) });
  voices.changed(promptId);
}
async function prompt(...said: [VoiceLanguage, string][]): Promise<number> {
  count += 1;
  const id = await insertPrompt(place.db, `Prompt ${count}`);
  for (const [language, words] of said) await put(id, language, words);
  return id;
}
const read = (name: string | null, ending = ".wav16") =>
  name === null ? null : readFileSync(`${name}${ending}`, "utf8");
const sounds = () => readdirSync(join(root, "prompts")).sort();

it("names a file that is there, at both rates, under the name of its sound", async () => {
  const id = await prompt(["en", "hello"]);
  const name = await voices.fileOf(id, "en");
  expect(read(name)).toBe("wide hello");
  expect(read(name, ".wav")).toBe("narrow hello");
  expect(basename(name ?? "")).toBe(voiceOf("hello").sha256.toString("hex"));
});

it("speaks the caller's language, else the house's, else English, else any", async () => {
  const id = await prompt(["en", "hello"], ["es", "hola"]);
  expect(read(await voices.fileOf(id, "es"))).toBe("wide hola");
  expect(read(await voices.fileOf(id, "fr"))).toBe("wide hello");
  await put(id, "it", "ciao");
  expect(read(await voices.fileOf(id, "fr"))).toBe("wide ciao");
  expect(read(await voices.fileOf(await prompt(["fr", "bonjour"]), "es"))).toBe("wide bonjour");
  expect(await voices.fileOf(await prompt(), "en")).toBeNull();
  expect(await voices.fileOf(999_999, "en")).toBeNull();
});

it("plays a changed voice from the next time on, also where another node changed it", async () => {
  const id = await prompt(["en", "old words"]);
  expect(read(await voices.fileOf(id, "en"))).toBe("wide old words");
  await put(id, "en", "new words");
  expect(read(await voices.fileOf(id, "en"))).toBe("wide new words");
  const { wide, narrow, sha256 } = voiceOf("elsewhere");
  await place.db.updateTable("prompt_voices").set({ wide, narrow, sha256 }).where("prompt_id", "=", id).execute();
  clock.advance(6_000);
  expect(read(await voices.fileOf(id, "en"))).toBe("wide elsewhere");
});

it("fills the folder at a start, and a file that is lost when it is wanted", async () => {
  const id = await prompt(["en", "lost"]);
  await voices.stop();
  rmSync(join(root, "prompts"), { recursive: true });
  await voices.start();
  await voices.settled();
  const name = join(root, "prompts", voiceOf("lost").sha256.toString("hex"));
  expect(read(name)).toBe("wide lost");
  rmSync(`${name}.wav`);
  expect(await voices.fileOf(id, "en")).toBe(name);
  expect(read(name, ".wav")).toBe("narrow lost");
});

it("removes what nobody uses any more, not in the moment in which it may still be played", async () => {
  const id = await prompt(["en", "to go"]);
  const name = basename((await voices.fileOf(id, "en")) ?? "");
  writeFileSync(join(root, "prompts", `${name}.wav.abc.new`), "half of it");
  await place.db.deleteFrom("prompts").where("id", "=", id).execute();
  voices.changed(id);
  expect(await voices.fileOf(id, "en")).toBeNull();
  clock.advance(600_000);
  await voices.settled();
  expect(sounds()).toContain(`${name}.wav16`);
  clock.advance(600_000);
  await voices.settled();
  expect(sounds()).not.toContain(`${name}.wav16`);
  await voices.stop();
  await voices.start();
  await voices.settled();
  expect(sounds().filter((one) => one.startsWith(name))).toEqual([]);
});

it("speaks a text once, and knows it after a restart", async () => {
  const names = await Promise.all([1, 2, 3].map(() => voices.spoken("Number 4711", "en")));
  expect(new Set(names).size).toBe(1);
  expect(read(names[0] ?? null)).toBe("wide en Number 4711");
  await voices.spoken("Number 4711", "it");
  await voices.stop();
  voices = build();
  await voices.start();
  expect(await voices.spoken("Number 4711", "en")).toBe(names[0]);
  expect(spoken).toEqual(["Number 4711", "Number 4711"]);
});

it("says the house's own sayings", async () => {
  expect(read(await voices.said("queue-position", { count: 3 }, "fr"))).toBe(
    "wide fr Vous êtes le numéro 3 dans la file d'attente.",
  );
});

it("says why a text cannot be spoken", async () => {
  await expect(voices.spoken("too much", "en")).rejects.toThrow(new CannotSpeak("Not now."));
  await expect(voices.spoken("x".repeat(1001), "en")).rejects.toThrow(CannotSpeak);
  await expect(voices.spoken("broken", "en")).rejects.toThrow(CannotSpeak);
  expect(spoken).toEqual(["too much", "broken"]);
});
