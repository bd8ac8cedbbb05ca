import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePrograms, findSoundPrograms, program } from "../../cli/programs.ts";
import type { Prompt } from "../../contract/views.ts";
import { runSoundProgram } from "../../server/prompts/sound-program.ts";
import { buildServer, PASSWORD, type TestServer } from "../build.ts";
import type { Client } from "../client.ts";
import { heard } from "../rig/heard.ts";
import { toneFile } from "../rig/tone-file.ts";
import { waveFile } from "../rig/wave-file.ts";

let server: TestServer;
let sue: Client;
let files: string;
beforeAll(async () => {
  await ensurePrograms(() => {});
  files = mkdtempSync(join(tmpdir(), "perch-prompts-"));
  server = await buildServer({ sound: findSoundPrograms() });
  await server.admin.post("/users", { fullName: "Sue", username: "sue", password: PASSWORD, role: "supervisor" });
  sue = await server.signIn("sue");
});
afterAll(async () => {
  await server?.stop();
  rmSync(files, { recursive: true, force: true });
});

const send = async (who: Client, path: string, content: Buffer, type = "application/octet-stream") => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${who.token}`, "content-type": type },
    body: new Uint8Array(content),
  });
  return { status: answer.status, body: (await answer.json()) as Prompt & { code?: string; title?: string } };
};
const sound = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${sue.token}`, ...headers },
  });
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};
const make = (name: string) => sue.post<Prompt>("/prompts", { name });
const tone = () => readFileSync(toneFile(join(files, "tone.wav"), 440, 2));

/** The tone in another kind of file. */
async function encoded(kind: string): Promise<Buffer> {
  const { command, args } = program("sox");
  const run = await runSoundProgram({ command, args }, ["-t", "wav", "-", "-t", kind, "-"], tone(), {
    mostBytes: 1_000_000,
    timeoutMs: 10_000,
  });
  if (!run.ok) throw new Error(run.why);
  return run.output;
}

