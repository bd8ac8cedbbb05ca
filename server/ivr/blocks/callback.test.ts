import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import type { BlockContext } from "../block.ts";
import type { BlockHouse, CallbackAnswer, CallbackWish } from "../block-house.ts";
import type { Caller, Speech } from "../caller.ts";
import { rememberWait } from "../queue-wait.ts";
import { createVariables } from "../variables.ts";
import { callback } from "./callback.ts";

const NOW = new Date("2026-03-02T10:00:00Z");
const SHOWN = "+390555550101";

/** Somebody goes through the block and presses these keys; null: none. The house answers in turn. */
async function goes(
  pressed: (string | null)[],
  { answers = ["done"] as CallbackAnswer[], number = SHOWN, options = {}, waitedIn = 0 } = {},
) {
  const said: string[] = [];
  const wishes: CallbackWish[] = [];
  const marked: number[] = [];
  const hear = (what: readonly Speech[]) => {
    for (const one of what) said.push("said" in one ? one.said : Object.keys(one)[0] === "text" ? "text" : "");
  };
  const caller = {
    call: { callerNumber: number, linkedId: "node1-1772445600.1" },
    say: async (what: readonly Speech[]) => void hear(what),
    async ask({ say }: { say: readonly Speech[] }) {
      hear(say);
      return pressed.shift() ?? null;
    },
    markCallback: async (queueId: number) => void marked.push(queueId),
  } as unknown as Caller;
  const house = {
    now: () => NOW,
    async askCallback(wish: CallbackWish) {
      wishes.push(wish);
      return answers.shift() ?? "done";
    },
  } as unknown as BlockHouse;
  const variables = createVariables({});
  if (waitedIn > 0) rememberWait(variables, waitedIn, new Date("2026-03-02T09:40:00Z"));
  const whole = Value.Default(callback.options, { queue: 5, ...options }) as never;
  const context = { options: whole, caller, variables, house, filled: (all: unknown) => all, note: () => {} };
  const exit = await callback.run(context as unknown as BlockContext<never>);
  return { exit, said, wishes, marked, number: variables.get("callback.number") };
}

describe("the block Callback", () => {
  test("takes the number he calls from, confirmed by a key, and his place in the queue", async () => {
    const { exit, wishes, said, marked, number } = await goes(["1"], { waitedIn: 5 });
    expect(exit).toBe("done");
    expect(wishes).toEqual([
      {
        ...{ queueId: 5, number: SHOWN, caller: SHOWN, linkedId: "node1-1772445600.1" },
        since: new Date("2026-03-02T09:40:00Z"),
      },
    ]);
    expect(said).toEqual(["callback-confirm-number", "callback-taken"]);
    expect(marked).toEqual([5]);
    expect(number).toBe(SHOWN);
  });

  test("counts from now on for who waited in no queue, or in another", async () => {
    expect((await goes(["1"])).wishes[0]?.since).toEqual(NOW);
    expect((await goes(["1"], { waitedIn: 6 })).wishes[0]?.since).toEqual(NOW);
  });

  test("takes another number, and asks whether it is right", async () => {
    const { exit, wishes, said } = await goes(["2", "0555559999", "1"]);
    expect(exit).toBe("done");
    expect(wishes[0]?.number).toBe("0555559999");
    expect(said).toEqual([
      ...["callback-confirm-number", "callback-ask-number", "callback-confirm-number", "callback-taken"],
    ]);
  });

  test("asks for a number where none is shown, and has none where none may be entered", async () => {
    expect((await goes(["0555559999", "1"], { number: "" })).exit).toBe("done");
    const only = await goes([], { number: "", options: { number: "calling" } });
    expect(only).toMatchObject({ exit: "no-number", said: [], wishes: [] });
  });

  test("offers no other number where only the one he calls from is taken", async () => {
    const { exit, said, wishes } = await goes(["2", "1"], { options: { number: "calling" } });
    expect(exit).toBe("done");
    expect(said).toEqual(["callback-confirm-calling", "callback-confirm-calling", "callback-taken"]);
    expect(wishes).toHaveLength(1);
  });

  test("takes nothing down that was not confirmed", async () => {
    expect(await goes([null, "5", null])).toMatchObject({ exit: "no-input", wishes: [], marked: [] });
    expect(await goes(["2", null, null])).toMatchObject({ exit: "no-input", wishes: [] });
  });

  test("says that he has asked already, and counts him as one who asked", async () => {
    const again = await goes(["1"], { answers: ["already-asked"] });
    expect(again).toMatchObject({ exit: "already-asked", marked: [5] });
    expect(again.said.at(-1)).toBe("callback-asked-already");
  });

  test("takes another number in the place of one that is not to be called", async () => {
    const { exit, wishes } = await goes(["1", "0555559999", "1"], { answers: ["not-allowed", "done"] });
    expect(exit).toBe("done");
    expect(wishes.map((wish) => wish.number)).toEqual([SHOWN, "0555559999"]);
    const never = await goes(["1", "899", "1", "898", "1"], { answers: ["not-allowed", "no-number", "not-allowed"] });
    expect(never).toMatchObject({ exit: "not-allowed", marked: [], number: "" });
    const only = await goes(["1"], { answers: ["not-allowed"], options: { number: "calling" } });
    expect(only.exit).toBe("not-allowed");
  });

  test("says nothing of how it went where that is not wanted", async () => {
    expect((await goes(["1"], { options: { tell: false } })).said).toEqual(["callback-confirm-number"]);
  });
});
