import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  noted,
  over,
  SALES_NUMBER,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
} from "../../rig/scenario-house.ts";
import { playScenario } from "../../rig/scenario-rows.ts";

// What takes its time: nobody does anything, and Asterisk does something at last. Both go on side by side.
const PATIENCE_MS = 115_000;

let scene: ScenarioHouse;
beforeAll(async () => {
  scene = await startScenarioHouse();
}, 120_000);
afterAll(() => scene.stop());

const inbound = { type: "inbound", source: CUSTOMER, disposition: "ANSWERED" } as const;

it("a parked caller comes back to who parked him, and a telephone that fell silent is taken off its call", async () => {
  await playScenario(scene, "parked callers come back, silent telephones go", async () => {
    const lost = scene.customer(SALES_NUMBER, "+390555550303");
    const silent = await scene.desk(3).rung();
    const taken = await scene.desk(1).rung();
    silent.answer();
    const heardSilent = await hears(lost, scene.desk(3));
    await over(taken);
    await aMoment();
    const silentSince = Date.now();
    scene.desk(3).unplugged = true;

    const caller = scene.customer(SUPPORT_NUMBER);
    const anna = await scene.desk(1).rung();
    anna.answer();
    const heard = await hears(caller, scene.desk(1));
    await aMoment();
    await anna.transfer(scene.desk(1).addressOf("*71"));
    await noted(anna, "transferred");
    await anna.hangUp();
    const again = await scene.desk(1).rung(PATIENCE_MS);
    again.answer();
    await hears(again, scene.outside);
    await aMoment();
    await again.hangUp();
    await over(caller);
    await over(lost);

    const answered = [anna.at("answers"), heard] as const;
    const ended = [anna.at("transfers"), anna.at("transferred")] as const;
    const answeredAgain = [again.at("answers"), again.heardAt(scene.outside)] as const;
    const endedAgain = [again.at("hangs up"), caller.at("sees the end")] as const;
    const answeredSilent = [silent.at("answers"), heardSilent] as const;
    const endedSilent = [silentSince, lost.at("sees the end")] as const;
    return [
      {
        ...inbound,
        source: "+390555550303",
        destination: SALES_NUMBER,
        telephone: "desk-3",
        queue: "Sales",
        endedBy: "called",
        started: [lost.at("dials"), lost.at("hears the answer")],
        answered: answeredSilent,
        ended: endedSilent,
        talked: [[answeredSilent, endedSilent]],
      },
      {
        ...inbound,
        destination: SUPPORT_NUMBER,
        telephone: "desk-1",
        queue: "Support",
        endedBy: "transfer",
        started: [caller.at("dials"), caller.at("hears the answer")],
        answered,
        ended,
        talked: [[answered, ended]],
      },
      {
        ...inbound,
        destination: SUPPORT_NUMBER,
        telephone: "desk-1",
        endedBy: "called",
        started: [anna.at("transferred"), again.at("rung")],
        answered: answeredAgain,
        ended: endedAgain,
        talked: [[answeredAgain, endedAgain]],
      },
    ];
  });
}, 200_000);

it("Asterisk is killed in the middle of a call", async () => {
  await playScenario(scene, "Asterisk is killed in the middle of a call", async () => {
    const caller = scene.customer(SUPPORT_NUMBER);
    const anna = await scene.desk(1).rung();
    anna.answer();
    const heard = await hears(caller, scene.desk(1));
    await aMoment();
    const before = Date.now();
    await scene.house.killAsterisk();
    caller.forget();
    anna.forget();
    const answered = [anna.at("answers"), heard] as const;
    // The last line that was written before, which here is the one that they talk.
    const ended = [anna.at("answers"), before] as const;
    return [
      {
        ...inbound,
        destination: SUPPORT_NUMBER,
        telephone: "desk-1",
        queue: "Support",
        endedBy: "system",
        started: [caller.at("dials"), caller.at("hears the answer")],
        answered,
        ended,
        talked: [[answered, ended]],
        held: null,
      },
    ];
  });
}, 120_000);

it("leaves books that balance", () => booksBalance(scene.house.admin));
