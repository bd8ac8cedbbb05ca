import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePrograms, findSoundPrograms } from "../../cli/programs.ts";
import type { BlockKind, Prompt, Queue } from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";
import { until } from "../until.ts";

let server: TestServer;
beforeAll(async () => {
  await ensurePrograms(() => {});
  server = await buildServer({ sound: findSoundPrograms() });
});
afterAll(() => server?.stop());

const prompt = async (name: string): Promise<number> => {
  const { id } = await server.admin.post<Prompt>("/prompts", { name });
  await server.admin.put(`/prompts/${id}/voices/en/text`, { text: name });
  return id;
};

describe("what is heard around a queue", () => {
  it("is nothing until somebody says so, and is kept as it was said", async () => {
    const quiet = await server.admin.post<Queue>("/queues", { name: "Quiet" });
    expect(quiet).toMatchObject({
      ...{ announcePosition: "no", announceWait: false, announceThanks: false, announceToAgent: false },
      ...{ periodicPromptId: null, musicPromptId: null },
    });
    const said = {
      ...{ announcePosition: "more", announceLimit: 3, announceWait: true, announceThanks: true },
      ...{ announceSeconds: 45, announceLeastSeconds: 20, announceToAgent: true },
      ...{ periodicPromptId: await prompt("Please hold"), periodicFirstSeconds: 5, periodicSeconds: 30 },
      musicPromptId: await prompt("Tune"),
    } as const;
    expect(await server.admin.patch<Queue>(`/queues/${quiet.id}`, said)).toEqual({ ...quiet, ...said });
    expect(await server.admin.get<Queue>(`/queues/${quiet.id}`)).toEqual({ ...quiet, ...said });
    expect(await server.admin.patch<Queue>(`/queues/${quiet.id}`, { musicPromptId: null })).toEqual({
      ...{ ...quiet, ...said, musicPromptId: null },
    });
  });

  it("is refused where it cannot be", async () => {
    for (const [field, value] of [
      ["announcePosition", "loud"],
      ["announceSeconds", 1],
      ["periodicSeconds", 5],
      ["announceLimit", 0],
    ] as const) {
      expect((await server.admin.refused("POST", "/queues", { name: "No", [field]: value })).code).toBe(
        "request.invalid",
      );
    }
    for (const field of ["periodicPromptId", "musicPromptId"]) {
      expect(await server.admin.refused("POST", "/queues", { name: "No", [field]: 999_999 })).toMatchObject({
        ...{ code: "reference.unknown", title: "There is no prompt 999999.", field },
      });
    }
  });

  it("keeps its prompts, until the queue is gone", async () => {
    const id = await prompt("Kept");
    const queue = await server.admin.post<Queue>("/queues", {
      name: "Keeper",
      musicPromptId: id,
      periodicPromptId: id,
    });
    const usedBy = [{ kind: "queue", id: queue.id, name: "Keeper" }];
    expect(await server.admin.get<Prompt>(`/prompts/${id}`)).toMatchObject({ usedBy });
    for (const path of [`/prompts/${id}`, `/prompts/${id}/voices/en`]) {
      expect(await server.admin.refused("DELETE", path)).toMatchObject({ code: "reference.in-use", usedBy });
    }
    await server.admin.remove(`/queues/${queue.id}`);
    await server.admin.remove(`/prompts/${id}`);
  });

  it("is music of a block, too, and then that prompt is played by its project", async () => {
    const blocks = await server.admin.get<{ rows: BlockKind[] }>("/blocks");
    const music = blocks.rows.find(({ type }) => type === "queue")?.options.properties.music;
    expect(music).toMatchObject({ draw: "prompt" });
    const id = await prompt("Of a block");
    const draft = JSON.stringify({ blocks: [{ type: "queue", options: { music: id } }] });
    await server.db.insertInto("projects").values({ name: "Reception", draft, changed_at: new Date() }).execute();
    expect((await server.admin.get<Prompt>(`/prompts/${id}`)).usedBy).toMatchObject([
      { kind: "project", name: "Reception" },
    ]);
    // The telephone system knows it as soon as its voice changes.
    await server.admin.put(`/prompts/${id}/voices/en/text`, { text: "Anew" });
    const file = join(server.home, "asterisk", "etc", "musiconhold.conf");
    await until("it is music", () => existsSync(file) && readFileSync(file, "utf8").includes(`[prompt-${id}]`));
  });
});
