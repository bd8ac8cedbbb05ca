import { expect, it } from "vitest";
import type { Flow } from "../../../contract/flow.ts";
import { RefusalError, UnreachableError } from "../refusal-error.ts";
import { createDraftSaver, type SaveState } from "./draft-saver.ts";
import { flow } from "./flow-fixture.ts";

/** A saver whose server answers when told to, and whose clock runs when told to. */
function rig() {
  const sent: { flow: Flow; revision: number; answer: (what: number | Error) => void }[] = [];
  const states: string[] = [];
  const planned = new Set<() => void>();
  const saver = createDraftSaver(
    {
      save: (wanted, revision) =>
        new Promise((resolve, reject) => {
          sent.push({
            flow: wanted,
            revision,
            answer: (what) => (typeof what === "number" ? resolve({ revision: what, issues: [] }) : reject(what)),
          });
        }),
      after(_, act) {
        const once = () => {
          planned.delete(once);
          act();
        };
        planned.add(once);
        return () => planned.delete(once);
      },
      onState: (state: SaveState) => states.push(state.is),
      onSaved: () => {},
    },
    flow,
    1,
  );
  const later = () => {
    for (const act of [...planned]) act();
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { saver, sent, states, later, settled };
}
const other = (text: string): Flow => ({ ...flow, notes: [{ id: "n", text, at: { x: 0, y: 0 } }] });
const changedByAnna = new RefusalError({
  type: "about:blank",
  status: 409,
  code: "project.changed",
  title: "Anna saved meanwhile.",
  by: "Anna Rossi",
  at: "2026-11-20T10:00:00.000Z",
  revision: 7,
});

it("sends the last of several changes, once, and counts on from the revision it got", async () => {
  const { saver, sent, states, later, settled } = rig();
  saver.changed(other("a"));
  saver.changed(other("b"));
  later();
  expect(sent.map(({ revision }) => revision)).toEqual([1]);
  sent[0]?.answer(2);
  await settled();
  expect(states).toEqual(["waiting", "waiting", "saving", "saved"]);
  expect(saver.revision()).toBe(2);
});

it("sends what changed while it was saving afterwards, never two at a time", async () => {
  const { saver, sent, later, settled } = rig();
  saver.changed(other("a"));
  later();
  saver.changed(other("b"));
  later();
  expect(sent.length).toBe(1);
  sent[0]?.answer(2);
  await settled();
  later();
  expect(sent.map(({ revision, flow: one }) => [revision, one.notes[0]?.text])).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
});

it("tries again when nobody answered", async () => {
  const { saver, sent, states, later, settled } = rig();
  saver.changed(other("a"));
  later();
  sent[0]?.answer(new UnreachableError());
  await settled();
  expect(states.at(-1)).toBe("unreachable");
  later();
  sent[1]?.answer(2);
  await settled();
  expect(states.at(-1)).toBe("saved");
});

it("stops when somebody else saved, and goes on from the revision it is told", async () => {
  const { saver, sent, states, later, settled } = rig();
  saver.changed(other("a"));
  later();
  sent[0]?.answer(changedByAnna);
  await settled();
  expect(states.at(-1)).toBe("conflict");
  saver.changed(other("b"));
  later();
  expect(sent.length).toBe(1);
  expect(await saver.flush()).toBe(false);
  saver.restart(flow, 7);
  saver.changed(other("b"));
  later();
  expect(sent[1]?.revision).toBe(7);
});

it("flushes what waits at once", async () => {
  const { saver, sent, settled } = rig();
  saver.changed(other("a"));
  const done = saver.flush();
  sent[0]?.answer(2);
  await settled();
  expect(await done).toBe(true);
  expect(await saver.flush()).toBe(true);
  expect(sent.length).toBe(1);
});

it("sends nothing again that was refused, until it changes", async () => {
  const { saver, sent, states, later, settled } = rig();
  saver.changed(other("a"));
  later();
  sent[0]?.answer(new RefusalError({ type: "about:blank", status: 400, code: "request.invalid", title: "No." }));
  await settled();
  later();
  expect(states.at(-1)).toBe("refused");
  expect(await saver.flush()).toBe(false);
  expect(sent.length).toBe(1);
  saver.changed(other("b"));
  later();
  expect(sent.length).toBe(2);
});
