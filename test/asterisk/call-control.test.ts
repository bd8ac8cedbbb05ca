import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../contract/page.ts";
import type { Destination, Leg, ReportCallRow, Why } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import {
  CUSTOMER,
  OUTSIDE_NUMBER,
  type ScenarioHouse,
  SUPPORT_NUMBER,
  startScenarioHouse,
} from "../rig/scenario-house.ts";
import type { SipCall } from "../rig/sip/sip-call.ts";
import type { SipPhone } from "../rig/sip/sip-phone.ts";
import { until } from "../until.ts";

let house: ScenarioHouse;
let anna: Api;

beforeAll(async () => {
  house = await startScenarioHouse();
  anna = house.apis.anna;
});
afterEach(async () => {
  const phones = [house.outside, house.desk(1), house.desk(2), house.desk(3), house.desk(4)];
  for (const phone of phones) {
    phone.onCall = () => {};
    for (const call of phone.calls) if (call.state !== "over") await call.hangUp();
  }
  await until("nobody is on a call", async () =>
    (await house.house.console("core show channels count")).includes("0 active calls"),
  );
});
afterAll(() => house?.stop());

const rings = (phone: SipPhone, what = "it rings") =>
  until(what, () => phone.calls.find((call) => call.state === "ringing"), { timeoutMs: 15_000 });
const over = (call: SipCall) => until("the call is over", () => call.state === "over", { timeoutMs: 15_000 });
const legOf = async (api: Api) => (await api.get<Page<Leg>>("/calls/current")).rows[0];
const leg = (what: string, fits: (one: Leg) => boolean, api = anna) =>
  until(what, async () => [await legOf(api)].find((one) => one !== undefined && fits(one)), { timeoutMs: 15_000 });

/** A customer talks with Anna. */
async function talking(): Promise<{ customer: SipCall; desk: SipCall; legId: string }> {
  const customer = house.customer(SUPPORT_NUMBER);
  const desk = await rings(house.desk(1));
  desk.answer();
  const { legId } = await leg("Anna talks", ({ state }) => state === "talking");
  await until("the customer hears her", () => customer.state === "talking");
  return { customer, desk, legId };
}

const post = (api: Api, legId: string, act: string, body?: object) =>
  api.post(`/calls/${encodeURIComponent(legId)}/${act}`, body);
/** The rows of the calls these legs began in, the first first. */
async function rowsOf(count: number, ...legIds: string[]): Promise<ReportCallRow[]> {
  return await until(
    `${count} rows that have ended`,
    async () => {
      const { rows } = await house.house.admin.get<Page<ReportCallRow>>("/reports/report-call");
      const calls = new Set(rows.filter((row) => legIds.includes(row.legId ?? "")).map(({ linkedId }) => linkedId));
      const found = rows.filter((row) => calls.has(row.linkedId));
      return found.length === count && found.every((row) => row.endedAt !== null)
        ? found.sort((a, b) => Date.parse(a.answeredAt ?? a.startedAt) - Date.parse(b.answeredAt ?? b.startedAt))
        : null;
    },
    { timeoutMs: 15_000 },
  );
}
const whyOf = (row: ReportCallRow | undefined) =>
  house.house.admin.get<Why>(`/reports/report-call/${encodeURIComponent(row?.id ?? "")}/why`);

