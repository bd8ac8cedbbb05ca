import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type {
  Agent,
  Alarm,
  Calendar,
  CallLimit,
  InboundAction,
  OutboundRoute,
  ReportCallRow,
  Telephone,
  Trunk,
} from "../../contract/views.ts";
import { freePort } from "../rig/free-port.ts";
import { CUSTOMER, over, type ScenarioHouse, startScenarioHouse, talking } from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import { SipPhone } from "../rig/sip/sip-phone.ts";
import { until } from "../until.ts";

let scene: ScenarioHouse;
let standIn: SipPhone;
let route: OutboundRoute;
let standInTrunk: Trunk;
let everybody: CallLimit;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { admin, sipPort } = scene.house;
  const port = await freePort();
  standIn = await SipPhone.start({
    ...{ username: "stand-in", password: null, server: { host: "127.0.0.1", port: sipPort } },
    ...{ host: "127.0.0.3", port },
  });
  standInTrunk = await admin.post<Trunk>("/trunks", {
    name: "Stand-in",
    host: "127.0.0.3",
    port,
    match: ["127.0.0.3"],
  });
  // Nobody sits at desk-4 and desk-5.
  await admin.patch("/settings", { idleTelephonesMayCall: "anything" });
  [route] = (await admin.get<Page<OutboundRoute>>("/outbound-routes")).rows as [OutboundRoute];
  [everybody] = (await admin.get<Page<CallLimit>>("/call-limits")).rows as [CallLimit];
}, 120_000);
afterEach(async () => {
  const all = [scene.outside, standIn, ...([1, 2, 3, 4, 5] as const).map((number) => scene.desk(number))];
  for (const phone of all) {
    phone.onCall = () => {};
    for (const call of phone.calls) if (call.state !== "over") await call.hangUp();
    phone.calls.length = 0;
  }
  await until("nobody talks", async () =>
    (await scene.house.console("core show channels count")).includes("0 active channels"),
  );
});
afterAll(async () => {
  await standIn?.stop();
  await scene?.stop();
});

const patch = (path: string, body: object) => scene.house.admin.patch(path, body);
/** What a call that is not let through ends with: rejected. */
const REJECTED = 403;

async function outcome(call: SipCall): Promise<number | null> {
  await over(call);
  return call.status;
}

/** Dials; somebody outside picks up. */
async function talks(desk: 1 | 2 | 3 | 4 | 5, number: string): Promise<SipCall> {
  scene.outside.onCall = (call) => call.answer();
  const call = scene.desk(desk).dial(number);
  await talking(call);
  return call;
}

const rowOf = async (number: string, disposition: ReportCallRow["disposition"]): Promise<ReportCallRow> =>
  until(`a row of ${number}`, async () => {
    const { rows } = await scene.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
    return rows.find((row) => row.destination === number && row.disposition === disposition && row.endedAt !== null);
  });

describe("a trunk that stands in for another", () => {
  beforeAll(() => patch(`/outbound-routes/${route.id}`, { backupTrunkIds: [standInTrunk.id] }));

  it("takes the call when the first one cannot, in one row", async () => {
    scene.outside.onCall = (call) => call.refuse("503 Service Unavailable");
    standIn.onCall = (call) => call.answer();
    const call = scene.desk(1).dial("00555601");
    await talking(call);
    expect(standIn.calls[0]?.dialled).toBe("0555601");
    await call.hangUp();
    const row = await rowOf("00555601", "ANSWERED");
    expect(row).toMatchObject({
      type: "outbound",
      disposition: "ANSWERED",
      prefix: "City",
      telephoneId: expect.any(Number),
    });
    const routes = scene.journal().filter((line) => line.includes("PERCH_ROUTE"));
    expect(routes.at(-1)).toContain(`trunk~${standInTrunk.id}|City`);
    const { rows } = await scene.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
    expect(rows.filter(({ destination }) => destination === "00555601")).toHaveLength(1);
  });

  it("does not when somebody is busy behind the first one, or does not exist", async () => {
    for (const [status, seen] of [
      ["486 Busy Here", 486],
      // "Not there", as telephones are told.
      ["404 Not Found", 480],
    ] as const) {
      scene.outside.onCall = (call) => call.refuse(status);
      expect(await outcome(scene.desk(1).dial("00555602"))).toBe(seen);
    }
    expect(standIn.calls).toEqual([]);
  });

  it("takes it at once when the first one is known to be gone", async () => {
    scene.outside.unplugged = true;
    const trunk = `trunk~${route.trunkId}`;
    await scene.house.console(`pjsip qualify ${trunk}`);
    await until("the trunk is seen to be gone", async () =>
      (await scene.house.console("pjsip show contacts"))
        .split("\n")
        .some((line) => line.includes(trunk) && /Unavail/.test(line)),
    );
    standIn.onCall = (call) => call.answer();
    await talking(scene.desk(1).dial("00555603"));
    scene.outside.unplugged = false;
    await scene.house.console(`pjsip qualify ${trunk}`);
    await until("the trunk is seen to be there", async () =>
      (await scene.house.console("pjsip show contacts"))
        .split("\n")
        .some((line) => line.includes(trunk) && /Avail/.test(line) && !/Unavail/.test(line)),
    );
  });
});

