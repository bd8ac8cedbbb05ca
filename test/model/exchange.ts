import type {
  Answer,
  Contact,
  LegOutcome,
  LiveLegFound,
  Member,
  Seat,
  Telephony,
  TelephonyConfig,
  TelephonyEvent,
  TelephonyState,
} from "../../server/telephony.ts";
import type { Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

/** A telephone system as it is in real life: it refuses, its link drops in the middle, it crashes and forgets a little. */
export interface Exchange {
  members(): Member[] | Promise<Member[]>;
  seats(): Seat[] | Promise<Seat[]>;
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly legs: ReadonlyMap<string, LiveLegFound>;
  readonly running: boolean;
  /** Whether something went wrong since this was last asked: what it holds may differ then, until reconciled. */
  troubles(): boolean;
  /** From now on nothing is refused and no link is lost by itself. */
  behave(): void;
  /** The way for one server to it; the last that is given out is the one that is told of events. */
  lineFor(mortal: Mortal): Telephony;
  register(endpoint: string, registered: boolean): void;
  /** A caller in the queue: rings one member that may be rung. The leg, or null where there is none. */
  ring(queueId: number): LiveLegFound | null;
  dial(endpoint: string): void;
  answer(channelId: string): void;
  hangUp(channelId: string): void;
  /** The link alone is lost; it comes back with `link`. */
  dropLink(): void;
  link(): void;
  /** Killed: calls are gone, and the members are those of some moments ago. It comes back with `link`. */
  crash(): void;
}

export interface Moods {
  /** How likely an act is refused, and how likely the link drops with its answer. */
  refuses: number;
  drops: number;
}

const UNHEARD: readonly LegOutcome[] = ["unanswered", "refused", "failed", "withdrawn"];

/** So many changes of the members are forgotten by a crash at most: the last second's. */
const FORGOTTEN = 4;

/** Nobody is registered, and no server is linked yet. `released` looks at every member that is set ready. */
export function createExchange(options: {
  schedule: Schedule;
  now: () => Date;
  moods: Moods;
  released: (endpoint: string) => Promise<void>;
}): Exchange {
  const { schedule, now, moods } = options;
  const members = new Map<string, Member>();
  const contacts = new Map<string, Contact>();
  const legs = new Map<string, LiveLegFound>();
  const seats = new Map<string, Seat>();
  const before: { members: Member[]; seats: Seat[] }[] = [];
  let queues: Set<number> | null = null;
  let behaves = false;
  let running = true;
  let troubled = false;
  let channels = 0;
  let startedAt = now();
  let epoch = 0;
  let line: { up: boolean; listener: (event: TelephonyEvent) => void; mortal: Mortal } | null = null;
  let events: TelephonyEvent[] = [];

  const key = (queueId: number, endpoint: string) => `${queueId} ${endpoint}`;
  const remember = () => {
    before.push({ members: [...members.values()], seats: [...seats.values()] });
    if (before.length > FORGOTTEN) before.shift();
  };
  /** Events come one after the other, each some time after what it tells of. */
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
  const dropLink = () => {
    epoch += 1;
    troubled = true;
    events = [];
    if (line?.up !== true) return;
    line.up = false;
    tell({ type: "link.down", why: "the link is lost" });
  };
  const link = () => {
    running = true;
    if (line !== null && !line.up) tell({ type: "link.up", startedAt });
  };

  const gone: Answer = { ok: false, why: "the link is down", gone: true };
  const act = (mine: NonNullable<typeof line>, name: string, work: () => Answer | Promise<Answer>): Promise<Answer> => {
    const asked = epoch;
    const perform = async (): Promise<Answer> => {
      if (mine.mortal.dead) return gone;
      if (epoch !== asked || !mine.up) {
        // It had been heard before the link was lost, perhaps.
        if (running && line === mine && !mine.up && schedule.chance(0.3)) await work();
        return gone;
      }
      if (!behaves && schedule.chance(moods.refuses)) {
        troubled = true;
        return { ok: false, why: `${name} is not possible at this time` };
      }
      remember();
      const answer = await work();
      if (behaves || !schedule.chance(moods.drops)) return answer;
      dropLink();
      return gone;
    };
    if (!mine.up) return Promise.resolve(gone);
    return mine.mortal.live(schedule.run(perform));
  };
  const done: Answer = { ok: true };
  const isQueue = (queueId: number) => queues === null || queues.has(queueId);

  const lineFor = (mortal: Mortal): Telephony => {
    const mine = { up: false, listener: (_: TelephonyEvent) => {}, mortal };
    line = mine;
    events = [];
    return {
      get status() {
        return mine.up ? "up" : "down";
      },
      async start(listener) {
        mine.listener = listener;
        if (running) tell({ type: "link.up", startedAt });
      },
      async stop() {
        mine.up = false;
        if (line === mine) line = null;
      },
      configure: (config: TelephonyConfig) =>
        act(mine, "configure", () => {
          const wanted = new Set(config.queues.map(({ queueId }) => queueId));
          queues = wanted;
          for (const [place, { queueId }] of members) if (!wanted.has(queueId)) members.delete(place);
          return done;
        }),
      readState: () => {
        const asked = epoch;
        const read = (): TelephonyState => {
          if (epoch !== asked || !mine.up) throw new Error("the telephone system's state cannot be read: no link");
          return {
            contacts: [...contacts.values()],
            members: [...members.values()],
            legs: [...legs.values()],
            waiting: [],
            linkedIds: [...legs.values()].map(({ linkedId }) => linkedId),
          };
        };
        return mortal.live(schedule.run(read));
      },
      addMember: (member) =>
        act(mine, "addMember", async () => {
          if (!isQueue(member.queueId)) return { ok: false, why: "No such queue" };
          members.set(key(member.queueId, member.endpoint), { ...member });
          if (!member.paused) await options.released(member.endpoint);
          return done;
        }),
      removeMember: (queueId, endpoint) =>
        act(mine, "removeMember", () => {
          members.delete(key(queueId, endpoint));
          return done;
        }),
      setPaused: (endpoint, paused, pauseReason) =>
        act(mine, "setPaused", async () => {
          let ready = false;
          for (const [place, member] of members) {
            if (member.endpoint !== endpoint) continue;
            ready = !paused;
            members.set(place, { ...member, paused, pauseReason });
          }
          if (ready) await options.released(endpoint);
          return done;
        }),
      seat: (seat) =>
        act(mine, "seat", () => {
          seats.set(seat.endpoint, seat);
          return done;
        }),
      unseat: (endpoint) =>
        act(mine, "unseat", () => {
          seats.delete(endpoint);
          return done;
        }),
      readSeats: () => {
        const asked = epoch;
        return mortal.live(
          schedule.run(() => {
            if (epoch !== asked || !mine.up) throw new Error("the seats cannot be read: no link");
            return [...seats.values()];
          }),
        );
      },
      onVoice: () => {},
      hangUp: (channelId) =>
        act(mine, "hangUp", () => {
          hangUp(channelId);
          return done;
        }),
      dialFrom: async () => done,
    };
  };

  const busy = (endpoint: string) => [...legs.values()].some((leg) => leg.endpoint === endpoint);
  const begin = (leg: Pick<LiveLegFound, "endpoint" | "direction" | "queueId">): LiveLegFound => {
    channels += 1;
    const channelId = `channel-${channels}`;
    const started = { ...leg, channelId, linkedId: channelId, other: { number: "1", name: "" }, outside: null };
    const found = { ...started, at: now(), answeredAt: null, held: false };
    legs.set(channelId, found);
    tell({ type: "leg.started", leg: found });
    return found;
  };
  const hangUp = (channelId: string) => {
    const leg = legs.get(channelId);
    if (leg === undefined) return;
    legs.delete(channelId);
    const unheard = UNHEARD[schedule.draw(UNHEARD.length)] ?? "unanswered";
    const outcome = leg.answeredAt === null ? unheard : "answered";
    tell({ type: "leg.ended", channelId, at: now(), ...(leg.direction === "to-telephone" ? { outcome } : {}) });
  };

  return {
    members: () => [...members.values()],
    seats: () => [...seats.values()],
    contacts,
    legs,
    get running() {
      return running;
    },
    troubles() {
      const were = troubled;
      troubled = false;
      return were;
    },
    behave() {
      behaves = true;
    },
    lineFor,
    register(endpoint, registered) {
      const contact = {
        endpoint,
        registered,
        address: registered ? "127.0.0.1" : null,
        roundTripMs: null,
        userAgent: null,
      };
      contacts.set(endpoint, contact);
      tell({ type: "contact.changed", contact });
    },
    ring(queueId) {
      const free = [...members.values()].filter(
        (member) =>
          member.queueId === queueId &&
          !member.paused &&
          contacts.get(member.endpoint)?.registered === true &&
          !busy(member.endpoint),
      );
      const member = free[schedule.draw(free.length)];
      return member === undefined
        ? null
        : begin({ endpoint: member.endpoint, direction: "to-telephone", queueId: member.queueId });
    },
    dial(endpoint) {
      if (!busy(endpoint)) begin({ endpoint, direction: "from-telephone", queueId: null });
    },
    answer(channelId) {
      const leg = legs.get(channelId);
      if (leg === undefined || leg.answeredAt !== null) return;
      legs.set(channelId, { ...leg, answeredAt: now() });
      tell({ type: "leg.answered", channelId, at: now() });
    },
    hangUp,
    dropLink,
    link,
    crash() {
      const kept = before[schedule.draw(before.length)];
      if (kept !== undefined) {
        members.clear();
        for (const member of kept.members) members.set(key(member.queueId, member.endpoint), member);
        seats.clear();
        for (const seat of kept.seats) seats.set(seat.endpoint, seat);
      }
      legs.clear();
      dropLink();
      running = false;
      startedAt = now();
    },
  };
}
