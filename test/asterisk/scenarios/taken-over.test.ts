import { afterAll, beforeAll, expect, it } from "vitest";
import { booksBalance } from "../../rig/books-balance.ts";
import {
  aMoment,
  CUSTOMER,
  hears,
  noted,
  over,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
  talking,
} from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

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

async function answeredByAnna(): Promise<{ caller: SipCall; anna: SipCall; heard: number }> {
  const caller = scene.customer(SUPPORT_NUMBER);
  const anna = await scene.desk(1).rung();
  anna.answer();
  const heard = await hears(caller, scene.desk(1));
  await aMoment();
  return { caller, anna, heard };
}

/** Anna sends him on; answers when he is where she sent him. */
async function sentTo(anna: SipCall, number: string): Promise<void> {
  await anna.transfer(scene.desk(1).addressOf(number));
  await noted(anna, "transferred");
  await anna.hangUp();
}

function annasRow(caller: SipCall, anna: SipCall, heard: number): ExpectedRow {
  const answered = [anna.at("answers"), heard] as const;
  const ended = [anna.at("transfers"), anna.at("transferred")] as const;
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

scenario("a colleague takes the call that rings at a telephone", async () => {
  const caller = scene.customer(SUPPORT_NUMBER);
  const anna = await scene.desk(1).rung();
  await aMoment();
  const bruno = scene.desk(2).dial("*8101");
  const heard = await hears(caller, scene.desk(2));
  await over(anna);
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const answered = [bruno.at("dials"), heard] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    {
      ...inbound,
      telephone: "desk-2",
      queue: "Support",
      endedBy: "caller",
      started: [caller.at("dials"), caller.at("hears the answer")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("a colleague takes the call that rings in the same place", async () => {
  const caller = scene.desk(4).dial("201");
  const anna = await scene.desk(1).rung();
  await aMoment();
  const carla = scene.desk(3).dial("*8");
  const heard = await hears(caller, scene.desk(3));
  await over(anna);
  await aMoment();
  await carla.hangUp();
  await over(caller);
  const answered = [carla.at("dials"), heard] as const;
  const ended = [carla.at("hangs up"), caller.at("sees the end")] as const;
  return [
    {
      type: "internal",
      source: "104",
      destination: "201",
      telephone: "desk-4",
      disposition: "ANSWERED",
      endedBy: "called",
      started: [caller.at("dials"), anna.at("rung")],
      answered,
      ended,
      talked: [[answered, ended]],
    },
  ];
});

scenario("what rings elsewhere is not taken by a telephone in another place", async () => {
  const caller = scene.desk(4).dial("101");
  const anna = await scene.desk(1).rung();
  const other = scene.desk(5).dial("*8");
  await over(other);
  expect(anna.state).toBe("ringing");
  await caller.hangUp();
  await over(anna);
  return [
    {
      type: "internal",
      source: "104",
      destination: "101",
      telephone: "desk-4",
      disposition: "NO ANSWER",
      endedBy: "caller",
      started: [caller.at("dials"), anna.at("rung")],
      answered: null,
      ended: [caller.at("hangs up"), anna.at("sees the end")],
    },
  ];
});

it("nobody outside, and no device by itself, gets at others' calls, places and rooms", async () => {
  const inside = scene.desk(4).dial("102");
  const ringing = await scene.desk(2).rung();
  for (const code of ["*8", "*8102", "*71", "*93"]) {
    const caller = scene.customer(code);
    await over(caller);
    expect(caller.saw("hears the answer"), code).toBe(false);
    scene.desk(5).onCall = (call) => call.forward(scene.desk(5).addressOf(code));
    const forwarded = scene.desk(3).dial("105");
    await over(forwarded);
    expect(forwarded.saw("hears the answer"), code).toBe(false);
  }
  scene.desk(5).onCall = () => {};
  expect(ringing.state).toBe("ringing");
  const { caller, anna } = await answeredByAnna();
  // The telephone is told that nobody has that number, and the caller stays where he is.
  await anna.transfer(scene.desk(1).addressOf("*8102"));
  await aMoment();
  caller.forgetVoices();
  await hears(caller, scene.desk(1));
  expect(anna.saw("transferred")).toBe(false);
  await caller.hangUp();
  await over(anna);
  expect(ringing.state).toBe("ringing");
  await inside.hangUp();
  await over(ringing);
});

scenario("a caller is parked and taken back elsewhere", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await sentTo(anna, "*71");
  await aMoment();
  const bruno = scene.desk(2).dial("*71");
  const heardBruno = await hears(caller, scene.desk(2));
  await aMoment();
  await caller.hangUp();
  await over(bruno);
  const answered = [bruno.at("dials"), heardBruno] as const;
  const ended = [caller.at("hangs up"), bruno.at("sees the end")] as const;
  return [
    annasRow(caller, anna, heard),
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

scenario("a caller gives up while parked", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await sentTo(anna, "*72");
  await aMoment();
  await caller.hangUp();
  return [annasRow(caller, anna, heard)];
});

/** Nobody else sees when one of several leaves a room: when Asterisk has no such connection any more. */
async function gone(endpoint: string): Promise<number> {
  const there = async () => (await scene.house.console("core show channels concise")).includes(`PJSIP/${endpoint}-`);
  await until(`${endpoint} has left the room`, async () => !(await there()));
  return Date.now();
}

scenario("a caller and two agents talk in a room", async () => {
  const { caller, anna, heard } = await answeredByAnna();
  await sentTo(anna, "*93");
  caller.forgetVoices();
  const annaInside = scene.desk(1).dial("*93");
  await hears(caller, scene.desk(1));
  const together = await hears(annaInside, scene.outside);
  const brunoInside = scene.desk(2).dial("*93");
  await talking(brunoInside);
  await aMoment(600);
  await brunoInside.hangUp();
  const brunoGone = await gone("desk-2");
  await annaInside.hangUp();
  const annaGone = await gone("desk-1");
  // The last telephone has left: the guest is not left alone.
  await over(caller);
  const inRoom = (call: SipCall, inside: number, left: number): ExpectedRow => {
    const answered = [call.at("dials"), call.at("hears the answer")] as const;
    const ended = [call.at("hangs up"), left] as const;
    return {
      type: "internal",
      source: call === annaInside ? "101" : "102",
      destination: "*93",
      telephone: call === annaInside ? "desk-1" : "desk-2",
      disposition: "ANSWERED",
      endedBy: "caller",
      started: answered,
      answered,
      ended,
      // What is said to him when he comes is no talk.
      talked: [[[call.at("dials"), inside], ended]],
    };
  };
  return [
    annasRow(caller, anna, heard),
    inRoom(annaInside, together, annaGone),
    inRoom(brunoInside, brunoInside.at("hangs up"), brunoGone),
  ];
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
