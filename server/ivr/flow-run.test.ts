import fc from "fast-check";
import { expect, it } from "vitest";
import { exitsOf, type Flow, type FlowBlock, type OptionSchema } from "../../contract/flow.ts";
import { RUN_ENDINGS } from "../../contract/project-views.ts";
import type { Clock } from "../clock.ts";
import { CallerGone, type VoiceCall } from "../voice-dialogue.ts";
import { kindOf } from "./block.ts";
import type { BlockHouse } from "./block-house.ts";
import { BLOCKS } from "./blocks/index.ts";
import type { Caller } from "./caller.ts";
import { checkFlow, referencesOf, rereferenced } from "./flow-check.ts";
import { type FlowRun, leadRun, type RunDeps } from "./flow-run.ts";
import { MOST_STEPS } from "./flow-walk.ts";
import { guardedHouse } from "./guarded-house.ts";
import { createTrialCaller } from "./trial-caller.ts";
import { createTrialHouse } from "./trial-house.ts";
import { createVariables } from "./variables.ts";

const blocks = new Map(BLOCKS.map((block) => [block.type, block]));
const kinds = new Map(BLOCKS.map((block) => [block.type, kindOf(block)]));

/** Chance that a test can play again: a number below `most`, the next one each time. */
type Dice = (most: number) => number;
const diceOf = (numbers: readonly number[]): Dice => {
  let nth = 0;
  return (most) => {
    nth += 1;
    // Beyond what was rolled it goes on differently each round, so that no circle is thrown by the dice alone.
    return ((numbers[nth % numbers.length] ?? 0) + nth * 7919) % most;
  };
};
const somethingOf = <T>(dice: Dice, some: readonly T[]): T => some[dice(some.length)] as T;

const TEXTS = ["", "1", "x", "{caller}", "{contact.name} {nobody}", "a@b.example", "{", "https://crm.example/{caller}"];
const ODD: readonly unknown[] = [null, undefined, -1, 1e9, Number.NaN, "odd", [], [[]], {}, [null], true, "{{{"];

/** A value that a schema takes, more or less. */
function valueFor(schema: OptionSchema, dice: Dice, oddness: number): unknown {
  if (dice(100) < oddness) return somethingOf(dice, ODD);
  const some = schema as OptionSchema & { anyOf?: OptionSchema[]; minItems?: number; minLength?: number };
  if (some.anyOf !== undefined) return valueFor(somethingOf(dice, some.anyOf), dice, oddness);
  if (schema.enum !== undefined) return somethingOf(dice, schema.enum);
  const { minimum = 0, maximum = 9 } = schema;
  switch (schema.type) {
    case "integer":
    case "number":
      return minimum + dice(Math.min(maximum - minimum, 20) + 1);
    case "boolean":
      return dice(2) === 0;
    case "array":
      return Array.from({ length: (some.minItems ?? 0) + dice(3) }, () => valueFor(schema.items ?? {}, dice, oddness));
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valueFor(one, dice, oddness)]),
      );
    default:
      if (schema.draw === "key") return String(dice(10));
      if (schema.draw === "variable") return somethingOf(dice, ["x", "contact.name", "recording.file"]);
      return schema.default !== undefined && dice(2) === 0 ? schema.default : somethingOf(dice, TEXTS);
  }
}

/** Any blocks, any wires: some whole, some not. */
function flowOf(dice: Dice): Flow {
  const oddness = somethingOf(dice, [0, 0, 2, 15]);
  const types = ["start", "finally", ...Array.from({ length: 1 + dice(12) }, () => somethingOf(dice, BLOCKS).type)];
  if (dice(10) === 0) types.push("no-such-block");
  if (dice(20) === 0) types.shift();
  const ids = types.map((_, nth) => `b${nth}`);
  return {
    notes: [],
    blocks: types.map((type, nth): FlowBlock => {
      const kind = kinds.get(type);
      const options = kind === undefined ? {} : valueFor(kind.options, dice, oddness);
      const whole = typeof options === "object" && options !== null ? (options as Record<string, unknown>) : {};
      const names = kind === undefined ? [] : exitsOf(kind, whole).map(({ name }) => name);
      const wired = names.filter(() => dice(12) > 0).map((name) => [name, somethingOf(dice, [...ids, "gone"])]);
      return { id: ids[nth] ?? "", type, options: whole, exits: Object.fromEntries(wired), at: { x: 0, y: 0 } };
    }),
  };
}

const call: VoiceCall = {
  ...{ channelId: "c", linkedId: "node1-1.1", endpoint: null, callerNumber: "+39061", dialled: "100", subject: "1" },
};

