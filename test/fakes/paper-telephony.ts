import type {
  Answer,
  Contact,
  LinkStatus,
  LiveLegFound,
  Member,
  Seat,
  Telephony,
  TelephonyEvent,
} from "../../server/telephony.ts";

/** A telephone system on paper: the port alone, for tests of what stands above it and of the database below. */
export interface PaperTelephony extends Telephony {
  setStatus(status: LinkStatus): void;
  members(): Member[];
  readonly contacts: Map<string, Contact>;
  readonly legs: Map<string, LiveLegFound>;
  /** The next member to be added, or pause to be set, is refused; null takes that back. */
  refuseNext(act: "addMember" | "setPaused" | null, why?: string): void;
  /** Everything asked for, in order. */
  readonly asked: string[];
}

/** Linked, with no members. */
export function paperTelephony(): PaperTelephony {
  const members = new Map<string, Member>();
  const asked: string[] = [];
  const contacts = new Map<string, Contact>();
  const legs = new Map<string, LiveLegFound>();
  const seats = new Map<string, Seat>();
  let status: LinkStatus = "up";
  let refusal: { act: string; why: string } | null = null;
  const key = (queueId: number, endpoint: string) => `${queueId} ${endpoint}`;
  const answer = async (act: string, what: string, work: () => Answer | undefined): Promise<Answer> => {
    asked.push(`${act} ${what}`);
    if (status === "down") return { ok: false, why: "the link is down", gone: true };
    if (refusal?.act === act) {
      const { why } = refusal;
      refusal = null;
      return { ok: false, why };
    }
    return work() ?? { ok: true };
  };
  return {
    get status() {
      return status;
    },
    asked,
    contacts,
    legs,
    setStatus: (next) => {
      status = next;
    },
    members: () => [...members.values()],
    refuseNext: (act, why = "no") => {
      refusal = act === null ? null : { act, why };
    },
    start: async (_listener: (event: TelephonyEvent) => void) => {},
    stop: async () => {},
    configure: async () => ({ ok: true }),
    readState: async () => ({
      contacts: [...contacts.values()],
      members: [...members.values()],
      legs: [...legs.values()],
      waiting: [],
      linkedIds: [...legs.values()].map(({ linkedId }) => linkedId),
    }),
    addMember: (member) =>
      answer("addMember", key(member.queueId, member.endpoint), () => {
        const place = key(member.queueId, member.endpoint);
        if (members.has(place)) return { ok: false, why: "Already there" };
        members.set(place, member);
        return undefined;
      }),
    removeMember: (queueId, endpoint) =>
      answer("removeMember", key(queueId, endpoint), () => {
        members.delete(key(queueId, endpoint));
        return undefined;
      }),
    setPaused: (endpoint, paused, pauseReason) =>
      answer("setPaused", `${endpoint} ${paused}`, () => {
        for (const [place, member] of members) {
          if (member.endpoint === endpoint) members.set(place, { ...member, paused, pauseReason });
        }
        return undefined;
      }),
    seat: (seat) =>
      answer("seat", seat.endpoint, () => {
        seats.set(seat.endpoint, seat);
        return undefined;
      }),
    ringBack: async () => ({ ok: true }),
    unseat: (endpoint) =>
      answer("unseat", endpoint, () => {
        seats.delete(endpoint);
        return undefined;
      }),
    readSeats: async () => [...seats.values()],
    onVoice: () => {},
    standIn: async () => ({ ok: true }),
    hangUp: async () => ({ ok: true }),
    nameCaller: async () => ({ ok: true }),
    dialFrom: async () => ({ ok: true }),
  };
}
