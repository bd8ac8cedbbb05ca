import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, choices, type LiveEvent, type Snapshot } from "./snapshot.ts";
import type { Choice, Leg, QueueLive } from "./views.ts";

const empty: Snapshot = {
  me: {
    id: 1,
    fullName: "Anna Rossi",
    username: "anna",
    role: "agent",
    internal: "201",
    typology: "external",
    hotdesk: true,
  },
  serverNow: "2026-03-01T08:00:00.000Z",
  telephony: "up",
  session: null,
  ended: null,
  askedFor: null,
  legs: [],
  toDispose: [],
  choices: { noneRegistered: true, telephones: [] },
  queues: [],
  items: { revision: 1, open: 0, taken: 0, left: 0, queues: [], agents: null },
  agents: null,
};

const telephone = (id: number, over: Partial<Choice> = {}): Choice => ({
  id,
  name: `Desk ${id}`,
  internal: String(100 + id),
  place: "Floor 1",
  state: "free",
  registered: true,
  ...over,
});

const held = { heldBy: { id: 9, name: "Luca Neri", since: "2026-03-01T07:58:00.000Z" } };

describe("the list of telephones", () => {
  it("offers a free telephone and none that is held, unregistered or disabled", () => {
    const list = choices(
      [
        telephone(1),
        telephone(2, { state: "in-use", ...held }),
        telephone(3, { state: "not-logged-out", ...held }),
        telephone(4, { state: "not-registered", registered: false }),
        telephone(5, { state: "disabled" }),
      ],
      false,
    );
    expect(list.telephones.map((one) => [one.id, one.selectable, one.needsConfirmation])).toEqual([
      [1, true, false],
      [2, false, false],
      [3, false, false],
      [4, false, false],
      [5, false, false],
    ]);
  });

  it("offers all but the disabled when none is registered, and asks before taking one that is held", () => {
    const list = choices(
      [
        telephone(1, { state: "not-registered", registered: false }),
        telephone(2, { state: "in-use", registered: false, ...held }),
        telephone(3, { state: "disabled", registered: false }),
      ],
      true,
    );
    expect(list.telephones.map((one) => [one.selectable, one.needsConfirmation])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
  });

  it("puts places together and Desk 2 before Desk 10", () => {
    const list = choices([telephone(10), telephone(2), telephone(3, { place: "Attic" })], false);
    expect(list.telephones.map((one) => one.name)).toEqual(["Desk 3", "Desk 2", "Desk 10"]);
  });
});

describe("applying events", () => {
  it("judges every telephone again when the first one registers", () => {
    const off = (id: number) => telephone(id, { state: "not-registered", registered: false });
    const before = { ...empty, choices: choices([off(1), off(2)], true) };
    const after = apply(before, { type: "choice.changed", telephone: telephone(2), noneRegistered: false });
    expect(after.choices).toEqual(choices([off(1), telephone(2)], false));
  });

  it("leaves the list alone for somebody who has none", () => {
    const before = { ...empty, choices: null };
    expect(
      apply(before, { type: "choice.changed", telephone: telephone(2), noneRegistered: false }).choices,
    ).toBeNull();
  });

  it("knows only the end that came with the last word of the session, and no earlier one", () => {
    const ended = { reason: "released" as const, by: "Sara Bo", at: "2026-03-01T08:00:00.000Z" };
    const told = apply(empty, { type: "session.changed", session: null, ended });
    expect(told.ended).toEqual(ended);
    expect(apply(told, { type: "session.changed", session: null, ended: null }).ended).toBeNull();
  });

  it("ignores an event of a newer server", () => {
    expect(apply(empty, { type: "from.the.future" } as unknown as LiveEvent)).toBe(empty);
  });

  const anyTelephone = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    state: fc.constantFrom<Choice["state"]>("free", "in-use", "not-logged-out", "not-registered", "disabled"),
  });

  it("gives what a fresh reading gives, whatever the order in which telephones come, change and go", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyTelephone, fc.boolean())), (steps) => {
        const now = new Map<number, Choice>();
        let state = empty;
        for (const [{ id, state: of }, gone] of steps) {
          const one = telephone(id, { state: of, registered: of !== "not-registered" });
          if (gone) now.delete(id);
          else now.set(id, one);
          const noneRegistered = ![...now.values()].some((each) => each.registered);
          state = apply(
            state,
            gone
              ? { type: "choice.removed", telephoneId: id, noneRegistered }
              : { type: "choice.changed", telephone: one, noneRegistered },
          );
          expect(state.choices).toEqual(choices([...now.values()], noneRegistered));
        }
      }),
    );
  });

  it("keeps one leg an id, in order of start", () => {
    const leg = (legId: string, startedAt: string, state: Leg["state"]): Leg => ({
      legId,
      linkedId: legId,
      telephoneId: 1,
      type: "inbound",
      state,
      number: "+39055",
      name: "",
      contact: null,
      queue: null,
      startedAt,
      answeredAt: null,
      endedAt: null,
      hand: null,
    });
    const after = [
      leg("b", "2026-03-01T08:00:02.000Z", "ringing"),
      leg("a", "2026-03-01T08:00:01.000Z", "ringing"),
      leg("b", "2026-03-01T08:00:02.000Z", "talking"),
    ].reduce((state, each) => apply(state, { type: "leg.changed", leg: each }), empty);
    expect(after.legs.map((one) => [one.legId, one.state])).toEqual([
      ["a", "ringing"],
      ["b", "talking"],
    ]);
    expect(apply(after, { type: "leg.removed", legId: "a" }).legs.map((one) => one.legId)).toEqual(["b"]);
  });

  it("keeps queues by name", () => {
    const queue = (id: number, name: string, waiting: number): QueueLive => ({ id, name, waiting, longestSince: null });
    const after = [queue(1, "support", 1), queue(2, "sales", 0), queue(1, "support", 3)].reduce(
      (state, each) => apply(state, { type: "queue.changed", queue: each }),
      empty,
    );
    expect(after.queues).toEqual([queue(2, "sales", 0), queue(1, "support", 3)]);
  });
});
