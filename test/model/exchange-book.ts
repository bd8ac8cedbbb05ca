import type { Contact, LiveLegFound, Member, Seat } from "../../server/telephony.ts";

/** What a telephone system on paper holds. What it was told last is not on its disk yet. */
export interface ExchangeBook {
  readonly contacts: Map<string, Contact>;
  readonly legs: Map<string, LiveLegFound>;
  members(): Member[];
  membersOf(endpoint: string): Member[];
  seats(): Seat[];
  /** Other members of other queues go; the first call says which queues there are at all. */
  setQueues(queueIds: ReadonlySet<number>): void;
  hasQueue(queueId: number): boolean;
  putMember(member: Member): void;
  removeMember(queueId: number, endpoint: string): void;
  putSeat(seat: Seat): void;
  removeSeat(endpoint: string): void;
  /** As it is now it may come back after a crash: called before each change. */
  remember(): void;
  /** A crash: calls are gone, and of the last changes some. `draw` says how many. */
  forget(draw: (below: number) => number): void;
}

/** So many changes are forgotten by a crash at most: the last second's. */
const FORGOTTEN = 4;

/** An empty one, which takes members of any queue. */
export function createExchangeBook(): ExchangeBook {
  const contacts = new Map<string, Contact>();
  const legs = new Map<string, LiveLegFound>();
  const members = new Map<string, Member>();
  const seats = new Map<string, Seat>();
  const before: { members: Member[]; seats: Seat[] }[] = [];
  let queues: ReadonlySet<number> | null = null;

  const key = (queueId: number, endpoint: string) => `${queueId} ${endpoint}`;
  const putMember = (member: Member) => void members.set(key(member.queueId, member.endpoint), { ...member });
  const putSeat = (seat: Seat) => void seats.set(seat.endpoint, seat);
  return {
    ...{ contacts, legs, putMember, putSeat },
    members: () => [...members.values()],
    membersOf: (endpoint) => [...members.values()].filter((member) => member.endpoint === endpoint),
    seats: () => [...seats.values()],
    setQueues(queueIds) {
      queues = queueIds;
      for (const [place, { queueId }] of members) if (!queueIds.has(queueId)) members.delete(place);
    },
    hasQueue: (queueId) => queues === null || queues.has(queueId),
    removeMember: (queueId, endpoint) => void members.delete(key(queueId, endpoint)),
    removeSeat: (endpoint) => void seats.delete(endpoint),
    remember() {
      before.push({ members: [...members.values()], seats: [...seats.values()] });
      if (before.length > FORGOTTEN) before.shift();
    },
    forget(draw) {
      legs.clear();
      const kept = before[draw(before.length)];
      if (kept === undefined) return;
      members.clear();
      // A queue that was deleted meanwhile is not in the configuration it comes back with.
      for (const member of kept.members) if (queues === null || queues.has(member.queueId)) putMember(member);
      seats.clear();
      for (const seat of kept.seats) putSeat(seat);
    },
  };
}
