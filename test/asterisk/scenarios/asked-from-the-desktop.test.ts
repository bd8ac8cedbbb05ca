import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import { type DesktopHands, desktopHands } from "../../rig/desktop-hands.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  OUTSIDE_NUMBER,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";

let scene: ScenarioHouse;
let hands: DesktopHands;
beforeAll(async () => {
  scene = await startScenarioHouse();
  hands = desktopHands(scene);
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

const inbound = {
  type: "inbound",
  source: CUSTOMER,
  destination: SUPPORT_NUMBER,
  telephone: "desk-1",
  disposition: "ANSWERED",
} as const;
const annas = { ...inbound, queue: "Support" } as const;
/** Anna asks 104, and somebody outside. */
const inside = { type: "internal", source: "101", destination: "104", telephone: "desk-1" } as const;
const outside = {
  type: "outbound",
  source: "101",
  destination: OUTSIDE_NUMBER,
  telephone: "desk-1",
  prefix: "City",
} as const;

scenario("held, a colleague asked, taken back, and handed over to somebody outside", async () => {
  const { caller, anna, answered } = await hands.answered();
  const held = await hands.holds();
  const first = await hands.asks();
  const answeredFirst = await hands.answers(first.colleague);
  const back = await hands.cancels();
  await over(first.colleague);
  await aMoment();
  const second = await hands.asks(OUTSIDE_NUMBER, scene.outside);
  const answeredSecond = await hands.answers(second.colleague);
  const given = await hands.handsOver(caller, scene.outside);
  await over(anna);
  await aMoment();
  await caller.hangUp();
  await over(second.colleague);
  const gone = [given[0], Math.max(given[1], anna.at("sees the end"))] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [
    {
      ...{ ...annas, endedBy: "transfer", started, answered, ended: gone },
      talked: [[answered, gone]],
      held: [
        [held, back],
        [second.began, gone],
      ],
    },
    {
      ...{ ...inside, disposition: "ANSWERED", endedBy: "caller", started: first.began, answered: answeredFirst },
      ...{ ended: back, talked: [[answeredFirst, back]] },
    },
    {
      ...{ ...outside, disposition: "ANSWERED", endedBy: "transfer", started: second.began },
      ...{ answered: answeredSecond, ended: gone, talked: [[answeredSecond, gone]] },
    },
  ];
});

scenario("somebody outside is asked, refuses, and is called off when he is asked again", async () => {
  const { caller, anna, answered } = await hands.answered();
  const first = await hands.asks(OUTSIDE_NUMBER, scene.outside);
  first.colleague.refuse("404 Not Found");
  const refused = Date.now();
  await hands.card("the caller is back", ({ state }) => state === "talking");
  const back = [refused, Date.now()] as const;
  await aMoment();
  const second = await hands.asks(OUTSIDE_NUMBER, scene.outside);
  await aMoment();
  const again = await hands.cancels();
  await over(second.colleague);
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [
    {
      ...{ ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]] },
      held: [
        [first.began, back],
        [second.began, again],
      ],
    },
    { ...outside, disposition: "FAILED", endedBy: "system", started: first.began, answered: null, ended: back },
    { ...outside, disposition: "NO ANSWER", endedBy: "caller", started: second.began, answered: null, ended: again },
  ];
});

scenario("who asks hangs up while it rings, and the caller is rung back to him", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  await aMoment();
  caller.forgetVoices();
  await anna.hangUp();
  const left = [anna.at("hangs up"), Date.now()] as const;
  const again = await scene.desk(1).rung();
  const rang = [anna.at("hangs up"), Date.now()] as const;
  await over(colleague);
  again.answer();
  const answeredAgain = [again.at("answers"), await hears(caller, scene.desk(1))] as const;
  await aMoment();
  await caller.hangUp();
  await over(again);
  const ended = [caller.at("hangs up"), again.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const gone = [left[0], Math.max(left[1], rang[1], colleague.at("sees the end"))] as const;
  return [
    { ...annas, endedBy: "called", started, answered, ended: gone, talked: [[answered, gone]], held: [[began, gone]] },
    { ...inside, disposition: "NO ANSWER", endedBy: "caller", started: began, answered: null, ended: gone },
    {
      ...{ ...inbound, endedBy: "caller", started: rang, answered: answeredAgain, ended },
      talked: [[answeredAgain, ended]],
    },
  ];
});

scenario("who asks hangs up while they talk, and the caller is rung back to him", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  caller.forgetVoices();
  await anna.hangUp();
  const left = anna.at("hangs up");
  const again = await scene.desk(1).rung();
  const rang = [left, Date.now()] as const;
  await over(colleague);
  again.answer();
  const answeredAgain = [again.at("answers"), await hears(caller, scene.desk(1))] as const;
  await aMoment();
  await caller.hangUp();
  await over(again);
  const ended = [caller.at("hangs up"), again.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const gone = [left, Math.max(rang[1], colleague.at("sees the end"))] as const;
  return [
    { ...annas, endedBy: "called", started, answered, ended: gone, talked: [[answered, gone]], held: [[began, gone]] },
    {
      ...{ ...inside, disposition: "ANSWERED", endedBy: "caller", started: began, answered: answeredToo, ended: gone },
      talked: [[answeredToo, gone]],
    },
    {
      ...{ ...inbound, endedBy: "caller", started: rang, answered: answeredAgain, ended },
      talked: [[answeredAgain, ended]],
    },
  ];
});

scenario("a telephone that called outside asks a colleague and takes the other back", async () => {
  const anna = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.answer();
  const heard = await hears(anna, scene.outside);
  await aMoment();
  const answered = [callee.at("answers"), heard] as const;
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  const back = await hands.cancels();
  await over(colleague);
  await aMoment();
  await callee.hangUp();
  await over(anna);
  const ended = [callee.at("hangs up"), anna.at("sees the end")] as const;
  const started = [anna.at("dials"), callee.at("rung")] as const;
  return [
    {
      ...{ ...outside, disposition: "ANSWERED", endedBy: "called", started, answered, ended },
      ...{ talked: [[answered, ended]], held: [[began, back]] },
    },
    {
      ...{ ...inside, disposition: "ANSWERED", endedBy: "caller", started: began, answered: answeredToo, ended: back },
      talked: [[answeredToo, back]],
    },
  ];
});

scenario("a telephone that called a colleague asks another and hands the first over", async () => {
  const anna = scene.desk(1).dial("105");
  const first = await scene.desk(5).rung();
  first.answer();
  const heard = await hears(anna, scene.desk(5));
  await aMoment();
  const answered = [first.at("answers"), heard] as const;
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  const given = await hands.handsOver(first);
  await over(anna);
  await aMoment();
  await first.hangUp();
  await over(colleague);
  const ended = [first.at("hangs up"), colleague.at("sees the end")] as const;
  const gone = [given[0], Math.max(given[1], anna.at("sees the end"))] as const;
  const started = [anna.at("dials"), first.at("rung")] as const;
  const internal = { type: "internal", source: "101", destination: "105", disposition: "ANSWERED" } as const;
  return [
    {
      ...{ ...internal, telephone: "desk-1", endedBy: "transfer", started, answered, ended: gone },
      ...{ talked: [[answered, gone]], held: [[began, gone]] },
    },
    {
      ...{
        ...inside,
        disposition: "ANSWERED",
        endedBy: "transfer",
        started: began,
        answered: answeredToo,
        ended: gone,
      },
      talked: [[answeredToo, gone]],
    },
    {
      ...{ ...internal, telephone: "desk-4", endedBy: "caller", started: given, answered: given, ended },
      talked: [[given, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
