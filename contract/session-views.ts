import Type, { type Static } from "typebox";
import { Id, Instant, Name, Nullable, oneOf } from "./common-views.ts";

/** Telephones to choose from, sessions, and what supervisors see of them. */

const ChoiceState = oneOf("free", "in-use", "not-logged-out", "not-registered", "disabled");
export const Choice = Type.Object({
  id: Id,
  name: Type.String(),
  internal: Nullable(Type.String()),
  place: Nullable(Type.String()),
  state: ChoiceState,
  registered: Type.Boolean(),
  /** One's own number outside; not said of a telephone. */
  remote: Type.Optional(Type.Literal(true)),
  heldBy: Type.Optional(Type.Object({ id: Id, name: Type.String(), since: Instant })),
  freeAt: Type.Optional(Instant),
});
export type Choice = Static<typeof Choice>;

/** A telephone as one agent sees it in his list. */
export const ChoiceForMe = Type.Object({
  ...Choice.properties,
  selectable: Type.Boolean(),
  needsConfirmation: Type.Boolean(),
});
export type ChoiceForMe = Static<typeof ChoiceForMe>;
export const Choices = Type.Object({ noneRegistered: Type.Boolean(), telephones: Type.Array(ChoiceForMe) });
export type Choices = Static<typeof Choices>;

export const PauseCause = oneOf("break", "wrap-up", "phone-lost", "supervisor", "capacity", "login-in-pause");
export type PauseCause = Static<typeof PauseCause>;
const PhoneLostWhy = oneOf("not-registered", "unreachable", "failed-calls", "missed-calls");
export type PhoneLostWhy = Static<typeof PhoneLostWhy>;
export const Person = Type.Object({ id: Id, name: Type.String() });
export const EndReason = oneOf(
  "logged-out",
  "disconnected",
  "taken-over",
  "released",
  "logged-out-by-supervisor",
  "staff-removed",
  "staff-changed",
  "telephony-refused",
  // It had lost its telephone without anybody's wish, and was found so.
  "repaired",
);
/** Why a session is over; also the reason of its last lease. */
export type EndReason = Static<typeof EndReason>;
export const Session = Type.Object({
  id: Id,
  agentId: Id,
  startedAt: Instant,
  telephone: Type.Object({
    id: Id,
    name: Type.String(),
    internal: Nullable(Type.String()),
    place: Nullable(Type.String()),
    registered: Type.Boolean(),
    /** The number outside at which they are rung; null: it is a telephone. */
    number: Type.Optional(Nullable(Type.String())),
  }),
  /** Ready when no cause is open. */
  state: oneOf("ready", "paused"),
  /** Since when he is in that state: the oldest open cause, or the end of the last. */
  since: Instant,
  causes: Type.Array(
    Type.Object({
      cause: PauseCause,
      /** A break's name; the supervisor's words; why a telephone counts as lost. Null for the others. */
      reason: Nullable(Type.String()),
      /** The supervisor who paused him. */
      by: Nullable(Person),
      since: Instant,
      /** When it ends by itself; of a break: when it should be over, which ends nothing. */
      dueAt: Nullable(Instant),
    }),
  ),
  /** A break asked for during a call: it starts when the call ends. */
  pendingBreak: Nullable(Type.Object({ reason: Type.String(), askedAt: Instant })),
  /** There is a wrap-up, and it can be made longer once. */
  wrapUpExtendable: Type.Boolean(),
  /** Somebody asks for my telephone. */
  takeoverRequest: Nullable(Type.Object({ id: Id, by: Person, askedAt: Instant, expiresAt: Instant })),
  /** The session ends with the call that is going on: why, and by whose wish. */
  endsWithCall: Type.Optional(Nullable(Type.Object({ reason: EndReason, by: Nullable(Type.String()) }))),
  /** The telephone's signal; the desktop's is another, and neither touches the other. */
  phone: Type.Object({
    registered: Type.Boolean(),
    lostSince: Nullable(Instant),
    why: Nullable(PhoneLostWhy),
    /** When he is offered calls again if it stays as it is now. */
    resumesAt: Nullable(Instant),
  }),
  desktop: Type.Object({ connected: Type.Boolean(), lostSince: Nullable(Instant) }),
  unattendedSince: Nullable(Instant),
});
export type Session = Static<typeof Session>;

/** An agent as supervisors see him now. His two signals stand side by side; neither says anything about the other. */
export const AgentLive = Type.Object({
  id: Id,
  name: Type.String(),
  internal: Nullable(Type.String()),
  team: Nullable(Person),
  queues: Type.Array(Id),
  /** Null: not logged in. */
  session: Nullable(
    Type.Object({
      startedAt: Instant,
      state: Session.properties.state,
      /** Since when he is in that state, a call in between counted: ready begins again when it ends. */
      since: Instant,
      causes: Session.properties.causes,
      pendingBreak: Session.properties.pendingBreak,
      phone: Session.properties.phone,
      desktop: Session.properties.desktop,
      /** Since when his desktop is gone and he has not logged out. */
      unattendedSince: Nullable(Instant),
      telephone: Person,
      onCall: Nullable(
        Type.Object({
          state: oneOf("ringing", "dialling", "talking", "held"),
          since: Instant,
          direction: oneOf("inbound", "outbound", "internal"),
          /** With whom, as far as it is known. */
          number: Type.String(),
          name: Type.String(),
          queue: Nullable(Type.String()),
        }),
      ),
    }),
  ),
});
export type AgentLive = Static<typeof AgentLive>;

/** The end of my last session, and whose act it was where it was another's. */
export const SessionEnd = Type.Object({ reason: EndReason, by: Nullable(Type.String()), at: Instant });
export type SessionEnd = Static<typeof SessionEnd>;

/** A telephone that I asked its holder for. */
export const AskedFor = Type.Object({
  id: Id,
  telephone: Person,
  holder: Person,
  askedAt: Instant,
  expiresAt: Instant,
  /** `when-call-ends`: it is promised, and waits for the end of the call and for me to be there. */
  answer: oneOf("waiting", "given", "when-call-ends", "kept", "expired"),
  /** Why it came to nothing; left out otherwise. */
  why: Type.Optional(oneOf("no-answer", "withdrawn", "away", "not-possible", "given-to-another")),
  /** The supervisor who gave it to another, and to whom. */
  instead: Type.Optional(Type.Object({ by: Person, to: Person })),
});
export type AskedFor = Static<typeof AskedFor>;
/** The holder's answer to who asks for his telephone. */
export const TakeoverAnswerBody = Type.Object({ answer: oneOf("give", "keep") }, { additionalProperties: false });
export const GiveBody = Type.Object({ agentId: Type.Optional(Id) }, { additionalProperties: false });
export const SessionBody = Type.Object(
  {
    telephoneId: Type.Optional(Id),
    confirmTakeover: Type.Optional(Type.Boolean()),
    /** At the number of one's own outside. */
    remote: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export const MoveBody = Type.Object(
  { telephoneId: Id, confirmTakeover: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export const PauseStartBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 60 }) },
  { additionalProperties: false },
);
/** A supervisor pauses somebody, with words for him. */
export const PauseAgentBody = Type.Object(
  { reason: Type.Optional(Nullable(Name("Words for the agent", 200))) },
  { additionalProperties: false },
);
