import Type, { type Static } from "typebox";
import { Id, Instant, Nullable, oneOf, Text } from "./common-views.ts";

/** Calls: on a telephone now, to be disposed, and in the report. */

export const CallType = oneOf("inbound", "outbound", "internal");
export type CallType = Static<typeof CallType>;
export const ContactHint = Type.Object({ id: Id, name: Type.String(), company: Nullable(Type.String()) });

/** Somebody who is asked, and by which number. */
const Asked = { to: Type.String(), name: Type.String() };
/** How asking somebody ended: he was busy, did not answer, could not be reached, hung up, or it was called off. */
const AskEnd = oneOf("busy", "unanswered", "unreachable", "hung-up", "called-off");

/** What is being done with a call: who holds it, and who is asked before it is handed over. */
export const LegHand = Type.Object({
  /** The desktop: the other party was put by for this telephone, and comes back from here. */
  heldBy: Nullable(oneOf("desktop", "telephone")),
  asks: Nullable(Type.Object({ ...Asked, talking: Type.Boolean() })),
  /** Who was asked last, and why it came to nothing. */
  asked: Nullable(Type.Object({ ...Asked, ended: AskEnd })),
});
export type LegHand = Static<typeof LegHand>;

/** My telephone's part of a call that is going on, or has just ended and is not folded yet. */
export const Leg = Type.Object({
  legId: Type.String(),
  linkedId: Type.String(),
  telephoneId: Id,
  type: CallType,
  state: oneOf("ringing", "dialling", "talking", "held", "ended"),
  number: Type.String(),
  name: Type.String(),
  contact: Nullable(ContactHint),
  queue: Nullable(Type.Object({ id: Id, name: Type.String() })),
  startedAt: Instant,
  answeredAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  /** Whether what is said is recorded; left out where it is not. */
  recording: Type.Optional(oneOf("on", "paused")),
  hand: Nullable(LegHand),
});
export type Leg = Static<typeof Leg>;

export const ToDispose = Type.Object({
  legId: Type.String(),
  linkedId: Type.String(),
  type: CallType,
  number: Type.String(),
  name: Type.String(),
  contact: Nullable(ContactHint),
  queue: Nullable(Type.Object({ id: Id, name: Type.String() })),
  startedAt: Instant,
  answeredAt: Instant,
  endedAt: Nullable(Instant),
  billableS: Nullable(Type.Number()),
});
export type ToDispose = Static<typeof ToDispose>;

/** A call that rang at my telephone and that nobody answered while it did. */
export const MissedCall = Type.Object({
  legId: Type.String(),
  linkedId: Type.String(),
  number: Type.String(),
  name: Type.String(),
  contact: Nullable(ContactHint),
  queue: Nullable(Type.Object({ id: Id, name: Type.String() })),
  rangAt: Instant,
  rangS: Type.Number(),
});
export type MissedCall = Static<typeof MissedCall>;

const DispositionPath = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 3 });
export const DisposeBody = Type.Object(
  {
    disposition: DispositionPath,
    contactId: Type.Optional(Nullable(Id)),
    note: Type.Optional(Nullable(Text("Note", 4000))),
  },
  { additionalProperties: false },
);
export type DisposeBody = Static<typeof DisposeBody>;
export const DialBody = Type.Object(
  { to: Type.String({ pattern: "^\\+?[0-9*#]{1,24}$" }) },
  { additionalProperties: false },
);

/** `to`: an internal number, a queue by its name or number, or a number outside. */
export const TransferBody = Type.Object(
  {
    to: Type.String({ minLength: 1, maxLength: 80, pattern: "^[^\\u0000-\\u001f]+$" }),
    kind: Type.Enum(["blind", "attended"], {
      description: "blind: the caller goes there at once; attended: from my telephone I ask first",
    }),
  },
  { additionalProperties: false },
);
export type TransferBody = Static<typeof TransferBody>;

/** Somebody or something that a call can be sent to, and how it is there now. */
export const Destination = Type.Object({
  to: Type.String(),
  name: Type.String(),
  kind: oneOf("agent", "telephone", "queue", "contact"),
  /** `unknown`: nobody can tell, as of a number outside. */
  state: oneOf("free", "on-call", "paused", "away", "unknown"),
  /** Where he sits, or whose it is. */
  place: Nullable(Type.String()),
});
export type Destination = Static<typeof Destination>;