describe("a call in hand", () => {
  it("is held and taken back from the desktop, and its hold is counted", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "hold");
    await leg("it is held", ({ state, hand }) => state === "held" && hand?.heldBy === "desktop");
    expect([customer.state, desk.state]).toEqual(["talking", "talking"]);
    await post(anna, legId, "hold");
    await post(anna, legId, "resume");
    await leg("it is back", ({ state, hand }) => state === "talking" && hand === null);
    await customer.hangUp();
    await over(desk);
    // Who listened for hold says so in a journal of its own, which may be read later.
    const row = await until("its hold is known", async () =>
      (await rowsOf(1, legId)).find(({ holdS }) => holdS !== null),
    );
    expect(row).toMatchObject({ seatedAgentName: "Anna Rossi", disposition: "ANSWERED", endedBy: "caller" });
    expect(row.holdS).toBeGreaterThan(0);
    expect(row.holdS).toBeLessThan(row.billableS ?? 0);
  });

  it("frees the telephone when the one who is held hangs up", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "hold");
    await leg("it is held", ({ state }) => state === "held");
    await customer.hangUp();
    await over(desk);
    expect(await rowsOf(1, legId)).toMatchObject([{ seatedAgentName: "Anna Rossi" }]);
  });

  it("comes back to the telephone that hung up while it held", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "hold");
    await leg("it is held", ({ state }) => state === "held");
    await desk.hangUp();
    const again = await rings(house.desk(1), "the desk rings again");
    expect(customer.state).toBe("talking");
    again.answer();
    await leg("they talk again", (one) => one.state === "talking" && one.legId !== legId && one.number === CUSTOMER);
    await customer.hangUp();
    await over(again);
    expect(await rowsOf(2, legId)).toMatchObject([
      { seatedAgentName: "Anna Rossi" },
      { seatedAgentName: "Anna Rossi" },
    ]);
  });

  it("goes to a colleague at once", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: "203", kind: "blind" });
    const carla = await rings(house.desk(3), "Carla's telephone rings");
    expect(carla.peer).toBe(CUSTOMER);
    await over(desk);
    carla.answer();
    await leg(
      "Carla talks with the customer",
      ({ state, number }) => state === "talking" && number === CUSTOMER,
      house.apis.carla,
    );
    await customer.hangUp();
    await over(carla);
    const [first, second] = await rowsOf(2, legId);
    expect([first, second]).toMatchObject([
      { seatedAgentName: "Anna Rossi", endedBy: "transfer" },
      { seatedAgentName: "Carla Neri", endedBy: "caller", source: CUSTOMER },
    ]);
    expect((await whyOf(first)).transfers).toMatchObject([{ kind: "blind", from: "desk-1" }]);
  });

  it("goes to a queue by its name, also while it is held", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "hold");
    await leg("it is held", ({ state }) => state === "held");
    await post(anna, legId, "transfer", { to: "line", kind: "blind" });
    await over(desk);
    const bruno = await rings(house.desk(2), "the first of the line rings");
    bruno.answer();
    await leg(
      "Bruno has it from the queue",
      ({ state, queue }) => state === "talking" && queue?.name === "Line",
      house.apis.bruno,
    );
    await customer.hangUp();
    await over(bruno);
    expect(await rowsOf(2, legId)).toMatchObject([
      { seatedAgentName: "Anna Rossi", queue: "Support", endedBy: "transfer" },
      { seatedAgentName: "Bruno Conti", queue: "Line" },
    ]);
  });

  it("goes to a number outside, along the route", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: OUTSIDE_NUMBER, kind: "blind" });
    const outside = await until("somebody outside rings", () =>
      house.outside.calls.find((call) => call.incoming && call.state === "ringing"),
    );
    await over(desk);
    outside.answer();
    await until("they talk", () => outside.state === "talking" && customer.state === "talking");
    await customer.hangUp();
    await over(outside);
    expect(await rowsOf(1, legId)).toMatchObject([
      { seatedAgentName: "Anna Rossi", endedBy: "transfer", type: "inbound" },
    ]);
  });

  it("is parked, and taken back from another desktop", async () => {
    const { customer, desk, legId } = await talking();
    const { code } = await anna.post<{ code: string }>(`/calls/${encodeURIComponent(legId)}/park`);
    await over(desk);
    expect(customer.state).toBe("talking");
    await house.apis.bruno.post("/calls", { to: code });
    const bruno = await rings(house.desk(2), "Bruno's telephone rings, to take him back");
    bruno.answer();
    await until(
      "Bruno has the customer",
      async () =>
        /PJSIP\/desk-2-/.test(await house.house.console("core show channels concise")) && bruno.state === "talking",
    );
    await customer.hangUp();
    await over(bruno);
    expect(await rowsOf(2, legId)).toMatchObject([
      { seatedAgentName: "Anna Rossi", endedBy: "transfer" },
      { seatedAgentName: "Bruno Conti" },
    ]);
  });

  it("that rings elsewhere is picked up from the desktop", async () => {
    const customer = house.customer(SUPPORT_NUMBER);
    const anywhere = await rings(house.desk(1));
    await house.apis.carla.post("/calls", { to: "*8201" });
    const carla = await rings(house.desk(3), "Carla's telephone rings, to pick up");
    carla.answer();
    await until("Carla has the customer", () => customer.state === "talking" && anywhere.state === "over");
    await customer.hangUp();
    await over(carla);
  });

  it("is handed over to a colleague who was asked first", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: "202", kind: "attended" });
    const bruno = await rings(house.desk(2), "Bruno's telephone rings");
    expect(bruno.peer).toBe("201");
    await leg("Anna sees whom she asks", ({ state, hand }) => state === "held" && hand?.asks?.name === "Bruno Conti");
    await expect(post(anna, legId, "transfer/complete")).rejects.toThrow(/nobody has answered/);
    bruno.answer();
    await leg("they talk", ({ hand }) => hand?.asks?.talking === true);
    expect([customer.state, desk.state]).toEqual(["talking", "talking"]);
    await expect(post(anna, legId, "hold")).rejects.toThrow(/You are asking Bruno Conti/);
    await post(anna, legId, "transfer/complete");
    await over(desk);
    await leg(
      "Bruno sees the customer",
      ({ state, number, type }) => state === "talking" && number === CUSTOMER && type === "inbound",
      house.apis.bruno,
    );
    expect([customer.state, bruno.state]).toEqual(["talking", "talking"]);
    await customer.hangUp();
    await over(bruno);
    const rows = await rowsOf(3, legId);
    expect(rows).toMatchObject([
      { seatedAgentName: "Anna Rossi", endedBy: "transfer", source: CUSTOMER },
      { seatedAgentName: "Anna Rossi", endedBy: "transfer", type: "internal", destination: "202" },
      { seatedAgentName: "Bruno Conti", endedBy: "caller", source: CUSTOMER },
    ]);
    expect((await whyOf(rows[2])).transfers).toMatchObject([{ kind: "attended", from: "desk-1", to: "desk-2" }]);
  });

  it("comes back when asking is called off", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: "104", kind: "attended" });
    const other = await rings(house.desk(4));
    await post(anna, legId, "transfer/cancel");
    await over(other);
    await leg("the caller is back", ({ state, hand }) => state === "talking" && hand?.asked?.ended === "called-off");
    await customer.hangUp();
    await over(desk);
    expect(await rowsOf(2, legId)).toMatchObject([
      { seatedAgentName: "Anna Rossi", endedBy: "caller", type: "inbound" },
      { seatedAgentName: "Anna Rossi", endedBy: "caller", type: "internal", disposition: "NO ANSWER" },
    ]);
  });

  it.each([
    ["busy", async (call: SipCall) => call.refuse("486 Busy Here")],
    [
      "hung-up",
      async (call: SipCall) => {
        call.answer();
        await leg("they talk", ({ hand }) => hand?.asks?.talking === true);
        await call.hangUp();
      },
    ],
  ])("comes back by itself when who is asked is or has %s", async (ended, act) => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: "104", kind: "attended" });
    await act(await rings(house.desk(4)));
    await leg("the caller is back", ({ state, hand }) => state === "talking" && hand?.asked?.ended === ended);
    expect(desk.state).toBe("talking");
    await customer.hangUp();
    await over(desk);
  });

  it("comes back to the telephone that hung up while asking", async () => {
    const { customer, desk, legId } = await talking();
    await post(anna, legId, "transfer", { to: "104", kind: "attended" });
    const other = await rings(house.desk(4));
    await desk.hangUp();
    await over(other);
    const again = await rings(house.desk(1), "the desk rings again");
    expect(customer.state).toBe("talking");
    again.answer();
    await until("they talk again", () => again.state === "talking");
    await customer.hangUp();
    await over(again);
  });

  it("is sent on and asked about by who called outside, too", async () => {
    house.outside.onCall = (call) => call.answer();
    const desk = house.desk(1).dial(OUTSIDE_NUMBER);
    const { legId } = await leg("Anna talks", ({ state }) => state === "talking");
    await until("she hears it", () => desk.state === "talking");
    await post(anna, legId, "transfer", { to: "103", kind: "attended" });
    const carla = await rings(house.desk(3));
    carla.answer();
    await leg("they talk", ({ hand }) => hand?.asks?.talking === true);
    await post(anna, legId, "transfer/complete");
    await over(desk);
    const [outside] = house.outside.calls.filter((call) => call.incoming && call.state !== "over");
    expect([outside?.state, carla.state]).toEqual(["talking", "talking"]);
    await carla.hangUp();
    expect(await rowsOf(3, legId)).toMatchObject([
      { type: "outbound", seatedAgentName: "Anna Rossi", endedBy: "transfer" },
      { type: "internal", seatedAgentName: "Anna Rossi", destination: "103" },
      { type: "outbound", seatedAgentName: "Carla Neri" },
    ]);
  });

  it("is not sent where it cannot go", async () => {
    const busy = house.desk(5).dial("104");
    const there = await rings(house.desk(4));
    there.answer();
    await until("they talk", () => busy.state === "talking");
    const { customer, desk, legId } = await talking();
    const found = (await anna.get<Page<Destination>>("/calls/destinations?q=desk")).rows;
    expect(found.map(({ to, state }) => [to, state])).toEqual(
      expect.arrayContaining([
        ["104", "on-call"],
        ["103", "free"],
      ]),
    );
    expect(found.some(({ to }) => to === "101")).toBe(false);
    for (const [to, kind, words] of [
      ["104", "blind", /on a call/],
      ["101", "blind", /where you are/],
      ["999", "blind", /nobody’s number/],
      ["Line", "attended", /takes callers as they come/],
    ] as const) {
      await expect(post(anna, legId, "transfer", { to, kind })).rejects.toThrow(words);
    }
    expect([customer.state, desk.state]).toEqual(["talking", "talking"]);
  });
});
