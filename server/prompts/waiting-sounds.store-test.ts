import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type HandClock, handClock } from "../../test/hand-clock.ts";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { openLog } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { VoiceLanguage } from "../voice-dialogue.ts";
import { insertPrompt, putVoice } from "./prompt-store.ts";
import type { MadeVoice } from "./voice-maker.ts";
import { createWaitingSounds, type WaitingSounds } from "./waiting-sounds.ts";

let place: MigratedDatabase;
let clock: HandClock;
let folder: string;
let sounds: WaitingSounds;
let busy: boolean;
let author: number;
let count = 0;

/** What it says stands in it, so that a test can read it. */
const voiceOf = (words: string): MadeVoice => {
  const wide = Buffer.from(`wide ${words}`);
  const sha256 = createHash("sha256").update(wide).digest();
  return { wide, narrow: Buffer.from(`narrow ${words}`), sha256, lengthMs: 1 };
};
const build = (at = folder) =>
  createWaitingSounds({
    ...{ db: place.db, clock, log: openLog({ level: "silent" }), folder: at },
    maker: {
      ofText: async (text, language) =>
        busy ? new Refusal("prompt.busy", "Not now.") : voiceOf(`${language} ${text}`),
    },
  });

beforeAll(async () => {
  place = await migratedDatabase();
  const staff = { kind: "admin" as const, full_name: "Ada", username: "ada" };
  author = (await place.db.insertInto("staff").values(staff).returning("id").executeTakeFirstOrThrow()).id;
});
afterAll(() => place?.close());
beforeEach(async () => {
  clock = handClock(new Date("2026-03-02T08:00:00Z"));
  folder = mkdtempSync(join(tmpdir(), "perch-waiting-"));
  busy = false;
  sounds = build();
  await sounds.start();
});
afterEach(async () => {
  await sounds.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function prompt(...languages: VoiceLanguage[]): Promise<number> {
  count += 1;
  const promptId = await insertPrompt(place.db, `Prompt ${count}`);
  for (const language of languages) await put(promptId, language, `${language} ${count}`);
  return promptId;
}
const put = (promptId: number, language: VoiceLanguage, words: string) =>
  putVoice(place.db, {
    ...{ promptId, language, source: "file" as const, text: null, fileName: null },
    ...{ ...voiceOf(words), madeAt: clock.now(), madeBy: author },
  });
const read = (name: string, language = "") => {
  const [directory, file] = [name.slice(0, name.lastIndexOf("/")), name.slice(name.lastIndexOf("/") + 1)];
  const path = join(directory, language, `${file}.wav`);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
};

it("lays a prompt out in each of its languages, and the house's for all others", async () => {
  const id = await prompt("en", "it", "fr");
  const name = (await sounds.prompts([id], "it")).get(id) ?? "";
  expect(read(name)).toBe(`narrow it ${count}`);
  expect(read(name, "en")).toBe(`narrow en ${count}`);
  expect(read(name, "fr")).toBe(`narrow fr ${count}`);
  expect(read(name, "it")).toBeNull();
  expect(read(name, "es")).toBeNull();
});

it("leaves out a prompt that has no voice, or is not there", async () => {
  const id = await prompt();
  expect([...(await sounds.prompts([id, 99_999], "it"))]).toEqual([]);
});

it("gives a prompt another name when one of its voices changes, or the house's language", async () => {
  const id = await prompt("en", "it");
  const before = (await sounds.prompts([id], "it")).get(id);
  expect((await sounds.prompts([id], "it")).get(id)).toBe(before);
  await put(id, "en", "anew");
  const after = (await sounds.prompts([id], "it")).get(id) ?? "";
  expect(after).not.toBe(before);
  expect(read(after, "en")).toBe("narrow anew");
  expect((await sounds.prompts([id], "en")).get(id)).not.toBe(after);
});

it("answers the names of texts at once, speaks them meanwhile, and again what could not be spoken", async () => {
  busy = true;
  const name = sounds.words([{ key: "queue-1", text: "Sales" }], ["it", "en"]).get("queue-1") ?? "";
  await sounds.settled();
  expect(read(name)).toBeNull();
  busy = false;
  clock.advance(10 * 60_000);
  await sounds.settled();
  expect(read(name)).toBe("narrow it Sales");
  expect(read(name, "en")).toBe("narrow en Sales");
  expect(sounds.words([{ key: "queue-1", text: "Support" }], ["it", "en"]).get("queue-1")).not.toBe(name);
});

it("removes what nobody plays any more, but not before twenty minutes", async () => {
  const id = await prompt("it");
  const name = (await sounds.prompts([id], "it")).get(id) ?? "";
  await sounds.prompts([], "it");
  const kept = await prompt("it");
  const other = (await sounds.prompts([kept], "it")).get(kept) ?? "";
  clock.advance(10 * 60_000);
  await sounds.settled();
  expect(read(name)).not.toBeNull();
  clock.advance(10 * 60_000);
  await sounds.settled();
  expect(read(name)).toBeNull();
  expect(read(other)).not.toBeNull();
});

it("names nothing where the path itself would be taken for several", async () => {
  const odd = build(`${folder}/a,b`);
  const id = await prompt("it");
  expect([...(await odd.prompts([id], "it"))]).toEqual([]);
  expect([...odd.words([{ key: "queue-1", text: "Sales" }], ["it"])]).toEqual([]);
});