describe("a prompt", () => {
  it("is made, renamed, listed and removed by a supervisor, and each of it is written down", async () => {
    const made = await make("Welcome");
    expect(made).toEqual({ id: made.id, name: "Welcome", voices: [], usedBy: [] });
    expect(await sue.refused("POST", "/prompts", { name: "welcome" })).toMatchObject({
      code: "name.taken",
      status: 409,
    });
    expect(await sue.patch<Prompt>(`/prompts/${made.id}`, { name: "Greeting" })).toEqual({ ...made, name: "Greeting" });
    expect((await sue.get<{ rows: Prompt[] }>("/prompts?q=greet")).rows).toHaveLength(1);
    await sue.remove(`/prompts/${made.id}`);
    expect(await sue.refused("GET", `/prompts/${made.id}`)).toMatchObject({ code: "not-found" });
    const written = await server.db
      .selectFrom("audit")
      .where("subject", "=", `prompt ${made.id}`)
      .select("action")
      .execute();
    expect(written.map(({ action }) => action)).toEqual(["prompt.create", "prompt.change", "prompt.remove"]);
  });

  it.each(["wav", "mp3", "vorbis", "flac", "aiff", "au"])("takes a file of the kind %s and plays it", async (kind) => {
    const { id } = await make(`Tone as ${kind}`);
    const { status, body } = await send(
      sue,
      `/prompts/${id}/voices/it/audio?fileName=tone.${kind}`,
      await encoded(kind),
    );
    expect(body).toMatchObject({
      id,
      voices: [{ language: "it", source: "file", fileName: `tone.${kind}`, text: null }],
    });
    expect(status).toBe(200);
    expect(body.voices[0]?.lengthMs).toBeGreaterThan(1900);
    expect(body.voices[0]?.lengthMs).toBeLessThan(2300);
    expect(body.voices[0]?.madeBy?.name).toBe("Sue");
    const played = await sound(`/prompts/${id}/voices/it/audio`);
    expect(played).toMatchObject({ status: 200, type: "audio/wav" });
    const ear = heard(played.bytes, "wav");
    expect(ear.tone("house", 440, 200, 1800)).toBeGreaterThan(3000);
    expect(ear.tone("house", 700, 200, 1800)).toBeLessThan(100);
  });

  it("answers a stretch of its sound", async () => {
    const { id } = await make("Stretch");
    await send(sue, `/prompts/${id}/voices/en/audio`, tone(), "audio/wav");
    const whole = await sound(`/prompts/${id}/voices/en/audio`);
    const part = await sound(`/prompts/${id}/voices/en/audio`, { range: "bytes=44-143" });
    expect(part.status).toBe(206);
    expect(part.bytes).toEqual(whole.bytes.subarray(44, 144));
    expect((await sound(`/prompts/${id}/voices/en/audio`, { range: "bytes=99999999-" })).status).toBe(416);
  });

  it("speaks a text in each language, and is heard before it is kept", async () => {
    const { id } = await make("Spoken");
    for (const [language, text] of [
      ["en", "Welcome to our house."],
      ["it", "Benvenuti; l'attesa è di 3 minuti."],
      ["es", "¿Cómo está? Mañana."],
      ["fr", "Bonjour à tous, ça va ?"],
    ] as const) {
      const tried = await sound(`/prompts/speech?language=${language}&text=${encodeURIComponent(text)}`);
      expect(tried).toMatchObject({ status: 200, type: "audio/wav" });
      const kept = await sue.put<Prompt>(`/prompts/${id}/voices/${language}/text`, { text });
      const voice = kept.voices.find((one) => one.language === language);
      expect(voice).toMatchObject({ source: "text", text, fileName: null });
      expect(voice?.lengthMs).toBeGreaterThan(700);
      expect(voice?.lengthMs).toBeLessThan(6000);
    }
    const { voices } = await sue.get<Prompt>(`/prompts/${id}`);
    expect(voices.map(({ language }) => language)).toEqual(["en", "it", "es", "fr"]);
    expect(new Set(voices.map((voice) => voice.sound)).size).toBe(4);
  });

  it("takes words that look like orders for what they are", async () => {
    const { id } = await make("Orders");
    for (const text of [
      "-w /tmp/perch-order.wav",
      "--help",
      "$(touch /tmp/perch-order)",
      '<break time="600s"/>',
      "‮abc",
    ]) {
      const kept = await sue.put<Prompt>(`/prompts/${id}/voices/en/text`, { text });
      expect(kept.voices[0]).toMatchObject({ text });
      expect(kept.voices[0]?.lengthMs).toBeLessThan(15_000);
    }
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("perch-order"))).toEqual([]);
  });

  it("stays while a project plays it, with at least one voice", async () => {
    const { id } = await make("Played");
    await sue.put(`/prompts/${id}/voices/en/text`, { text: "One" });
    const draft = JSON.stringify({ blocks: [{ type: "play", options: { say: [{ prompt: id }] } }] });
    const { id: project } = await server.db
      .insertInto("projects")
      .values({ name: "Menu", draft, changed_at: new Date() })
      .returning("id")
      .executeTakeFirstOrThrow();
    const usedBy = [{ kind: "project", id: project, name: "Menu" }];
    expect(await sue.get<Prompt>(`/prompts/${id}`)).toMatchObject({ usedBy });
    for (const path of [`/prompts/${id}`, `/prompts/${id}/voices/en`]) {
      expect(await sue.refused("DELETE", path)).toMatchObject({
        ...{ code: "reference.in-use", status: 409, usedBy },
        title: "Played is played by Menu. Take it out there first.",
      });
    }
    await sue.put(`/prompts/${id}/voices/fr/text`, { text: "Un" });
    await sue.remove(`/prompts/${id}/voices/en`);
    await server.db.deleteFrom("projects").where("id", "=", project).execute();
    await sue.remove(`/prompts/${id}`);
  });

  it("loses the voice of a language, and not the others", async () => {
    const { id } = await make("Two voices");
    await sue.put(`/prompts/${id}/voices/en/text`, { text: "One" });
    await sue.put(`/prompts/${id}/voices/fr/text`, { text: "Un" });
    await sue.remove(`/prompts/${id}/voices/en`);
    expect((await sue.get<Prompt>(`/prompts/${id}`)).voices.map(({ language }) => language)).toEqual(["fr"]);
    expect(await sue.refused("DELETE", `/prompts/${id}/voices/en`)).toMatchObject({
      code: "not-found",
      title: "Two voices has no voice in English.",
    });
    expect((await sound(`/prompts/${id}/voices/en/audio`)).status).toBe(404);
  });
});

