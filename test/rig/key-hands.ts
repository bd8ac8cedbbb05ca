import { aMoment, CUSTOMER, hears, type ScenarioHouse, SUPPORT_NUMBER } from "./scenario-house.ts";
import type { Between, ExpectedRow } from "./scenario-rows.ts";
import type { SipCall } from "./sip/sip-call.ts";

/** What a telephone presses in a call, as a house has it that chose nothing else. */
export const SEND = "**2";
export const ASK = "**3";

/** What all rows of a customer's call to Support have in common. */
export const fromCustomer = {
  type: "inbound",
  source: CUSTOMER,
  destination: SUPPORT_NUMBER,
  disposition: "ANSWERED",
} as const;

/** When the last key of a code was pressed, and the last of all that was pressed. Milliseconds since 1970. */
export interface Pressed {
  code: number;
  last: number;
}

export interface KeyHands {
  /** A customer whom Anna has answered: both hear each other. */
  answered(): Promise<{ caller: SipCall; anna: SipCall; answered: Between }>;
  /** The caller hears that telephone, again or for the first time; when he did. */
  together(caller: SipCall, desk: 1 | 2 | 4): Promise<number>;
}

export const keyHands = (scene: ScenarioHouse): KeyHands => ({
  async answered() {
    const caller = scene.customer(SUPPORT_NUMBER);
    const anna = await scene.desk(1).rung();
    anna.answer();
    const heard = await hears(caller, scene.desk(1));
    await aMoment();
    return { caller, anna, answered: [anna.at("answers"), heard] };
  },
  together(caller, desk) {
    caller.forgetVoices();
    return hears(caller, scene.desk(desk));
  },
});

/** Presses a code and what belongs behind it. */
export async function pressKeys(call: SipCall, code: string, number: string): Promise<Pressed> {
  const before = call.notes.length;
  await call.press(`${code}${number}`);
  const pressed = call.notes.slice(before).filter(({ saw }) => saw === "presses");
  return { code: pressed[code.length - 1]?.atMs ?? Number.NaN, last: pressed.at(-1)?.atMs ?? Number.NaN };
}

/** Anna's row of a call that she answered. */
export const annasRow = ({
  caller,
  answered,
  ended,
  held,
  endedBy,
}: {
  caller: SipCall;
  answered: Between;
  ended: Between;
  held: readonly (readonly [Between, Between])[];
  endedBy: ExpectedRow["endedBy"];
}): ExpectedRow => ({
  ...fromCustomer,
  telephone: "desk-1",
  queue: "Support",
  endedBy,
  started: [caller.at("dials"), caller.at("hears the answer")],
  answered,
  ended,
  talked: [[answered, ended]],
  held,
});

/** The row of what Anna asked, of Bruno's telephone where nothing else is said. */
export const askedRow = (
  row: Pick<ExpectedRow, "endedBy" | "started" | "answered" | "ended"> & Partial<ExpectedRow>,
): ExpectedRow => ({
  type: "internal",
  source: "101",
  destination: "102",
  telephone: "desk-1",
  disposition: row.answered === null ? "NO ANSWER" : "ANSWERED",
  ...(row.answered === null ? {} : { talked: [[row.answered, row.ended]] }),
  ...row,
});
