import { afterAll, beforeAll, expect, it } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "../../test/migrated-database.ts";
import { findPromptUses } from "./prompt-use-store.ts";

let place: MigratedDatabase;
beforeAll(async () => {
  place = await migratedDatabase();
});
afterAll(() => place?.close());

const flow = (...options: unknown[]) =>
  JSON.stringify({ blocks: options.map((one) => ({ type: "any", options: one })) });
async function project(name: string, draft: string, published?: string): Promise<number> {
  const { id } = await place.db
    .insertInto("projects")
    .values({ name, draft, changed_at: new Date() })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (published === undefined) return id;
  await place.db
    .insertInto("project_versions")
    .values({ project_id: id, version: 1, flow: published, revision: 1, published_at: new Date() })
    .execute();
  await place.db.updateTable("projects").set({ published: 1 }).where("id", "=", id).execute();
  return id;
}

it("finds who plays a prompt, in a draft or in what callers go through, once each", async () => {
  const menu = await project(
    "Menu",
    flow({ say: [{ text: "Hello" }, { prompt: 3 }, { prompt: 3 }] }),
    flow({ say: [{ prompt: 3 }] }),
  );
  const night = await project(
    "Night",
    flow({ rows: [{ key: "1", say: [{ prompt: 4 }] }] }),
    flow({ say: [{ prompt: 3 }] }),
  );
  const gone = await project("Gone", flow({ say: [{ prompt: 3 }] }));
  await project("Words", flow({ say: [{ text: '{"prompt": 3}' }], prompt: "3", count: 3 }));
  await place.db.updateTable("projects").set({ deleted_at: new Date() }).where("id", "=", gone).execute();
  const uses = await findPromptUses(place.db, [3, 4, 5]);
  expect(uses.get(3)).toEqual([
    { kind: "project", id: menu, name: "Menu" },
    { kind: "project", id: night, name: "Night" },
  ]);
  expect(uses.get(4)).toEqual([{ kind: "project", id: night, name: "Night" }]);
  expect(uses.get(5)).toBeUndefined();
  expect(await findPromptUses(place.db, [])).toEqual(new Map());
});
