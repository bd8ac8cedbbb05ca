import { afterAll, beforeAll, expect, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import { desktopHands } from "../../rig/desktop-hands.ts";
import { ASK, annasRow, fromCustomer, type KeyHands, keyHands, pressKeys, SEND } from "../../rig/key-hands.ts";
import {
  aMoment,
  hears,
  LINE_NUMBER,
  noted,
  OUTSIDE_NUMBER,
  over,
  type ScenarioHouse,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import { until } from "../../until.ts";

let scene: ScenarioHouse;
let hands: KeyHands;
beforeAll(async () => {
  scene = await startScenarioHouse();
  hands = keyHands(scene);
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

scenario("by keys a caller is sent on to a colleague", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, SEND, "102");
  const bruno = await scene.desk(2).rung();
  await over(anna);
  await aMoment();
  bruno.answer();
  const heard = await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const gone = [keys.last, bruno.at("rung")] as const;
  const taken = [bruno.at("answers"), heard] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow({ caller, answered, ended: gone, endedBy: "transfer", held: [[[keys.code, gone[1]], gone]] }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      endedBy: "caller",
      started: gone,
      answered: taken,
      ended,
      talked: [[taken, ended]],
    },
  ];
});

scenario("by keys a caller is sent on to somebody outside", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, SEND, `${OUTSIDE_NUMBER}#`);
  const callee = await scene.outside.rung();
  await over(anna);
  callee.answer();
  await aMoment();
  await callee.hangUp();
  await over(caller);
  const gone = [keys.last, callee.at("rung")] as const;
  return [annasRow({ caller, answered, ended: gone, endedBy: "transfer", held: [[[keys.code, gone[1]], gone]] })];
});

scenario("by keys a caller is sent on to another queue", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, SEND, LINE_NUMBER.replace("+", ""));
  const bruno = await scene.desk(2).rung();
  await over(anna);
  await aMoment();
  bruno.answer();
  const heard = await hears(caller, scene.desk(2));
  await aMoment();
  await bruno.hangUp();
  await over(caller);
  const gone = [keys.last, bruno.at("rung")] as const;
  const taken = [bruno.at("answers"), heard] as const;
  const ended = [bruno.at("hangs up"), caller.at("sees the end")] as const;
  return [
    annasRow({ caller, answered, ended: gone, endedBy: "transfer", held: [[[keys.code, gone[1]], gone]] }),
    {
      ...fromCustomer,
      telephone: "desk-2",
      queue: "Line",
      endedBy: "called",
      started: gone,
      answered: taken,
      ended,
      talked: [[taken, ended]],
    },
  ];
});

scenario("by keys a caller is sent to a number that nobody has and is back", async () => {
  const { caller, anna, answered } = await hands.answered();
  const keys = await pressKeys(anna, SEND, "109");
  caller.forgetVoices();
  const back = await hears(caller, scene.desk(1));
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  return [
    annasRow({
      ...{ caller, answered, ended, endedBy: "caller" },
      held: [
        [
          [keys.code, keys.last],
          [keys.last, back],
        ],
      ],
    }),
  ];
});

