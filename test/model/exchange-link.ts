import type { Answer, LinkStatus, TelephonyEvent } from "../../server/telephony.ts";
import type { Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

export interface Moods {
  /** How likely an act is refused, and how likely the link drops with its answer. */
  refuses: number;
  drops: number;
}

/** One server's way to a telephone system on paper. */
export interface Line {
  readonly status: LinkStatus;
  start(listener: (event: TelephonyEvent) => void): void;
  stop(): void;
  /** Asks for something that takes its turn, and may be refused or lose its answer. */
  act(name: string, work: () => Answer | Promise<Answer>): Promise<Answer>;
  /** Reads something in its turn. Throws while there is no link. */
  read<T>(what: string, work: () => T): Promise<T>;
}

/** What lies between a telephone system on paper and the servers it serves, one of them at a time. */
export interface ExchangeLink {
  readonly running: boolean;
  /** Refusals and lost links until now. */
  readonly troubles: number;
  /** The last that is given out is told of events. */
  lineFor(mortal: Mortal): Line;
  /** Events come one after the other, each some time after what it tells of. */
  tell(event: TelephonyEvent): void;
  drop(): void;
  up(): void;
  /** The telephone system itself is gone, until `up`. */
  down(): void;
  behave(): void;
}

const GONE: Answer = { ok: false, why: "the link is down", gone: true };
/** How likely what was said just before the link was lost had been heard. */
const HEARD = 0.3;

/** Nobody is linked yet. `remember` is called before each act. */
export function createExchangeLink(options: {
  schedule: Schedule;
  now: () => Date;
  moods: Moods;
  remember: () => void;
}): ExchangeLink {
  const { schedule, now, moods, remember } = options;
  let behaves = false;
  let running = true;
  let troubles = 0;
  let startedAt = now();
  let epoch = 0;
  let line: { up: boolean; listener: (event: TelephonyEvent) => void; mortal: Mortal } | null = null;
  let events: TelephonyEvent[] = [];

  const tell = (event: TelephonyEvent) => {
    if (line === null || !running) return;
    const to = line;
    events.push(event);
    void schedule.run(() => {
      const next = events.shift();
      if (next === undefined || to !== line || to.mortal.dead) return;
      if (next.type === "link.up") to.up = true;
      if (to.up || next.type === "link.down") to.listener(next);
    });
  };
  const drop = () => {
    epoch += 1;
    troubles += 1;
    events = [];
    if (line?.up !== true) return;
    line.up = false;
    tell({ type: "link.down", why: "the link is lost" });
  };

  const lineFor = (mortal: Mortal): Line => {
    const mine = { up: false, listener: (_: TelephonyEvent) => {}, mortal };
    line = mine;
    events = [];
    const perform = async (asked: number, name: string, work: () => Answer | Promise<Answer>): Promise<Answer> => {
      if (mortal.dead) return GONE;
      if (epoch !== asked || !mine.up) {
        if (running && line === mine && !mine.up && schedule.chance(HEARD)) await work();
        return GONE;
      }
      if (!behaves && schedule.chance(moods.refuses)) {
        troubles += 1;
        return { ok: false, why: `${name} is not possible at this time` };
      }
      remember();
      const answer = await work();
      if (behaves || !schedule.chance(moods.drops)) return answer;
      drop();
      return GONE;
    };
    return {
      get status() {
        return mine.up ? "up" : "down";
      },
      start(listener) {
        mine.listener = listener;
        if (running) tell({ type: "link.up", startedAt });
      },
      stop() {
        mine.up = false;
        if (line === mine) line = null;
      },
      act(name, work) {
        const asked = epoch;
        return mine.up ? mortal.live(schedule.run(() => perform(asked, name, work))) : Promise.resolve(GONE);
      },
      read(what, work) {
        const asked = epoch;
        const look = () => {
          if (epoch !== asked || !mine.up) throw new Error(`${what} cannot be read: no link`);
          return work();
        };
        return mortal.live(schedule.run(look));
      },
    };
  };
  return {
    ...{ lineFor, tell, drop },
    get running() {
      return running;
    },
    get troubles() {
      return troubles;
    },
    up() {
      running = true;
      if (line !== null && !line.up) tell({ type: "link.up", startedAt });
    },
    down() {
      drop();
      running = false;
      startedAt = now();
    },
    behave() {
      behaves = true;
    },
  };
}