describe("limits of calls outside", () => {
  it.each([
    ["premium numbers", "0899123456"],
    ["premium numbers, written with the country", "00039899123456"],
    ["satellites", "000881612345678"],
    ["other countries", "000442079460000"],
    ["what has other keys in it", "05%2331%2300881612345678"],
    ["what is behind another carrier's number", "0103300881612345678"],
    ["what is longer than any number", "005555555555555555555"],
    ["a plus in the middle", "05+881612345678"],
    ["a number abroad that begins with nothing", "0000881612345678"],
  ])("keep everybody from %s", async (_, number) => {
    expect(await outcome(scene.desk(1).dial(number))).toBe(REJECTED);
    expect(scene.outside.calls).toEqual([]);
  });

  it.each([["0055512345"], ["03331234567"], ["0112"], ["112"]])("let everybody call %s", async (number) => {
    await talks(1, number);
  });

  it("tell in the journal and in a row why a call was not made", async () => {
    await outcome(scene.desk(2).dial("0899123457"));
    expect(await rowOf("0899123457", "FAILED")).toMatchObject({ type: "outbound", prefix: "City", billableS: 0 });
    expect(scene.journal().some((line) => line.includes("PERCH_LIMIT") && line.includes("destination|premium"))).toBe(
      true,
    );
  });

  it("tell supervisors of a telephone that tries again and again", async () => {
    for (const number of ["0899000001", "0899000002", "0899000003", "0899000004", "0899000005"]) {
      await outcome(scene.desk(3).dial(number));
    }
    const alarm = await until("an alarm", async () => {
      const { rows } = await scene.house.admin.get<Page<Alarm>>("/supervision/alarms");
      return rows.find(({ subject }) => subject === "limits desk-3");
    });
    expect(alarm.words).toContain("calls outside from desk-3 were refused");
  });

  it("hold for two calls at once on one telephone, and for help there is always one more", async () => {
    await talks(4, "00555611");
    await talks(4, "00555612");
    expect(await outcome(scene.desk(4).dial("00555613"))).toBe(REJECTED);
    await talks(4, "112");
    await talks(5, "00555614");
  });

  it("count who was sent outside by a transfer", async () => {
    scene.outside.onCall = (call) => call.answer();
    for (const _ of [1, 2]) {
      const desk = scene.desk(4).dial("105");
      const other = await scene.desk(5).rung();
      other.answer();
      await talking(desk);
      await desk.transfer(scene.desk(4).addressOf("00555615"));
      await desk.hangUp();
    }
    await until("two are outside", () => scene.outside.calls.filter(({ state }) => state === "talking").length === 2);
    expect(await outcome(scene.desk(4).dial("00555616"))).toBe(REJECTED);
  });

  it("are what is said of an agent, before what is said of a telephone, before everybody's", async () => {
    const { admin } = scene.house;
    const anna = (await admin.get<Page<Agent>>("/agents")).rows.find(({ username }) => username === "anna");
    const desk = (await admin.get<Page<Telephone>>("/telephones")).rows.find(({ username }) => username === "desk-1");
    const ofDesk = await admin.post<CallLimit>("/call-limits", {
      of: "telephone",
      telephoneId: desk?.id,
      destinations: ["premium"],
    });
    await talks(1, "0899123458");
    expect(await outcome(scene.desk(1).dial("00555617"))).toBe(REJECTED);
    const ofAnna = await admin.post<CallLimit>("/call-limits", {
      of: "agent",
      agentId: anna?.id,
      destinations: ["national"],
    });
    expect(await outcome(scene.desk(1).dial("0899123458"))).toBe(REJECTED);
    await talks(1, "00555618");
    await admin.remove(`/call-limits/${ofDesk.id}`);
    await admin.remove(`/call-limits/${ofAnna.id}`);
  });

  it("hold while Perch is away", async () => {
    await scene.house.stopPerch();
    expect(await outcome(scene.desk(1).dial("0899123459"))).toBe(REJECTED);
    await talks(1, "00555619");
    await talks(1, "00555620");
    expect(await outcome(scene.desk(1).dial("00555621"))).toBe(REJECTED);
    await scene.house.startPerch();
  });

  it("end a call when the minutes of the day are over, and let no other begin", async () => {
    await patch(`/call-limits/${everybody.id}`, { minutesPerDay: 1 });
    const key = "perch-spent tdesk~5";
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date()).replaceAll("-", "");
    // All but two seconds of it.
    await scene.house.console(`database put ${key} "${today}|58"`);
    const call = await talks(5, "00555622");
    await over(call);
    expect(call.saw("hangs up")).toBe(false);
    await until("it is written down", async () => /\|6[0-9]/.test(await scene.house.console(`database get ${key}`)));
    expect(await outcome(scene.desk(5).dial("00555623"))).toBe(REJECTED);
    await patch(`/call-limits/${everybody.id}`, { minutesPerDay: 600 });
  });

  it("lock telephones at night by a calendar, but for those who may at any time", async () => {
    const { admin } = scene.house;
    const never = await admin.post<Calendar>("/calendars", { name: "Never", week: [] });
    await patch(`/call-limits/${everybody.id}`, { calendarId: never.id });
    expect(await outcome(scene.desk(4).dial("00555624"))).toBe(REJECTED);
    await talks(4, "112");
    const desk = (await admin.get<Page<Telephone>>("/telephones")).rows.find(({ username }) => username === "desk-5");
    const watch = await admin.post<CallLimit>("/call-limits", {
      of: "telephone",
      telephoneId: desk?.id,
      anyTime: true,
    });
    await talks(5, "00555625");
    await admin.remove(`/call-limits/${watch.id}`);
    await patch(`/call-limits/${everybody.id}`, { calendarId: null });
  });

  it("of a route hold beside them, and a route may be for some alone", async () => {
    const { admin } = scene.house;
    const ofRoute = await admin.post<CallLimit>("/call-limits", { of: "route", routeId: route.id, callsAtOnce: 1 });
    const [desk] = (await admin.get<Page<Telephone>>("/telephones")).rows.filter(
      ({ username }) => username === "desk-4",
    );
    await patch(`/outbound-routes/${route.id}`, { telephoneIds: [desk?.id] });
    await talks(4, "00555626");
    expect(await outcome(scene.desk(4).dial("00555627"))).toBe(REJECTED);
    await admin.remove(`/call-limits/${ofRoute.id}`);
    expect(await outcome(scene.desk(5).dial("00555628"))).toBe(REJECTED);
    await patch(`/outbound-routes/${route.id}`, { telephoneIds: [] });
    await talks(5, "00555629");
  });
});

