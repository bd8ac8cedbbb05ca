import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import { ASK, annasRow, askedRow, fromCustomer, type KeyHands, keyHands, pressKeys } from "../../rig/key-hands.ts";
import {
  aMoment,
  hears,
  LINE_NUMBER,
  OUTSIDE_NUMBER,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";

let scene: ScenarioHouse;
let hands: KeyHands;
beforeAll(async () => {
  scene = await startScenarioHouse();
  await scene.house.admin.patch("/settings", { askedRingSeconds: 8 });
  hands = keyHands(scene);
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

scenario("by keys a caller is handed over after a word with the colleague", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const word = await hears(bruno, scene.desk(1));
  await aMoment();
  caller.forgetVoices();
  await anna.hangUp();
  const heard = await hears(caller, scene.desk(2));
  await aMoment(1_000);
  await caller.hangUp();
  await over(bruno);
  const handed = [anna.at("hangs up"), heard] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: handed,
      endedBy: "transfer",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({
      started: [keys.last, bruno.at("rung")],
      answered: [bruno.at("answers"), word],
      ended: handed,
      endedBy: "transfer",
    }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      endedBy: "caller",
      started: handed,
      answered: handed,
      ended,
      talked: [[handed, ended]],
    },
  ];
});

scenario("by keys a colleague is asked and the caller taken back", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const word = await hears(bruno, scene.desk(1));
  await aMoment();
  const back = await pressKeys(anna, "*1", "");
  const again = await hands.together(caller, 1);
  await over(bruno);
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const left = [back.last, again] as const;
  return [
    annasRow({
      ...{ caller, answered, ended, endedBy: "caller" },
      held: [[[keys.code, bruno.at("rung")], left]],
    }),
    askedRow({
      started: [keys.last, bruno.at("rung")],
      answered: [bruno.at("answers"), word],
      ended: left,
      endedBy: "caller",
    }),
  ];
});

scenario("by keys a colleague is asked who refuses", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  await aMoment();
  caller.forgetVoices();
  bruno.refuse("486 Busy Here");
  const again = await hears(caller, scene.desk(1));
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const left = [bruno.at("refuses"), again] as const;
  return [
    annasRow({
      ...{ caller, answered, ended, endedBy: "caller" },
      held: [[[keys.code, bruno.at("rung")], left]],
    }),
    askedRow({
      started: [keys.last, bruno.at("rung")],
      answered: null,
      ended: left,
      endedBy: "called",
      disposition: "BUSY",
    }),
  ];
});

scenario("by keys a colleague is asked who does not answer", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  caller.forgetVoices();
  await over(bruno);
  const again = await hears(caller, scene.desk(1));
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const left = [bruno.at("rung"), again] as const;
  return [
    annasRow({
      ...{ caller, answered, ended, endedBy: "caller" },
      held: [[[keys.code, bruno.at("rung")], left]],
    }),
    askedRow({ started: [keys.last, bruno.at("rung")], answered: null, ended: left, endedBy: "system" }),
  ];
});

scenario("by keys a caller is handed over to a telephone that still rings", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  await aMoment();
  await anna.hangUp();
  const gone = Date.now();
  await aMoment();
  bruno.answer();
  const heard = await hears(caller, scene.desk(2));
  await aMoment(1_000);
  await caller.hangUp();
  await over(bruno);
  const handed = [anna.at("hangs up"), gone] as const;
  const taken = [bruno.at("answers"), heard] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: handed,
      endedBy: "transfer",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({ started: [keys.last, bruno.at("rung")], answered: null, ended: handed, endedBy: "transfer" }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      endedBy: "caller",
      started: taken,
      answered: taken,
      ended,
      talked: [[taken, ended]],
    },
  ];
});

scenario("by keys nobody answers where a caller is handed over and the telephone that asked is rung", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  await aMoment();
  await anna.hangUp();
  const gone = Date.now();
  await over(bruno);
  const again = await scene.desk(1).rung();
  again.answer();
  const heard = await hands.together(caller, 1);
  await aMoment();
  await again.hangUp();
  await over(caller);
  const handed = [anna.at("hangs up"), gone] as const;
  const taken = [again.at("answers"), heard] as const;
  const ended = [again.at("hangs up"), caller.at("sees the end")] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: handed,
      endedBy: "transfer",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({ started: [keys.last, bruno.at("rung")], answered: null, ended: handed, endedBy: "transfer" }),
    {
      ...fromCustomer,
      telephone: "desk-1",
      endedBy: "called",
      started: taken,
      answered: taken,
      ended,
      talked: [[taken, ended]],
    },
  ];
});

