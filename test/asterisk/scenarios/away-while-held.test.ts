import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import { type DesktopHands, desktopHands } from "../../rig/desktop-hands.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
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

scenario("Perch goes away while the desktop holds, and who was held is taken back when it is there again", async () => {
  const { caller, anna, answered } = await hands.answered();
  await hands.holds();
  await scene.house.stopPerch();
  await aMoment();
  await scene.house.startPerch();
  await hands.card("her card knows it", ({ state, hand }) => state === "held" && hand?.heldBy === "desktop");
  caller.forgetVoices();
  await hands.resumes();
  await hears(caller, scene.desk(1));
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  // Nobody listened all the time: how long he was held is unknown.
  return [{ ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held: null }];
});

scenario("Perch goes away while the desktop asks, and who asked hangs up before it is there again", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  await scene.house.stopPerch();
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
  await scene.house.startPerch();
  const ended = [caller.at("hangs up"), again.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const gone = [left, Math.max(rang[1], colleague.at("sees the end"))] as const;
  return [
    { ...annas, endedBy: "called", started, answered, ended: gone, talked: [[answered, gone]], held: null },
    {
      ...{ type: "internal", source: "101", destination: "104", telephone: "desk-1", disposition: "ANSWERED" },
      ...{ endedBy: "caller", started: began, answered: answeredToo, ended: gone, talked: [[answeredToo, gone]] },
    } as const,
    {
      ...{ ...inbound, endedBy: "caller", started: rang, answered: answeredAgain, ended },
      ...{ talked: [[answeredAgain, ended]], held: null },
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