/** What waits falls due in the next round of the loop: hanging is bounded, and takes no time here. */
const hasty: Clock = {
  now: () => new Date("2026-03-02T08:00:00Z"),
  after(_, act) {
    const soon = setImmediate(act);
    return () => clearImmediate(soon);
  },
};

/** Works, fails, or hangs. */
function part<T>(dice: Dice, answers: readonly T[]): Promise<T> {
  const how = dice(30);
  if (how === 0) return Promise.reject(new Error("it failed"));
  if (how === 1) return new Promise(() => {});
  return Promise.resolve(somethingOf(dice, answers));
}

function houseOf(dice: Dice): BlockHouse {
  const contact = { id: 1, name: "Ada", company: null, email: null, list: "Customers" };
  const acts = [
    "done",
    "already-logged-in",
    "not-logged-in",
    "not-permitted",
    "no-such-reason",
    "unavailable",
  ] as const;
  const act = () => part(dice, acts);
  return {
    now: () => hasty.now(),
    random: () => dice(1000) / 1000,
    isOpen: () => part(dice, [true, false, null]),
    contactOf: () => part(dice, [contact, null]),
    createContact: () => part(dice, [contact, null]),
    web: { send: () => part(dice, [{ status: 200, text: '{"a": 1}' }, { status: 404, text: "" }, { failed: "No." }]) },
    sendMail: () => part(dice, [null, "It failed."]),
    messages: { begin: () => part(dice, [undefined]), keep: () => {}, drop: () => {}, leave: () => {} },
    lookUp: () => part(dice, [{ row: [{ column: "name", value: "Ada" }] }, { row: null }, { failed: "No." }]),
    sendSms: () =>
      part(dice, [{ how: "sent" }, { how: "failed", why: "No." }, { how: "not-set-up", why: "No." }] as const),
    askCallback: () => part(dice, ["done", "no-number", "not-allowed", "already-asked"] as const),
    keepAnswer: () => part(dice, [undefined]),
    agents: {
      identify: () => part(dice, [{ agentId: 1, language: null }, "unknown", "wrong", "locked"] as const),
      numberOfCaller: () => part(dice, ["200", null]),
      ...{ logIn: act, logOut: act, pause: act, resume: act, dispose: act },
      status: () => part(dice, [{ loggedIn: true, paused: null, queues: [{ name: "Support", waiting: 1 }] }]),
      undisposed: () => part(dice, [{ legId: "l", number: "1" }, null]),
      outcomes: () => part(dice, [["Sold", "Lost"], []]),
    },
  };
}

/** Presses anything, and goes when he likes. */
function callerOf(dice: Dice, stays: number): Caller {
  const away = new AbortController();
  let left = stays;
  const act = async <T>(answers: readonly T[]): Promise<T> => {
    left -= 1;
    if (left <= 0) away.abort(somethingOf(dice, ["hung-up", "taken"]));
    if (away.signal.aborted) throw new CallerGone("he has gone");
    if (dice(60) === 0) throw new Error("the telephone system failed");
    return somethingOf(dice, answers);
  };
  return {
    ...{ call, gone: away.signal },
    answer: () => act([undefined]),
    speak: () => act([undefined]),
    say: () => act(["", "1", "*"]),
    ask: () => act([null, "", "1", "2", "5", "9", "*", "1234"]),
    queue: () =>
      act([{ how: "talked" }, { how: "timeout" }, { how: "unavailable" }, { how: "key", key: "5" }] as const),
    dial: () => act(["talked", "busy", "unanswered", "unreachable"] as const),
    newVoice: () => "voice",
    record: () => act([undefined]),
    lengthOf: async () => dice(3) * 1000,
    dropVoice: async () => {},
    room: () => act(["left", "full", "unavailable"] as const),
    markCallback: () => act([undefined]),
    wait: () => act([undefined]),
    async hangUp() {
      away.abort("hung-up");
    },
  };
}

interface Led {
  run: FlowRun;
  deps: RunDeps;
  entered: number;
}

function led(dice: Dice, caller: Caller, house: (until: AbortSignal) => BlockHouse, until = caller.gone): Led {
  const project = { projectId: 1, version: 1, flow: flowOf(dice) };
  const one: Led = {
    entered: 0,
    run: { runId: "r", project, block: null, enteredAt: hasty.now(), steps: [], memory: { agent: null } },
    deps: {
      ...{ blocks, caller, until, house: house(until), variables: createVariables({ caller: "+39061" }) },
      projectOf: () => {
        if (dice(20) === 0) return Promise.reject(new Error("the database is away"));
        return Promise.resolve(dice(3) === 0 ? null : { projectId: 2, version: 1, flow: flowOf(dice) });
      },
      entered() {
        one.entered += 1;
        if (dice(200) === 0) throw new Error("it could not be written down");
      },
      left: () => {},
      failed: () => {},
    },
  };
  return one;
}