scenario("by keys a telephone that called outside sends the other on and he cannot send anybody", async () => {
  const anna = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.answer();
  await talking(anna);
  // Keys for a machine outside; one that begins like a code comes a second later.
  await anna.press("12#*4");
  await until("they are heard outside", () => callee.keysHeard === "12#*4");
  await callee.press(`${SEND}103`);
  await until("Anna heard all keys", () => anna.keysHeard === `${SEND}103`);
  const keys = await pressKeys(anna, SEND, "102");
  const bruno = await scene.desk(2).rung();
  await over(anna);
  bruno.answer();
  const heard = await hears(callee, scene.desk(2));
  await callee.press(`${SEND}103`);
  await until("Bruno heard all keys", () => bruno.keysHeard === `${SEND}103`);
  const sentOn = await pressKeys(bruno, SEND, "104");
  const fourth = await scene.desk(4).rung();
  await over(bruno);
  fourth.answer();
  const heardFourth = await hears(callee, scene.desk(4));
  await aMoment();
  await callee.hangUp();
  await over(fourth);
  const outbound = {
    type: "outbound",
    source: "101",
    destination: OUTSIDE_NUMBER,
    prefix: "City",
    disposition: "ANSWERED",
  } as const;
  const answered = [callee.at("answers"), anna.at("hears the answer")] as const;
  const gone = [keys.last, bruno.at("rung")] as const;
  const taken = [bruno.at("answers"), heard] as const;
  const goneAgain = [sentOn.last, fourth.at("rung")] as const;
  const takenAgain = [fourth.at("answers"), heardFourth] as const;
  const ended = [callee.at("hangs up"), fourth.at("sees the end")] as const;
  return [
    {
      ...outbound,
      telephone: "desk-1",
      endedBy: "transfer",
      started: [anna.at("dials"), callee.at("rung")],
      answered,
      ended: gone,
      talked: [[answered, gone]],
      held: [[[keys.code, gone[1]], gone]],
    },
    {
      ...outbound,
      telephone: "desk-2",
      endedBy: "transfer",
      started: gone,
      answered: taken,
      ended: goneAgain,
      talked: [[taken, goneAgain]],
      held: [[[sentOn.code, goneAgain[1]], goneAgain]],
    },
    {
      ...outbound,
      telephone: "desk-4",
      endedBy: "caller",
      started: goneAgain,
      answered: takenAgain,
      ended,
      talked: [[takenAgain, ended]],
    },
  ];
});

it("works for whoever takes back a parked caller, and after a hold from the desktop; not for the caller", async () => {
  const { caller, anna } = await hands.answered();
  await anna.transfer(scene.desk(1).addressOf("*71"));
  await noted(anna, "transferred");
  await anna.hangUp();
  const bruno = scene.desk(2).dial("*71");
  await hands.together(caller, 2);
  await caller.press(`${SEND}103`);
  await until("Bruno heard all keys", () => bruno.keysHeard === `${SEND}103`);
  await bruno.press(`${SEND}101`);
  const again = await scene.desk(1).rung();
  again.answer();
  await hands.together(caller, 1);
  const desktop = desktopHands(scene);
  await desktop.holds();
  await desktop.resumes();
  await hands.together(caller, 1);
  await caller.press(`${ASK}103`);
  await until("Anna heard all keys", () => again.keysHeard === `${ASK}103`);
  await again.press(`${SEND}104`);
  const fourth = await scene.desk(4).rung();
  await caller.hangUp();
  await over(fourth);
});

it("gives no keys to somebody outside to whom a telephone forwards its calls by itself", async () => {
  scene.desk(4).onCall = (call) => call.forward(scene.desk(4).addressOf(OUTSIDE_NUMBER));
  await scene.house.admin.patch("/settings", { idleTelephonesMayCall: "anything" });
  await until(
    "a telephone that nobody holds may call",
    async () => (await scene.house.console("dialplan show 00555777@perch-numbers")).includes("PERCH_IDLE") === false,
  );
  const caller = scene.desk(5).dial("104");
  const callee = await scene.outside.rung();
  callee.answer();
  await talking(caller);
  // Asterisk made a connection of its own for it, which it takes out once they talk.
  await until("they are joined", async () => !(await scene.house.console("core show channels")).includes("Local/"));
  const before = scene.outside.calls.length;
  const keys = `${SEND}${OUTSIDE_NUMBER}#${ASK}103`;
  await callee.press(keys);
  (await import("node:fs")).writeFileSync(
    "/tmp/t2-fw.txt",
    `${caller.keysHeard} ${caller.state} ${await scene.house.console("core show channels")}\n${scene.journal().slice(-60).join("\n")}`,
  );
  await until("the caller heard all keys", () => caller.keysHeard === keys);
  expect(scene.outside.calls.length).toBe(before);
  await caller.hangUp();
  await over(callee);
  scene.desk(4).onCall = () => {};
});

scenario("a caller from outside presses the keys and only the telephone hears them", async () => {
  const { caller, anna, answered } = await hands.answered();
  const before = scene.desk(2).calls.length;
  await caller.press(`${SEND}102${ASK}102`);
  await until("Anna heard all keys", () => anna.keysHeard === `${SEND}102${ASK}102`);
  expect(scene.desk(2).calls.length).toBe(before);
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  return [annasRow({ caller, answered, ended, endedBy: "caller", held: [] })];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