export const ReportCallRow = Type.Object({
  id: Type.String(),
  legId: Nullable(Type.String()),
  linkedId: Type.String(),
  type: CallType,
  source: Type.String(),
  destination: Type.String(),
  callerId: Type.String(),
  startedAt: Instant,
  answeredAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  /** Seconds, with three decimals. */
  durationS: Nullable(Type.Number()),
  billableS: Nullable(Type.Number()),
  /** Null: nobody was listening for hold while the call went on. */
  holdS: Nullable(Type.Number()),
  disposition: oneOf("ANSWERED", "NO ANSWER", "BUSY", "FAILED"),
  userDisposition: Nullable(Type.String()),
  userSecondDisposition: Nullable(Type.String()),
  userThirdDisposition: Nullable(Type.String()),
  userId: Nullable(Id),
  userKind: Nullable(oneOf("agent", "telephone")),
  userName: Nullable(Type.String()),
  telephoneId: Nullable(Id),
  telephoneName: Nullable(Type.String()),
  seatedAgentId: Nullable(Id),
  seatedAgentName: Nullable(Type.String()),
  contactId: Nullable(Id),
  contactName: Nullable(Type.String()),
  note: Nullable(Type.String()),
  queue: Nullable(Type.String()),
  accountCode: Nullable(Type.String()),
  prefix: Nullable(Type.String()),
  endedBy: Nullable(oneOf("caller", "called", "transfer", "system")),
  /** Those that have something of its talk and are still there, in their order. */
  recordingIds: Type.Optional(Type.Array(Id)),
});
export type ReportCallRow = Static<typeof ReportCallRow>;

/**
 * What a party of a call did at a time. `dialled`: called and nobody answered yet; `rang`: was called; `waited`: in a
 * queue; `talked`: with others; `held`: the same, but one of two had put the other on hold; `parked`: waited to be
 * taken back; `alone`: heard a voice or nothing.
 */
export const PartyDoing = oneOf("dialled", "rang", "waited", "talked", "held", "parked", "alone");
export type PartyDoing = Static<typeof PartyDoing>;

/** One party of a call and what it did, in order and without overlap. A telephone that is in it twice has two. */
export const CallParty = Type.Object({
  id: Type.String(),
  kind: oneOf("telephone", "outside"),
  name: Type.String(),
  number: Type.String(),
  /** Null: somebody outside, or a telephone that is not in the house any more. */
  telephoneId: Nullable(Id),
  /** Who sat there meanwhile, by the leases, in order; else whose personal telephone it is. */
  people: Type.Array(Type.String()),
  spans: Type.Array(
    Type.Object({
      doing: PartyDoing,
      from: Instant,
      /** Null: it goes on. */
      to: Nullable(Instant),
      /** The parties it talked with. */
      with: Type.Array(Type.String()),
      /** Where it waited. */
      queue: Nullable(Type.String()),
      /** It is of the leg whose row this is. */
      own: Type.Boolean(),
    }),
  ),
});
export type CallParty = Static<typeof CallParty>;

/** Why this user: what made the row, in the order it happened. */
export const Why = Type.Object({
  row: ReportCallRow,
  sentences: Type.Array(Type.String()),
  lease: Nullable(
    Type.Object({ id: Id, agentId: Id, agentName: Type.String(), startedAt: Instant, endedAt: Nullable(Instant) }),
  ),
  disposition: Nullable(
    Type.Object({ agentId: Id, agentName: Type.String(), path: Type.Array(Type.String()), disposedAt: Instant }),
  ),
  /** Choices that replaced an earlier one, or that somebody made for the agent, in order. */
  corrections: Type.Array(
    Type.Object({
      at: Instant,
      by: Type.String(),
      before: Nullable(Type.Array(Type.String())),
      path: Type.Array(Type.String()),
    }),
  ),
  transfers: Type.Array(
    Type.Object({
      at: Instant,
      kind: oneOf("blind", "attended"),
      from: Type.String(),
      to: Type.String(),
      /** The party that transferred. */
      partyId: Nullable(Type.String()),
    }),
  ),
  /** The call as a picture; empty where the journal does not tell it (any more). */
  parties: Type.Array(CallParty),
  journal: Type.Array(Type.Object({ at: Instant, line: Type.Unknown() })),
});
export type Why = Static<typeof Why>;