scenario("by keys a caller gives up while the telephone that asked is rung again", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  await anna.hangUp();
  const gone = Date.now();
  await over(bruno);
  const again = await scene.desk(1).rung();
  await aMoment();
  await caller.hangUp();
  await over(again);
  const handed = [anna.at("hangs up"), gone] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: handed,
      endedBy: "transfer",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({ started: [keys.last, bruno.at("rung")], answered: null, ended: handed, endedBy: "transfer" }),
  ];
});

scenario("by keys a caller gives up while a colleague is asked", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const word = await hears(bruno, scene.desk(1));
  await aMoment();
  await caller.hangUp();
  await aMoment();
  await anna.hangUp();
  await over(bruno);
  const ended = [anna.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow({ caller, answered, ended, endedBy: "called", held: [[[keys.code, bruno.at("rung")], ended]] }),
    askedRow({
      started: [keys.last, bruno.at("rung")],
      answered: [bruno.at("answers"), word],
      ended,
      endedBy: "caller",
    }),
  ];
});

scenario("by keys all three talk", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, "102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const word = await hears(bruno, scene.desk(1));
  await aMoment();
  const joined = await pressKeys(anna, "*3", "");
  await aMoment(1_500);
  await anna.hangUp();
  const gone = Date.now();
  await hands.together(caller, 2);
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  const annaGone = [anna.at("hangs up"), gone] as const;
  const handed = [joined.last, anna.at("hangs up")] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: annaGone,
      endedBy: "called",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({
      started: [keys.last, bruno.at("rung")],
      answered: [bruno.at("answers"), word],
      ended: handed,
      endedBy: "transfer",
    }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      endedBy: "caller",
      started: handed,
      answered: handed,
      ended,
      talked: [[handed, ended]],
    },
  ];
});

scenario("by keys a colleague's call is handed over to somebody outside", async () => {
  const caller = scene.desk(4).dial("101");
  const anna = await scene.desk(1).rung();
  anna.answer();
  await talking(caller);
  await aMoment();
  const keys = await pressKeys(anna, ASK, `${OUTSIDE_NUMBER}#`);
  const callee = await scene.outside.rung();
  callee.answer();
  const word = await hears(callee, scene.desk(1));
  await aMoment();
  caller.forgetVoices();
  await pressKeys(anna, "*2", "");
  await hears(caller, scene.outside);
  await over(anna);
  await aMoment(1_000);
  await callee.hangUp();
  await over(caller);
  const answered = [anna.at("answers"), caller.at("hears the answer")] as const;
  const ended = [callee.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      type: "internal",
      source: "104",
      destination: "101",
      telephone: "desk-4",
      disposition: "ANSWERED",
      endedBy: "called",
      started: [caller.at("dials"), anna.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
    askedRow({
      type: "outbound",
      destination: OUTSIDE_NUMBER,
      prefix: "City",
      started: [keys.last, callee.at("rung")],
      answered: [callee.at("answers"), word],
      ended: [anna.last("presses"), anna.at("sees the end")],
      endedBy: "transfer",
    }),
  ];
});

scenario("by keys another queue is asked and gets the caller", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, ASK, LINE_NUMBER.replace("+", ""));
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const word = await hears(bruno, scene.desk(1));
  await aMoment();
  caller.forgetVoices();
  await anna.hangUp();
  const heard = await hears(caller, scene.desk(2));
  await aMoment(1_000);
  await bruno.hangUp();
  await over(caller);
  const handed = [anna.at("hangs up"), heard] as const;
  const ended = [bruno.at("hangs up"), caller.at("sees the end")] as const;
  return [
    annasRow({
      caller,
      answered,
      ended: handed,
      endedBy: "transfer",
      held: [[[keys.code, bruno.at("rung")], handed]],
    }),
    askedRow({
      destination: LINE_NUMBER.replace("+", ""),
      started: [keys.last, bruno.at("rung")],
      answered: [bruno.at("answers"), word],
      ended: handed,
      endedBy: "transfer",
    }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      queue: "Line",
      endedBy: "called",
      started: handed,
      answered: handed,
      ended,
      talked: [[handed, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
