import type { CallHands, HandAnswer } from "../../server/call-hands.ts";

const no = async (): Promise<HandAnswer> => ({ ok: false, why: "no calls are taken in hand here" });

/** Where no call is taken in hand. */
export const silentHands: CallHands = {
  ...{ tell: no, hold: no, resume: no, sendOn: no, end: no },
  parked: async () => [],
  ...{ consult: no, handOver: no, endConsult: no },
};