const numbers = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 120 });
const runs = Number(process.env.PERCH_FUZZ_RUNS ?? 400);

it("whatever a draft holds, what is wrong with it can be said", () => {
  fc.assert(
    fc.property(numbers, (rolled) => {
      const flow = flowOf(diceOf(rolled));
      for (const { words } of checkFlow(flow, kinds, () => null)) expect(words).not.toBe("");
      referencesOf(flow, kinds);
      rereferenced(flow, kinds, () => null);
    }),
    { numRuns: runs },
  );
});

it("who goes on in another project has not left by the exit for one that is not there", async () => {
  const at = { x: 0, y: 0 };
  const start = { id: "start", type: "start", options: {}, exits: { next: "door" }, at };
  const door = { id: "door", type: "go-to-project", options: { project: 2 }, exits: { unavailable: "end" }, at };
  const end = { id: "end", type: "end", options: {}, exits: {}, at };
  const dice = diceOf([1]);
  const stepsWith = async (other: Flow | null) => {
    const { run, deps } = led(dice, callerOf(dice, 9), () => houseOf(dice));
    run.project = { projectId: 1, version: 1, flow: { blocks: [start, door, end], notes: [] } };
    const projectOf = async () => (other === null ? null : { projectId: 2, version: 1, flow: other });
    await leadRun(run, { ...deps, projectOf, entered: () => {} }, "start");
    return run.steps.map(({ projectId, block, exit }) => `${projectId} ${block} ${exit}`);
  };
  expect(await stepsWith(null)).toEqual(["1 start next", "1 door unavailable", "1 end null"]);
  const there = { blocks: [{ ...start, exits: { next: "end" } }, end], notes: [] };
  expect(await stepsWith(there)).toEqual(["1 start next", "1 door null", "2 start next", "2 end null"]);
});

it("any caller in any flow comes to an ending that has a name, whatever the house does", async () => {
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 0, max: 400 }), async (rolled, stays) => {
      const dice = diceOf(rolled);
      const caller = callerOf(dice, stays);
      const one = led(dice, caller, (until) => guardedHouse(houseOf(dice), { clock: hasty, until }));
      const ending = await leadRun(one.run, one.deps, "start");
      expect(RUN_ENDINGS).toContain(ending);
      expect(one.entered).toBeLessThanOrEqual(MOST_STEPS);
      // What stands behind Finally ends as well, with nobody on the line.
      const after = new AbortController();
      const cancel = hasty.after(1, () => dice(4) === 0 && after.abort());
      const house = guardedHouse(houseOf(dice), { clock: hasty, until: after.signal });
      const last = await leadRun(one.run, { ...one.deps, house, until: after.signal }, "finally");
      cancel();
      expect(RUN_ENDINGS).toContain(last);
      expect(one.entered).toBeLessThanOrEqual(2 * MOST_STEPS);
      expect(one.run.steps.every(({ exit }) => exit === null || typeof exit === "string")).toBe(true);
    }),
    { numRuns: runs },
  );
});

it("a trial of any flow waits for something or is over, and what comes of it is asked of whoever tries", async () => {
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 1, max: 80 }), async (rolled, answers) => {
      const dice = diceOf(rolled);
      const refuse = () => Promise.reject(new Error("a trial acts"));
      const real = {
        ...houseOf(dice),
        sendMail: refuse,
        createContact: refuse,
        keepAnswer: refuse,
        web: { send: refuse },
      };
      let left = answers;
      const caller = createTrialCaller({
        call,
        nameOf: async (kind, id) => `${kind} ${id}`,
        waiting: () => void setImmediate(answer),
      });
      const answer = () => {
        left -= 1;
        const wanted = caller.wanted();
        if (left < 0) caller.leave();
        else if (wanted === null) return;
        else if (dice(20) === 0) caller.answerWith({ hangUp: true });
        else if (wanted.most !== null) caller.answerWith({ keys: String(dice(10)).slice(0, wanted.most) });
        else caller.answerWith({ choice: somethingOf(dice, wanted.choices).name });
      };
      // What is looked up may hang as anywhere; who tries may take his time.
      const house = (until: AbortSignal) => createTrialHouse(guardedHouse(real, { clock: hasty, until }), caller);
      const acted: string[] = [];
      const one = led(dice, caller, house);
      const failed = (_: FlowRun, error: unknown) => void acted.push(String(error));
      const ending = await leadRun(one.run, { ...one.deps, failed }, "start");
      expect(RUN_ENDINGS).toContain(ending);
      expect(one.entered).toBeLessThanOrEqual(MOST_STEPS);
      expect(acted.filter((error) => error.includes("a trial acts"))).toEqual([]);
    }),
    { numRuns: runs },
  );
});