describe("what is no voice is refused in words", () => {
  const cases: [string, () => Buffer, string, RegExp][] = [
    ["nothing at all", () => Buffer.alloc(0), "prompt.no-audio", /empty/],
    ["a page", () => Buffer.from("<!doctype html><p>Hello"), "prompt.no-audio", /Known are WAV/],
    ["a list of files", () => Buffer.from("#EXTM3U\n/etc/passwd\n"), "prompt.no-audio", /Known are WAV/],
    ["the head of a WAV file alone", () => tone().subarray(0, 40), "prompt.no-audio", /damaged, or cut off/],
    [
      "damage behind the head of an MP3 file",
      () => Buffer.from("ID3\x04\0\0\0\0\0\0nonsense"),
      "prompt.no-audio",
      /damaged/,
    ],
    ["silence", () => readFileSync(waveFile(join(files, "s.wav"), 3, () => 0)), "prompt.silent", /nothing to be heard/],
    [
      "more than five minutes",
      () => readFileSync(waveFile(join(files, "l.wav"), 302, (at) => Math.sin(at * 900) / 4)),
      "prompt.too-long",
      /longer than 5 minutes/,
    ],
  ];
  it.each(cases)("%s", async (_, file, code, words) => {
    const { id } = await make(`Refused ${Math.random()}`);
    const { body, status } = await send(sue, `/prompts/${id}/voices/en/audio`, file());
    expect(body).toMatchObject({ code });
    expect(status).toBe(400);
    expect(body.title).toMatch(words);
    expect((await sue.get<Prompt>(`/prompts/${id}`)).voices).toEqual([]);
  });

  it("too many bytes, another kind of body, a language that nobody speaks, text without a word", async () => {
    const { id } = await make("Refusals");
    const large = await send(sue, `/prompts/${id}/voices/en/audio`, Buffer.alloc(16 * 1024 * 1024 + 1));
    expect(large).toMatchObject({ status: 413, body: { title: "The body is larger than 16 MB." } });
    expect((await sue.ask("PUT", `/prompts/${id}/voices/en/audio`, {})).status).toBe(400);
    expect((await send(sue, `/prompts/${id}/voices/xx/audio`, tone())).status).toBe(400);
    expect((await send(sue, "/prompts/999999/voices/en/audio", tone())).status).toBe(404);
    expect(await sue.refused("PUT", `/prompts/${id}/voices/en/text`, { text: "  " })).toMatchObject({ status: 400 });
    expect(await sue.refused("PUT", `/prompts/${id}/voices/en/text`, { text: "x".repeat(1001) })).toMatchObject({
      status: 400,
    });
    expect(await sue.refused("PUT", `/prompts/${id}/voices/en/text`, { text: "…" })).toMatchObject({
      code: "prompt.silent",
    });
  });
});

it("says what is missing on a server that has neither sox nor an engine", async () => {
  const bare = await buildServer();
  try {
    const { id } = await bare.admin.post<Prompt>("/prompts", { name: "Bare" });
    expect(await bare.admin.refused("PUT", `/prompts/${id}/voices/en/text`, { text: "Hello" })).toMatchObject({
      ...{ code: "prompt.no-program", status: 503, program: "espeak-ng" },
    });
  } finally {
    await bare.stop();
  }
});
