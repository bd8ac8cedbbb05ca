import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  LINE_NUMBER,
  NIGHT_NUMBER,
  OUTSIDE_NUMBER,
  over,
  SALES_NUMBER,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";

let scene: ScenarioHouse;
beforeAll(async () => {
  scene = await startScenarioHouse();
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

const fromQueue = { type: "inbound", source: CUSTOMER, disposition: "ANSWERED" } as const;
const unanswered = { ...fromQueue, disposition: "NO ANSWER", telephone: null, answered: null } as const;

scenario("a queue's caller is answered, put on hold, and hangs up", async () => {
  const caller = scene.customer(SUPPORT_NUMBER);
  const desk = await scene.desk(1).rung();
  await aMoment();
  desk.answer();
  const heard = await hears(caller, scene.desk(1));
  await aMoment();
  await desk.hold();
  const held = Date.now();
  await aMoment();
  const resuming = Date.now();
  await desk.resume();
  const resumed = Date.now();
  await aMoment();
  await caller.hangUp();
  await over(desk);
  const answered = [desk.at("answers"), heard] as const;
  const ended = [caller.at("hangs up"), desk.at("sees the end")] as const;
  return [
    {
      ...fromQueue,
      destination: SUPPORT_NUMBER,
      telephone: "desk-1",
      queue: "Support",
      endedBy: "caller",
      started: [caller.at("dials"), caller.at("hears the answer")],
      answered,
      ended,
      talked: [[answered, ended]],
      held: [
        [
          [desk.at("holds"), held],
          [resuming, resumed],
        ],
      ],
    },
  ];
});

scenario("everybody rings and one answers and hangs up", async () => {
  const caller = scene.customer(SALES_NUMBER);
  const [one, two, three] = [await scene.desk(1).rung(), await scene.desk(2).rung(), await scene.desk(3).rung()];
  await aMoment();
  two.answer();
  await over(one);
  await over(three);
  await aMoment();
  await two.hangUp();
  await over(caller);
  const answered = [two.at("answers"), one.at("sees the end")] as const;
  const ended = [two.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      ...fromQueue,
      destination: SALES_NUMBER,
      telephone: "desk-2",
      queue: "Sales",
      endedBy: "called",
      started: [caller.at("dials"), caller.at("hears the answer")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("one after the other rings: the first refuses and the second answers", async () => {
  const caller = scene.customer(LINE_NUMBER);
  const first = await scene.desk(2).rung();
  first.refuse("486 Busy Here");
  const second = await scene.desk(3).rung();
  await aMoment();
  second.answer();
  const heard = await hears(caller, scene.desk(3));
  await aMoment();
  await caller.hangUp();
  await over(second);
  const answered = [second.at("answers"), heard] as const;
  const ended = [caller.at("hangs up"), second.at("sees the end")] as const;
  return [
    {
      ...fromQueue,
      destination: LINE_NUMBER,
      telephone: "desk-3",
      queue: "Line",
      endedBy: "caller",
      started: [caller.at("dials"), caller.at("hears the answer")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("a caller gives up while he waits and it rings", async () => {
  const caller = scene.customer(SUPPORT_NUMBER);
  const desk = await scene.desk(1).rung();
  await aMoment(600);
  await caller.hangUp();
  await over(desk);
  return [
    {
      ...unanswered,
      destination: SUPPORT_NUMBER,
      queue: "Support",
      endedBy: "caller",
      started: [caller.at("dials"), caller.at("hears the answer")],
      ended: [caller.at("hangs up"), desk.at("sees the end")],
    },
  ];
});

scenario("nobody is in the first queue, and the second answers", async () => {
  const caller = scene.customer(NIGHT_NUMBER);
  const desk = await scene.desk(1).rung();
  desk.answer();
  const heard = await hears(caller, scene.desk(1));
  await aMoment();
  await desk.hangUp();
  await over(caller);
  const answered = [desk.at("answers"), heard] as const;
  const ended = [desk.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      ...fromQueue,
      destination: NIGHT_NUMBER,
      telephone: "desk-1",
      queue: "Support",
      endedBy: "called",
      started: [caller.at("dials"), caller.at("hears the answer")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("one telephone calls another, which hangs up", async () => {
  const caller = scene.desk(4).dial("101");
  const desk = await scene.desk(1).rung();
  await aMoment();
  desk.answer();
  await talking(caller);
  await aMoment();
  await desk.hangUp();
  await over(caller);
  const answered = [desk.at("answers"), caller.at("hears the answer")] as const;
  const ended = [desk.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      type: "internal",
      source: "104",
      destination: "101",
      telephone: "desk-4",
      disposition: "ANSWERED",
      endedBy: "called",
      started: [caller.at("dials"), desk.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("an agent's number rings where he sits, and he is busy", async () => {
  const caller = scene.desk(4).dial("202");
  const desk = await scene.desk(2).rung();
  await aMoment();
  desk.refuse("486 Busy Here");
  await over(caller);
  return [
    {
      type: "internal",
      source: "104",
      destination: "202",
      telephone: "desk-4",
      disposition: "BUSY",
      endedBy: "called",
      started: [caller.at("dials"), desk.at("rung")],
      answered: null,
      ended: [desk.at("refuses"), caller.at("is refused")],
    },
  ];
});

scenario("a telephone gives up calling another", async () => {
  const caller = scene.desk(4).dial("101");
  const desk = await scene.desk(1).rung();
  await aMoment();
  await caller.hangUp();
  await over(desk);
  return [
    {
      type: "internal",
      source: "104",
      destination: "101",
      telephone: "desk-4",
      disposition: "NO ANSWER",
      endedBy: "caller",
      started: [caller.at("dials"), desk.at("rung")],
      answered: null,
      ended: [caller.at("hangs up"), desk.at("sees the end")],
    },
  ];
});

const outbound = {
  type: "outbound",
  source: "101",
  destination: OUTSIDE_NUMBER,
  prefix: "City",
  telephone: "desk-1",
} as const;

scenario("somebody outside is called and answers", async () => {
  const caller = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  await aMoment();
  callee.answer();
  await talking(caller);
  await aMoment();
  await caller.hangUp();
  await over(callee);
  const answered = [callee.at("answers"), caller.at("hears the answer")] as const;
  const ended = [caller.at("hangs up"), callee.at("sees the end")] as const;
  return [
    {
      ...outbound,
      disposition: "ANSWERED",
      endedBy: "caller",
      started: [caller.at("dials"), callee.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("somebody outside is busy", async () => {
  const caller = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.refuse("486 Busy Here");
  await over(caller);
  return [
    {
      ...outbound,
      disposition: "BUSY",
      endedBy: "called",
      started: [caller.at("dials"), callee.at("rung")],
      answered: null,
      ended: [callee.at("refuses"), caller.at("is refused")],
    },
  ];
});

scenario("a telephone that forwards its calls sends a colleague's call on to another", async () => {
  scene.desk(5).onCall = (call) => call.forward(scene.desk(5).addressOf("102"));
  const caller = scene.desk(4).dial("105");
  const desk = await scene.desk(2).rung();
  scene.desk(5).onCall = () => {};
  await aMoment();
  desk.answer();
  await talking(caller);
  await aMoment();
  await caller.hangUp();
  await over(desk);
  const answered = [desk.at("answers"), caller.at("hears the answer")] as const;
  const ended = [caller.at("hangs up"), desk.at("sees the end")] as const;
  return [
    {
      type: "internal",
      source: "104",
      destination: "105",
      telephone: "desk-4",
      disposition: "ANSWERED",
      endedBy: "caller",
      started: [caller.at("dials"), desk.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