describe("an inbound route's actions", () => {
  const NUMBER = "+390550002001";
  let made = 0;
  const leads = async (...actions: InboundAction[]) => {
    if (made > 0) await scene.house.admin.remove(`/inbound-routes/${made}`);
    const { id } = await scene.house.admin.post<{ id: number }>("/inbound-routes", { number: NUMBER, actions });
    made = id;
  };
  const idOf = async (collection: "agents" | "telephones", username: string): Promise<number> => {
    const { rows } = await scene.house.admin.get<Page<{ id: number; username: string }>>(`/${collection}`);
    return rows.find((row) => row.username === username)?.id ?? 0;
  };

  it("ring a telephone, then an agent, then a number outside, then end", async () => {
    await leads(
      { telephone: await idOf("telephones", "desk-5") },
      { agent: await idOf("agents", "anna") },
      { number: "00555631" },
      { hangup: true, cause: "busy" },
    );
    const caller = scene.customer(NUMBER);
    (await scene.desk(5).rung()).refuse("486 Busy Here");
    (await scene.desk(1).rung()).refuse("486 Busy Here");
    const outside = await scene.outside.rung();
    expect(outside.dialled).toBe("0555631");
    // Nobody paid for any of the ringing.
    expect(caller.state).toBe("dialling");
    outside.refuse("486 Busy Here");
    expect(await outcome(caller)).toBe(486);
  });

  it("give a row to the telephone that took the caller", async () => {
    await leads({ telephone: await idOf("telephones", "desk-4") }, { agent: await idOf("agents", "anna") });
    const caller = scene.customer(NUMBER);
    (await scene.desk(4).rung()).refuse("486 Busy Here");
    const desk = await scene.desk(1).rung();
    desk.answer();
    await talking(caller);
    await caller.hangUp();
    await over(desk);
    const row = await rowOf(NUMBER, "ANSWERED");
    expect(row).toMatchObject({ type: "inbound", source: CUSTOMER, disposition: "ANSWERED", queue: null });
    expect(row.telephoneId).toBe(await idOf("telephones", "desk-1"));
  });

  it("have their turn only while a calendar is open, or closed", async () => {
    const { admin } = scene.house;
    const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
    const always = await admin.post<Calendar>("/calendars", { name: "Always", week });
    await leads(
      { telephone: await idOf("telephones", "desk-4"), when: { calendar: always.id, is: "closed" } },
      { telephone: await idOf("telephones", "desk-5"), when: { calendar: always.id, is: "open" } },
    );
    scene.customer(NUMBER);
    await scene.desk(5).rung();
    expect(scene.desk(4).calls).toEqual([]);
    await expect(admin.remove(`/calendars/${always.id}`)).rejects.toThrow();
  });

  it("can be tried from a telephone of the house", async () => {
    const { admin } = scene.house;
    await leads({ telephone: await idOf("telephones", "desk-5") });
    await admin.post(`/inbound-routes/${made}/try`, { telephoneId: await idOf("telephones", "desk-4") });
    (await scene.desk(4).rung()).answer();
    const desk = await scene.desk(5).rung();
    desk.answer();
    await talking(desk);
  });

  it("go on while Perch is away", async () => {
    await leads({ telephone: await idOf("telephones", "desk-4") }, { telephone: await idOf("telephones", "desk-5") });
    await scene.house.stopPerch();
    scene.customer(NUMBER);
    (await scene.desk(4).rung()).refuse("486 Busy Here");
    await scene.desk(5).rung();
    await scene.house.startPerch();
  });
});
