import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  BlockKind,
  Flow,
  Project,
  ProjectDraft,
  ProjectFile,
  ProjectVersion,
  Queue,
} from "../../contract/views.ts";
import { buildServer, type TestServer } from "../build.ts";

let server: TestServer;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.stop());

const at = { x: 0, y: 0 };
const begin = { id: "start", type: "start", options: {}, exits: { next: "bye" }, at };
const sound: Flow = {
  blocks: [begin, { id: "bye", type: "hang-up", options: { say: [{ text: "Goodbye" }] }, exits: {}, at }],
  notes: [],
};
const unsound: Flow = { blocks: [{ ...begin, exits: {} }], notes: [] };

const made = (name: string) => server.admin.post<Project>("/projects", { name });
const save = (id: number, revision: number, flow: Flow) =>
  server.admin.ask<ProjectDraft & { code?: string }>("PUT", `/projects/${id}/draft`, { revision, flow });
const publish = (id: number, body: object = {}) =>
  server.admin.ask<Project & { code?: string; issues?: unknown[] }>("POST", `/projects/${id}/publish`, body);

describe("a project", () => {
  it("begins with a Start alone, and says what is missing", async () => {
    const { id } = await made("Reception");
    const draft = await server.admin.get<ProjectDraft>(`/projects/${id}/draft`);
    expect(draft.flow.blocks.map(({ type }) => type)).toEqual(["start"]);
    expect(draft.issues.map(({ code, block }) => [code, block])).toEqual([["exit.open", "start"]]);
    expect(draft).toMatchObject({ name: "Reception", published: null, revision: 1, changed: true });
  });

  it("is published when it is sound, and not before", async () => {
    const { id } = await made("Sound");
    const no = await publish(id);
    expect([no.status, no.body.code]).toEqual([409, "project.not-sound"]);
    expect(no.body.issues).toHaveLength(1);
    expect((await save(id, 1, sound)).body).toMatchObject({ revision: 2, issues: [] });
    expect((await publish(id, { note: "The first" })).body).toMatchObject({ published: 1, changed: false });
  });

  it("keeps the queue it leads to from being removed", async () => {
    const queue = await server.admin.post<Queue>("/queues", { name: "Led to" });
    const { id } = await made("Leads");
    const leads = { id: "queue", type: "queue", options: { queue: queue.id }, exits: {}, at };
    await save(id, 1, { blocks: [begin, leads], notes: [] });
    expect(await server.admin.refused("DELETE", `/queues/${queue.id}`)).toMatchObject({
      ...{ code: "reference.in-use", usedBy: [{ project: "Leads" }] },
      title: "Callers are led to this queue by the project Leads.",
    });
    await save(id, 2, sound);
    await server.admin.remove(`/queues/${queue.id}`);
  });

  it("is not overwritten by who looked at an older draft", async () => {
    const { id } = await made("Two hands");
    await save(id, 1, sound);
    const late = await save(id, 1, unsound);
    expect([late.status, late.body.code]).toEqual([409, "project.changed"]);
    expect((await server.admin.get<ProjectDraft>(`/projects/${id}/draft`)).flow).toEqual(sound);
  });

  it("goes back to an older version, and its draft stays", async () => {
    const { id } = await made("Back");
    await save(id, 1, sound);
    await publish(id);
    const other = { ...sound, notes: [{ id: "note", text: "Two", at }] };
    await save(id, 2, other);
    expect((await publish(id)).body.published).toBe(2);
    expect((await publish(id, { version: 1 })).body).toMatchObject({ published: 1, changed: true });
    const { rows } = await server.admin.get<{ rows: ProjectVersion[] }>(`/projects/${id}/versions`);
    expect(rows.map(({ version, current }) => [version, current])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect((await server.admin.get<ProjectDraft>(`/projects/${id}/draft`)).flow).toEqual(other);
  });

  it("is refused with what no database holds", async () => {
    const { id } = await made("Broken");
    for (const broken of ["a\0b", "\ud83d"]) {
      const say = { id: "say", type: "play", options: { say: [{ text: broken }] }, exits: {}, at };
      const answer = await server.admin.ask<{ code: string }>("PUT", `/projects/${id}/draft`, {
        ...{ revision: 1, flow: { blocks: [begin, say], notes: [] } },
      });
      expect([answer.status, answer.body.code]).toEqual([400, "request.invalid"]);
    }
  });

  it("travels as a file, and finds what it refers to by name", async () => {
    const queue = await server.admin.post<{ id: number }>("/queues", { name: "Travel" });
    const { id } = await made("Traveller");
    const flow: Flow = {
      blocks: [
        { ...begin, exits: { next: "wait" } },
        { id: "wait", type: "queue", options: { queue: queue.id }, exits: {}, at },
      ],
      notes: [],
    };
    await save(id, 1, flow);
    const file = await server.admin.get<ProjectFile>(`/projects/${id}/file`);
    expect(file.references).toEqual({ queue: { [queue.id]: "Travel" } });
    const elsewhere = {
      ...file,
      name: "Arrived",
      flow: {
        ...flow,
        blocks: flow.blocks.map((one) => (one.id === "wait" ? { ...one, options: { queue: 999 } } : one)),
      },
      references: { queue: { "999": "Travel" } },
    };
    const arrived = await server.admin.post<ProjectDraft>("/projects/file", elsewhere);
    expect(arrived.flow.blocks[1]?.options).toEqual({ queue: queue.id });
    const stranger = { ...elsewhere, name: "Stranger", references: {} };
    const open = await server.admin.post<ProjectDraft>("/projects/file", stranger);
    expect(open.issues.map(({ code, option }) => [code, option])).toContainEqual(["option.invalid", "queue"]);
    const again = await server.admin.post<ProjectDraft>("/projects/file", elsewhere);
    expect([again.name, again.flow]).toEqual(["Arrived (2)", arrived.flow]);
  });

  it("is not removed while a route leads callers to it", async () => {
    const { id } = await made("Used");
    await save(id, 1, sound);
    await publish(id);
    const number = "+390611111";
    const route = await server.admin.post<{ id: number }>("/inbound-routes", { number, actions: [{ project: id }] });
    const no = await server.admin.ask<{ code: string; uses: string[] }>("DELETE", `/projects/${id}`);
    expect([no.status, no.body.uses]).toEqual([409, [number]]);
    await server.admin.ask("DELETE", `/inbound-routes/${route.id}`);
    expect((await server.admin.ask("DELETE", `/projects/${id}`)).status).toBe(204);
  });
});

it("the kinds of blocks say their options, exits and defaults", async () => {
  const { rows } = await server.admin.get<{ rows: BlockKind[] }>("/blocks");
  const menu = rows.find(({ type }) => type === "menu");
  expect(menu).toMatchObject({ exitsOf: { option: "keys", name: "key", title: "label" } });
  expect(menu?.options.properties.wait).toMatchObject({
    title: "Wait for a key, seconds",
    default: 6,
    draw: "seconds",
  });
});
