import { afterAll, beforeAll, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  LINE_NUMBER,
  noted,
  OUTSIDE_NUMBER,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";

let scene: ScenarioHouse;
beforeAll(async () => {
  scene = await startScenarioHouse();
}, 120_000);
afterAll(() => scene.stop());

const scenario = (name: string, play: () => Promise<ExpectedRow[]>) =>
  it(name, async () => {
    await playScenario(scene, name, play);
  });

const inbound = { type: "inbound", source: CUSTOMER, destination: SUPPORT_NUMBER, disposition: "ANSWERED" } as const;

/** A customer whom Anna has answered: both hear each other. */
async function answeredByAnna(): Promise<{ caller: SipCall; anna: SipCall; heard: number }> {
  const caller = scene.customer(SUPPORT_NUMBER);
  const anna = await scene.desk(1).rung();
  anna.answer();
  const heard = await hears(caller, scene.desk(1));
  await aMoment();
  return { caller, anna, heard };
}

/** Anna's row, up to when she sent the caller on. */
function annasRow(caller: SipCall, anna: SipCall, heard: number, gone: number): ExpectedRow {
  const answered = [anna.at("answers"), heard] as const;
  const ended = [anna.at("transfers"), gone] as const;
  return {
    ...inbound,
    telephone: "desk-1",
    queue: "Support",
    endedBy: "transfer",
    started: [caller.at("dials"), caller.at("hears the answer")],
    answered,
    ended,
    talked: [[answered, ended]],
  };
}

scenario("a caller is sent on to a colleague", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.transfer(scene.desk(1).addressOf("102"));
  const bruno = await scene.desk(2).rung();
  await anna.hangUp();
  await aMoment();
  bruno.answer();
  const heardBruno = await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const answered = [bruno.at("answers"), heardBruno] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow(caller, anna, heard, bruno.at("rung")),
    {
      ...inbound,
      telephone: "desk-2",
      endedBy: "caller",
      started: [anna.at("transfers"), bruno.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("a caller is sent on and comes back", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.transfer(scene.desk(1).addressOf("202"));
  const bruno = await scene.desk(2).rung();
  await anna.hangUp();
  bruno.answer();
  const heardBruno = await hears(caller, scene.desk(2));
  await aMoment();
  await bruno.transfer(scene.desk(2).addressOf("201"));
  const again = await scene.desk(1).rung();
  await bruno.hangUp();
  await aMoment();
  again.answer();
  await hears(again, scene.outside);
  await aMoment();
  await again.hangUp();
  await over(caller);
  const answered = [bruno.at("answers"), heardBruno] as const;
  const ended = [bruno.at("transfers"), again.at("rung")] as const;
  const answeredAgain = [again.at("answers"), again.heardAt(scene.outside)] as const;
  const endedAgain = [again.at("hangs up"), caller.at("sees the end")] as const;
  return [
    annasRow(caller, anna, heard, bruno.at("rung")),
    {
      ...inbound,
      telephone: "desk-2",
      endedBy: "transfer",
      started: [anna.at("transfers"), bruno.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
    {
      ...inbound,
      telephone: "desk-1",
      endedBy: "called",
      started: [bruno.at("transfers"), again.at("rung")],
      answered: answeredAgain,
      ended: endedAgain,
      talked: [[answeredAgain, endedAgain]],
    },
  ];
});

scenario("a caller is sent on to somebody outside", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.transfer(scene.desk(1).addressOf(OUTSIDE_NUMBER));
  const callee = await scene.outside.rung();
  await anna.hangUp();
  callee.answer();
  await aMoment();
  await callee.hangUp();
  await over(caller);
  return [annasRow(caller, anna, heard, callee.at("rung"))];
});

scenario("a caller is sent on to a colleague who does not answer", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.transfer(scene.desk(1).addressOf("102"));
  const bruno = await scene.desk(2).rung();
  await anna.hangUp();
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  return [annasRow(caller, anna, heard, bruno.at("rung"))];
});

scenario("a caller is handed over after a word with the colleague", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.hold();
  const held = Date.now();
  const asking = scene.desk(1).dial("102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  await talking(asking);
  await aMoment();
  await anna.transferTo(asking);
  const heardBruno = await hears(caller, scene.desk(2));
  await over(asking);
  await anna.hangUp();
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const handed = [anna.at("transfers"), heardBruno] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  const asked = [bruno.at("answers"), asking.at("hears the answer")] as const;
  const left = [anna.at("transfers"), asking.at("sees the end")] as const;
  return [
    { ...annasRow(caller, anna, heard, heardBruno), held: [[[anna.at("holds"), held], handed]] },
    {
      type: "internal",
      source: "101",
      destination: "102",
      telephone: "desk-1",
      disposition: "ANSWERED",
      endedBy: "transfer",
      started: [asking.at("dials"), bruno.at("rung")],
      answered: asked,
      ended: left,
      talked: [[asked, left]],
    },
    {
      ...inbound,
      telephone: "desk-2",
      endedBy: "caller",
      started: handed,
      answered: handed,
      ended,
      talked: [[handed, ended]],
    },
  ];
});

scenario("a colleague is asked and the caller is kept", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.hold();
  const held = Date.now();
  const asking = scene.desk(1).dial("102");
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  await talking(asking);
  await aMoment();
  await asking.hangUp();
  await over(bruno);
  const resuming = Date.now();
  await anna.resume();
  const resumed = Date.now();
  await aMoment();
  await caller.hangUp();
  await over(anna);
  const answered = [anna.at("answers"), heard] as const;
  const ended = [caller.at("hangs up"), anna.at("sees the end")] as const;
  const asked = [bruno.at("answers"), asking.at("hears the answer")] as const;
  const left = [asking.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    {
      ...annasRow(caller, anna, heard, 0),
      endedBy: "caller",
      ended,
      talked: [[answered, ended]],
      held: [
        [
          [anna.at("holds"), held],
          [resuming, resumed],
        ],
      ],
    },
    {
      type: "internal",
      source: "101",
      destination: "102",
      telephone: "desk-1",
      disposition: "ANSWERED",
      endedBy: "caller",
      started: [asking.at("dials"), bruno.at("rung")],
      answered: asked,
      ended: left,
      talked: [[asked, left]],
    },
  ];
});

scenario("a colleague's call is handed over to somebody outside", async () => {
  const caller = scene.desk(4).dial("101");
  const anna = await scene.desk(1).rung();
  anna.answer();
  await talking(caller);
  await aMoment();
  const asking = scene.desk(1).dial(OUTSIDE_NUMBER);
  const callee = await scene.outside.rung();
  callee.answer();
  await talking(asking);
  await aMoment();
  await anna.transferTo(asking);
  await hears(caller, scene.outside);
  await over(asking);
  await anna.hangUp();
  await aMoment();
  await callee.hangUp();
  await over(caller);
  const answered = [anna.at("answers"), caller.at("hears the answer")] as const;
  const ended = [callee.at("hangs up"), caller.at("sees the end")] as const;
  const asked = [callee.at("answers"), asking.at("hears the answer")] as const;
  const left = [anna.at("transfers"), asking.at("sees the end")] as const;
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
    {
      type: "outbound",
      source: "101",
      destination: OUTSIDE_NUMBER,
      prefix: "City",
      telephone: "desk-1",
      disposition: "ANSWERED",
      endedBy: "transfer",
      started: [asking.at("dials"), callee.at("rung")],
      answered: asked,
      ended: left,
      talked: [[asked, left]],
    },
  ];
});

scenario("a caller is sent on to another queue", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.transfer(scene.desk(1).addressOf(LINE_NUMBER));
  const bruno = await scene.desk(2).rung();
  await anna.hangUp();
  await aMoment();
  bruno.answer();
  const heardBruno = await hears(caller, scene.desk(2));
  await aMoment();
  await bruno.hangUp();
  await over(caller);
  const answered = [bruno.at("answers"), heardBruno] as const;
  const ended = [bruno.at("hangs up"), caller.at("sees the end")] as const;
  return [
    annasRow(caller, anna, heard, bruno.at("rung")),
    {
      ...inbound,
      telephone: "desk-2",
      queue: "Line",
      endedBy: "called",
      started: [anna.at("transfers"), bruno.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("a caller is handed over into another queue's call", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.hold();
  const held = Date.now();
  const asking = scene.desk(1).dial(LINE_NUMBER);
  const bruno = await scene.desk(2).rung();
  bruno.answer();
  const askedAt = await hears(asking, scene.desk(2));
  await aMoment();
  await anna.transferTo(asking);
  const heardBruno = await hears(caller, scene.desk(2));
  await over(asking);
  await anna.hangUp();
  await aMoment();
  await bruno.hangUp();
  await over(caller);
  const handed = [anna.at("transfers"), heardBruno] as const;
  const ended = [bruno.at("hangs up"), caller.at("sees the end")] as const;
  const asked = [bruno.at("answers"), askedAt] as const;
  const left = [anna.at("transfers"), asking.at("sees the end")] as const;
  return [
    { ...annasRow(caller, anna, heard, heardBruno), held: [[[anna.at("holds"), held], handed]] },
    {
      type: "internal",
      source: "101",
      destination: LINE_NUMBER,
      telephone: "desk-1",
      queue: "Line",
      disposition: "ANSWERED",
      endedBy: "transfer",
      started: [asking.at("dials"), asking.at("hears the answer")],
      answered: asked,
      ended: left,
      talked: [[asked, left]],
    },
    {
      ...inbound,
      telephone: "desk-2",
      endedBy: "called",
      started: handed,
      answered: handed,
      ended,
      talked: [[handed, ended]],
    },
  ];
});

scenario("a caller is handed over to a telephone that still rings", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await anna.hold();
  const held = Date.now();
  const asking = scene.desk(1).dial("102");
  const bruno = await scene.desk(2).rung();
  await noted(asking, "hears ringing");
  await anna.transferTo(asking);
  await noted(anna, "transferred");
  await anna.hangUp();
  await over(asking);
  await aMoment();
  bruno.answer();
  const heardBruno = await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const handed = [anna.at("transfers"), asking.at("is refused")] as const;
  const answered = [bruno.at("answers"), heardBruno] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    { ...annasRow(caller, anna, heard, anna.at("transferred")), held: [[[anna.at("holds"), held], handed]] },
    {
      type: "internal",
      source: "101",
      destination: "102",
      telephone: "desk-1",
      disposition: "NO ANSWER",
      endedBy: "transfer",
      started: [asking.at("dials"), bruno.at("rung")],
      answered: null,
      ended: handed,
    },
    {
      ...inbound,
      telephone: "desk-2",
      endedBy: "caller",
      started: answered,
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
