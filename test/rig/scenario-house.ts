import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Page } from "../../contract/page.ts";
import type { Agent, Queue, Telephone, Trunk } from "../../contract/views.ts";
import type { Api } from "../../demo/api.ts";
import { until } from "../until.ts";
import { freePort } from "./free-port.ts";
import { type HouseRig, type Launch, OUTSIDE, startHouse } from "./house-rig.ts";
import type { Saw, SipCall } from "./sip/sip-call.ts";
import { SipPhone } from "./sip/sip-phone.ts";

/** Only Anna (desk-1) is in Support; she, Bruno (desk-2) and Carla (desk-3) are rung at once in Sales. */
export const SUPPORT_NUMBER = "+390550001001";
export const SALES_NUMBER = "+390550001002";
/** Nobody is in it; after so many seconds its callers go on to Support. */
export const NIGHT_NUMBER = "+390550001003";
/** Bruno, then Carla, in this order. */
export const LINE_NUMBER = "+390550001004";
export const CUSTOMER = "+390555550101";
/** Behind it somebody outside is rung. */
export const OUTSIDE_NUMBER = "00555777";

/**
 * A house in which whole calls are played: telephones desk-1 (101) to desk-5 (105), with Anna (201), Bruno (202) and
 * Carla (203) at the first three and nobody at the others; desk-1 to desk-3 stand in one place. All of them, and who
 * is outside, write down what they saw.
 */
export interface ScenarioHouse {
  readonly house: HouseRig;
  /** All customers, and all who can be called outside. */
  readonly outside: SipPhone;
  readonly apis: Readonly<Record<"anna" | "bruno" | "carla", Api>>;
  desk(number: 1 | 2 | 3 | 4 | 5): SipPhone;
  /** A customer calls. */
  customer(number: string, from?: string): SipCall;
  /** All lines of both journals, as written. */
  journal(): string[];
  stop(): Promise<void>;
}

export async function startScenarioHouse(launch?: Launch): Promise<ScenarioHouse> {
  const sipPort = await freePort();
  const house = await startHouse({ sipPort, logLevel: "warn" }, launch);
  const server = { host: "127.0.0.1", port: sipPort };
  const [trunk] = (await house.admin.get<Page<Trunk>>("/trunks")).rows;
  if (trunk === undefined) throw new Error("the house has no trunk");
  await house.admin.post("/outbound-routes", {
    name: "City",
    pattern: "0X.",
    trunkId: trunk.id,
    stripDigits: 1,
    prefix: "City",
  });
  const support = await house.queue("Support", SUPPORT_NUMBER, { ringSeconds: 5 });
  const sales = await house.queue("Sales", SALES_NUMBER, { ringSeconds: 15 });
  const line = await house.queue("Line", LINE_NUMBER, { strategy: "linear", ringSeconds: 5 });
  const night = await house.admin.post<Queue>("/queues", {
    name: "Night",
    strategy: "ringall",
    ringSeconds: 5,
    wrapUpSeconds: 0,
    maxWaitSeconds: 5,
  });
  await house.admin.post("/inbound-routes", {
    number: NIGHT_NUMBER,
    actions: [{ queue: night.id }, { queue: support.id }],
  });
  const people: [string, string, string, Queue[]][] = [
    ["anna", "Anna Rossi", "201", [support, sales]],
    ["bruno", "Bruno Conti", "202", [sales, line]],
    ["carla", "Carla Neri", "203", [sales, line]],
  ];
  for (const [username, fullName, internal, queues] of people) {
    await house.agent(username, fullName, queues, { internal });
  }
  const telephones: Telephone[] = [];
  const phones: SipPhone[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const username = `desk-${number}`;
    const place = number <= 3 ? "Hall" : null;
    telephones.push(
      await house.telephone(username, {
        internal: `${100 + number}`,
        plugged: false,
        ...(place === null ? {} : { place }),
      }),
    );
    phones.push(await SipPhone.start({ username, password: `secret-of-${username}`, server }));
  }
  await until("all telephones are seen to be registered", async () => {
    const { rows } = await house.admin.get<Page<Telephone>>("/telephones");
    return rows.length === 5 && rows.every(({ registered }) => registered);
  });
  const logIn = async (index: number) => {
    const telephone = telephones[index];
    const [username] = people[index] ?? [];
    if (telephone === undefined || username === undefined) throw new Error("no such place");
    return await house.logIn(username, telephone);
  };
  const apis = { anna: await logIn(0), bruno: await logIn(1), carla: await logIn(2) };
  const outside = await SipPhone.start({
    username: "outside",
    password: null,
    server,
    host: OUTSIDE,
    port: trunk.port,
  });
  return {
    house,
    outside,
    apis,
    desk(number) {
      const phone = phones[number - 1];
      if (phone === undefined) throw new Error(`no desk ${number}`);
      return phone;
    },
    customer: (number, from = CUSTOMER) => outside.dial(number, from),
    journal: () =>
      execFileSync("find", [house.home, "-name", "*.jsonl"], { encoding: "utf8" })
        .split("\n")
        .filter((file) => file !== "")
        .flatMap((file) => readFileSync(file, "utf8").split("\n"))
        .filter((line) => line !== ""),
    async stop() {
      await Promise.all([...phones, outside].map((phone) => phone.stop()));
      await house.stop();
    },
  };
}

export const talking = (call: SipCall): Promise<true> =>
  until(`${call.peer} is on the line`, () => call.state === "talking", { timeoutMs: 20_000 });

export const over = (call: SipCall): Promise<true> =>
  until(`the call with ${call.peer} is over`, () => call.state === "over", { timeoutMs: 40_000 });

/** Answers when it was: two who talk hear each other. */
export async function hears(call: SipCall, phone: SipPhone): Promise<number> {
  const heard = () => !Number.isNaN(call.heardAt(phone));
  await until(`the call with ${call.peer} hears ${phone.username}`, heard, { timeoutMs: 20_000 });
  return call.heardAt(phone);
}

export const noted = (call: SipCall, saw: Saw): Promise<true> =>
  until(`the call with ${call.peer}: ${saw}`, () => call.saw(saw), { timeoutMs: 20_000 });

/** What is left of a sound after a key has cut it short. */
const REST_MS = 100;

/** It is spoken to since then: keys are taken, and cut short what is said. */
export const asked = (call: SipCall, since: number): Promise<true> =>
  until(`the call with ${call.peer} is asked something`, () => call.soundAt > since + REST_MS, { timeoutMs: 30_000 });

/** A conversation has to last a moment, so that an instant too early or too late is seen. */
export const aMoment = (ms = 300): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The agents' full names, as reports show them. */
export const NAMES: Readonly<Record<string, Agent["fullName"]>> = {
  "desk-1": "Anna Rossi",
  "desk-2": "Bruno Conti",
  "desk-3": "Carla Neri",
};
