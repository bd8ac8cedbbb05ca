import type { Seat } from "../telephony.ts";

/** What has to be said to the telephone system so that it knows who sits where. */
export type SeatRepair = { kind: "seat"; seat: Seat } | { kind: "unseat"; seat: Seat };

/** Of a name only its letters are kept for sure: other characters may mean something in a dial plan. */
const letters = (name: string) => name.replace(/[^\p{L}\p{N}]/gu, "");

/** Whether two seats say the same. */
function isSameSeat(one: Seat, other: Seat): boolean {
  return (
    one.endpoint === other.endpoint &&
    one.agentId === other.agentId &&
    letters(one.agentName) === letters(other.agentName) &&
    one.internal === other.internal &&
    one.callerId === other.callerId &&
    one.language === other.language &&
    (one.number ?? null) === (other.number ?? null)
  );
}

/** The difference between who sits where and what is kept of it. Who gets up is said last: a number that moves never rings nowhere. */
export function seatRepairs(kept: readonly Seat[], wanted: readonly Seat[]): SeatRepair[] {
  const before = new Map(kept.map((seat) => [seat.endpoint, seat]));
  const seated = new Set(wanted.map(({ endpoint }) => endpoint));
  return [
    ...wanted.flatMap((seat): SeatRepair[] => {
      const known = before.get(seat.endpoint);
      return known !== undefined && isSameSeat(known, seat) ? [] : [{ kind: "seat", seat }];
    }),
    ...kept.flatMap((seat): SeatRepair[] => (seated.has(seat.endpoint) ? [] : [{ kind: "unseat", seat }])),
  ];
}
