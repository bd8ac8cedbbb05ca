import type { Answer, LegOutcome, LiveLegFound, Telephony } from "../../server/telephony.ts";
import type { Exchange, ExchangeWatch } from "./exchange.ts";
import { createExchangeBook, type ExchangeBook } from "./exchange-book.ts";
import { createExchangeLink, type Line, type Moods } from "./exchange-link.ts";
import type { Schedule } from "./schedule.ts";

const UNHEARD: readonly LegOutcome[] = ["unanswered", "refused", "failed", "withdrawn"];
const DONE: Answer = { ok: true };

/** A telephone system on paper: nobody is registered, and no server is linked yet. */
export function createPaperExchange(options: {
  schedule: Schedule;
  now: () => Date;
  moods: Moods;
  watch: ExchangeWatch;
}): Exchange {
  const { schedule, now, moods, watch } = options;
  const book = createExchangeBook();
  const { contacts, legs } = book;
  const link = createExchangeLink({ schedule, now, moods, remember: book.remember });
  let channels = 0;

  const busy = (endpoint: string) => [...legs.values()].some((leg) => leg.endpoint === endpoint);
  const begin = (leg: Pick<LiveLegFound, "endpoint" | "direction" | "queueId">) => {
    channels += 1;
    const channelId = `channel-${channels}`;
    const started = { ...leg, channelId, linkedId: channelId, other: { number: "1", name: "" }, outside: null };
    const found = { ...started, at: now(), answeredAt: null, held: false };
    legs.set(channelId, found);
    link.tell({ type: "leg.started", leg: found });
  };
  const hangUp = (channelId: string) => {
    const leg = legs.get(channelId);
    if (leg === undefined) return;
    legs.delete(channelId);
    const unheard = UNHEARD[schedule.draw(UNHEARD.length)] ?? "unanswered";
    const outcome = leg.answeredAt === null ? unheard : "answered";
    link.tell({ type: "leg.ended", channelId, at: now(), ...(leg.direction === "to-telephone" ? { outcome } : {}) });
  };

  return {
    members: book.members,
    seats: book.seats,
    ...{ contacts, legs, hangUp },
    get running() {
      return link.running;
    },
    get troubles() {
      return link.troubles;
    },
    behave: link.behave,
    lineFor: (mortal) => telephonyOn(link.lineFor(mortal), book, watch, hangUp),
    register(endpoint, registered) {
      const address = registered ? "127.0.0.1" : null;
      const contact = { endpoint, registered, address, roundTripMs: null, userAgent: null };
      contacts.set(endpoint, contact);
      link.tell({ type: "contact.changed", contact });
    },
    ring(queueId) {
      const free = book
        .members()
        .filter(
          (one) =>
            one.queueId === queueId &&
            !one.paused &&
            contacts.get(one.endpoint)?.registered === true &&
            !busy(one.endpoint),
        );
      const member = free[schedule.draw(free.length)];
      if (member === undefined || !link.running) return;
      watch.rung({ endpoint: member.endpoint, agentName: member.agentName, at: null });
      begin({ endpoint: member.endpoint, direction: "to-telephone", queueId });
    },
    dial(endpoint) {
      if (!busy(endpoint) && link.running) begin({ endpoint, direction: "from-telephone", queueId: null });
    },
    answer(channelId) {
      const leg = legs.get(channelId);
      if (leg === undefined || leg.answeredAt !== null) return;
      legs.set(channelId, { ...leg, answeredAt: now() });
      link.tell({ type: "leg.answered", channelId, at: now() });
    },
    dropLink: link.drop,
    link: link.up,
    crash() {
      book.forget(schedule.draw);
      watch.crashed();
      link.down();
    },
  };
}

/** The port over one line. */
function telephonyOn(
  line: Line,
  book: ExchangeBook,
  watch: ExchangeWatch,
  hangUp: (channelId: string) => void,
): Telephony {
  const act = (name: string, work: () => void) =>
    line.act(name, () => {
      work();
      return DONE;
    });
  return {
    get status() {
      return line.status;
    },
    async start(listener) {
      line.start(listener);
    },
    async stop() {
      line.stop();
    },
    configure: ({ queues }) => act("configure", () => book.setQueues(new Set(queues.map(({ queueId }) => queueId)))),
    readState: () =>
      line.read("the telephone system's state", () => ({
        contacts: [...book.contacts.values()],
        members: book.members(),
        legs: [...book.legs.values()],
        waiting: [],
        linkedIds: [...book.legs.values()].map(({ linkedId }) => linkedId),
      })),
    addMember: (member) =>
      line.act("addMember", async () => {
        if (!book.hasQueue(member.queueId)) return { ok: false, why: "No such queue" };
        book.putMember(member);
        if (!member.paused) await watch.released(member.endpoint);
        return DONE;
      }),
    removeMember: (queueId, endpoint) => act("removeMember", () => book.removeMember(queueId, endpoint)),
    setPaused: (endpoint, paused, pauseReason) =>
      line.act("setPaused", async () => {
        const mine = book.membersOf(endpoint);
        for (const member of mine) book.putMember({ ...member, paused, pauseReason });
        if (!paused && mine.length > 0) await watch.released(endpoint);
        return DONE;
      }),
    seat: (seat) => act("seat", () => book.putSeat(seat)),
    ringBack: async () => ({ ok: true }),
    unseat: (endpoint) => act("unseat", () => book.removeSeat(endpoint)),
    readSeats: () => line.read("the seats", book.seats),
    onVoice: () => {},
    standIn: async () => DONE,
    hangUp: (channelId) => act("hangUp", () => hangUp(channelId)),
    nameCaller: () => act("nameCaller", () => {}),
    dialFrom: async () => DONE,
  };
}
