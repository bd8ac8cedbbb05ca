import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import { type DesktopHands, desktopHands } from "../../rig/desktop-hands.ts";
import {
  aMoment,
  CUSTOMER,
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
  disposition: "ANSWERED",
} as const;
const annas = { ...inbound, telephone: "desk-1", queue: "Support" } as const;
/** Anna asks 104. */
const asking = { type: "internal", source: "101", destination: "104", telephone: "desk-1" } as const;

scenario("a caller is held from the desktop twice, and hangs up", async () => {
  const { caller, anna, answered } = await hands.answered();
  const first = await hands.holds();
  await aMoment();
  const back = await hands.resumes();
  await aMoment();
  const second = await hands.holds();
  await aMoment();
  const again = await hands.resumes();
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const held = [
    [first, back],
    [second, again],
  ] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [{ ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held }];
});

scenario("a caller hangs up while the desktop holds him", async () => {
  const { caller, anna, answered } = await hands.answered();
  const held = await hands.holds();
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const talked = [[answered, ended]] as const;
  return [{ ...annas, endedBy: "caller", started, answered, ended, talked, held: [[held, ended]] }];
});

scenario("a colleague is asked from the desktop and the caller taken back", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  const back = await hands.cancels();
  await over(colleague);
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const asked = { ...asking, disposition: "ANSWERED", endedBy: "caller" } as const;
  return [
    { ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held: [[began, back]] },
    { ...asked, started: began, answered: answeredToo, ended: back, talked: [[answeredToo, back]] },
  ];
});

scenario("a colleague is asked from the desktop, refuses, and the caller comes back by himself", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  await aMoment();
  colleague.refuse("486 Busy Here");
  const refused = Date.now();
  await hands.card("the caller is back", ({ state }) => state === "talking");
  const back = [refused, Date.now()] as const;
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  return [
    { ...annas, endedBy: "caller", started, answered, ended, talked: [[answered, ended]], held: [[began, back]] },
    { ...asking, disposition: "BUSY", endedBy: "called", started: began, answered: null, ended: back },
  ];
});

scenario("a caller is handed over from the desktop to the colleague who was asked", async () => {
  const { caller, anna, answered } = await hands.answered();
  const { colleague, began } = await hands.asks();
  const answeredToo = await hands.answers(colleague);
  const given = await hands.handsOver(caller);
  await over(anna);
  await aMoment();
  await caller.hangUp();
  await over(colleague);
  const started = [caller.at("dials"), caller.at("hears the answer")] as const;
  const ended = [caller.at("hangs up"), colleague.at("sees the end")] as const;
  const gone = [given[0], Math.max(given[1], anna.at("sees the end"))] as const;
  const asked = { ...asking, disposition: "ANSWERED", endedBy: "transfer" } as const;
  return [
    {
      ...annas,
      endedBy: "transfer",
      started,
      answered,
      ended: gone,
      talked: [[answered, gone]],
      held: [[began, gone]],
    },
    { ...asked, started: began, answered: answeredToo, ended: gone, talked: [[answeredToo, gone]] },
    {
      ...inbound,
      telephone: "desk-4",
      endedBy: "caller",
      started: given,
      answered: given,
      ended,
      talked: [[given, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
