import type { Answer, TelephonyState } from "../telephony.ts";

/** What people call a telephone, by the name it registers with; that name itself where it is not known (any more). */
export type TelephoneName = (endpoint: string) => string;

/** Something that is not as it should be, told apart from all others and said in words. */
export interface Difference {
  /** The same each time the same thing is wrong: `missing q5 desk12`. */
  key: string;
  /** For a supervisor: "Anna Rossi was missing in Sales on Desk 12." */
  words: string;
  /** Whose turn the repair takes; null is nobody's. */
  agentId: number | null;
}

/**
 * One thing that reconciling keeps true. `compare` is pure, and finds nothing once its repairs have been performed;
 * a property test of each comparer says so.
 */
export interface Comparer<Have, Want, Repair> {
  /** In logs, in health and beside each repair: "members". */
  name: string;
  /** What is, out of the telephone system's state or read elsewhere. */
  have(state: TelephonyState): Have | Promise<Have>;
  /** What should be; read after `have`. */
  want(): Promise<Want>;
  compare(have: Have, want: Want): Repair[];
  describe(repair: Repair, want: Want, nameOf: TelephoneName): Difference;
  /** Those of one agent are performed in the order of `compare`, and the first "no" ends them. */
  perform(repair: Repair): Promise<Answer>;
  /**
   * Of nobody's: whether it is still to be performed although somebody acted since it was read. In a busy house
   * somebody always does; where nothing is said, such a repair waits for a quiet moment.
   */
  still?(repair: Repair): Promise<boolean>;
}

/** A difference and what takes it away. */
export interface Found extends Difference {
  comparer: string;
  perform(): Promise<Answer>;
  still(): Promise<boolean>;
}

/** A comparer whose kinds of facts are its own business. */
export interface Comparison {
  name: string;
  find(state: TelephonyState, nameOf: TelephoneName): Promise<Found[]>;
}

/** What reconciling takes of a comparer. */
export function comparison<Have, Want, Repair>(comparer: Comparer<Have, Want, Repair>): Comparison {
  return {
    name: comparer.name,
    async find(state, nameOf) {
      const have = await comparer.have(state);
      const want = await comparer.want();
      return comparer.compare(have, want).map((repair) => ({
        ...comparer.describe(repair, want, nameOf),
        comparer: comparer.name,
        perform: () => comparer.perform(repair),
        still: async () => (await comparer.still?.(repair)) ?? false,
      }));
    },
  };
}
