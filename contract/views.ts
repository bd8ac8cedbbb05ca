import Type, { type Static } from "typebox";

/**
 * What a browser or a program may see and say: each schema is validation, type and OpenAPI at once. `title` is the
 * label a person reads. Instants are ISO 8601 in UTC; names ending in Ms or S carry milliseconds or seconds.
 * One file although a long one: it is the whole list of what may be seen.
 */

export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const Instant = Type.String({ format: "date-time" });
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = <T extends string[]>(...values: [...T]) => Type.Enum(values);

/** A name for people: printable, one line, not blank. Control characters are refused (`\p{Cc}`, `\p{Zl}`, `\p{Zp}`). */
const Name = (title: string, maxLength: number) =>
  Type.String({ title, minLength: 1, maxLength, pattern: "^(?=.*\\S)[^\\p{Cc}\\u2028\\u2029]+$" });
/** What people sign in with and telephones register with: safe in SIP, SQL, HTML and configuration files alike. */
const Username = Type.String({
  title: "Username",
  minLength: 1,
  maxLength: 40,
  pattern: "^[A-Za-z0-9][A-Za-z0-9_.-]*$",
});
const Internal = Type.String({ title: "Internal number", pattern: "^[0-9]{2,8}$" });
const PhoneNumber = Type.String({ title: "Number", pattern: "^\\+?[0-9]{1,20}$" });
const Email = Type.String({ title: "Mail address", maxLength: 254, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$' });
const Text = (title: string, maxLength: number) =>
  Type.String({ title, maxLength, pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$" });
const Host = Type.String({
  title: "Host",
  maxLength: 253,
  pattern: "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
});
/** An address or network, with a port where several trunks share one address. */
const Match = Type.String({ title: "Address", maxLength: 64, pattern: "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?(:[0-9]{1,5})?$" });

export const Role = oneOf("admin", "supervisor", "agent");
export type Role = Static<typeof Role>;

export const Me = Type.Object({
  id: Id,
  fullName: Type.String(),
  username: Type.String(),
  role: Role,
  internal: Nullable(Type.String()),
  typology: Nullable(oneOf("external", "remote")),
  hotdesk: Type.Boolean(),
});
export type Me = Static<typeof Me>;

export const SignInBody = Type.Object({
  username: Type.String({ maxLength: 64 }),
  password: Type.String({ maxLength: 200 }),
  code: Type.Optional(Type.String({ maxLength: 20 })),
});
export const SignInAnswer = Type.Object({ token: Type.String(), me: Me });

// --- staff -----------------------------------------------------------------------------------------------------------

const Password = Type.String({ title: "Password", minLength: 8, maxLength: 200 });
const Pin = Type.String({ title: "PIN", pattern: "^[0-9]{4,12}$" });
/** A device's secret may be short on old phones, but never so short that it can be guessed. */
const DeviceSecret = Type.String({
  title: "Device password",
  minLength: 8,
  maxLength: 80,
  pattern: "^[\\x21-\\x7e]+$",
});

const staffRead = {
  id: Id,
  fullName: Type.String(),
  username: Type.String(),
  enabled: Type.Boolean(),
  createdAt: Instant,
};

export const UserBody = Type.Object(
  {
    fullName: Name("Full name", 120),
    username: Username,
    password: Password,
    email: Type.Optional(Nullable(Email)),
    role: oneOf("admin", "supervisor"),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export const User = Type.Object({ ...staffRead, email: Nullable(Type.String()), role: oneOf("admin", "supervisor") });
export type User = Static<typeof User>;

const Typology = oneOf("external", "remote");
/** The voices that speak on the telephone. */
const Language = oneOf("en", "it", "es", "fr");
const WhenAway = oneOf("busy", "number");
export const AgentBody = Type.Object(
  {
    fullName: Name("Full name", 120),
    username: Username,
    password: Password,
    email: Type.Optional(Nullable(Email)),
    internal: Type.Optional(Nullable(Internal)),
    typology: Typology,
    hotdesk: Type.Optional(Type.Boolean({ title: "Hotdesk" })),
    pin: Type.Optional(Nullable(Pin)),
    remoteNumber: Type.Optional(Nullable(PhoneNumber)),
    /** Of what is spoken to him on the telephone; null: the house's. */
    language: Type.Optional(Nullable(Language)),
    /** What his calls to the outside show; null: the route's. */
    callerId: Type.Optional(Nullable(PhoneNumber)),
    /** Where calls to his internal number go while he holds no telephone. */
    whenAway: Type.Optional(WhenAway),
    awayNumber: Type.Optional(Nullable(PhoneNumber)),
    teamId: Type.Optional(Nullable(Id)),
    queues: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true })),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type AgentBody = Static<typeof AgentBody>;
export const Agent = Type.Object({
  ...staffRead,
  email: Nullable(Type.String()),
  internal: Nullable(Type.String()),
  typology: Typology,
  hotdesk: Type.Boolean(),
  hasPin: Type.Boolean(),
  remoteNumber: Nullable(Type.String()),
  language: Nullable(Language),
  callerId: Nullable(Type.String()),
  whenAway: WhenAway,
  awayNumber: Nullable(Type.String()),
  /** Until when his number takes no PIN, after too many wrong ones. */
  pinLockedUntil: Nullable(Instant),
  teamId: Nullable(Id),
  queues: Type.Array(Id),
});
export type Agent = Static<typeof Agent>;

export const TeamBody = Type.Object(
  {
    name: Name("Name", 80),
    /** Null: as many as like. */
    maxOnBreak: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 999, title: "On break at once, at most" }))),
  },
  { additionalProperties: false },
);
export type TeamBody = Static<typeof TeamBody>;
export const Team = Type.Object({ id: Id, name: Type.String(), maxOnBreak: Nullable(Type.Integer()) });
export type Team = Static<typeof Team>;

/** The makers whose telephones we know our way around in; their profiles stand in the server. */
export const DeviceModel = oneOf(
  "generic",
  "yealink",
  "snom",
  "grandstream",
  "poly",
  "fanvil",
  "cisco-mpp",
  "audiocodes",
  "linphone",
  "baresip",
);
export type DeviceModel = Static<typeof DeviceModel>;

export const TelephoneBody = Type.Object(
  {
    fullName: Name("Name", 120),
    username: Username,
    password: DeviceSecret,
    internal: Type.Optional(Nullable(Internal)),
    place: Type.Optional(Nullable(Name("Place", 80))),
    model: Type.Optional(Nullable(Type.Enum(DeviceModel.enum, { title: "Model" }))),
    ownerAgentId: Type.Optional(Nullable(Id)),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type TelephoneBody = Static<typeof TelephoneBody>;
export const Telephone = Type.Object({
  ...staffRead,
  internal: Nullable(Type.String()),
  place: Nullable(Type.String()),
  ownerAgentId: Nullable(Id),
  model: Nullable(Type.String()),
  registered: Type.Boolean(),
  address: Nullable(Type.String()),
  /** How long it took to answer when it was last asked; null: it did not, or was not asked yet. */
  roundTripMs: Nullable(Type.Number()),
  /** What it calls itself. */
  userAgent: Nullable(Type.String()),
  /** The model that name tells of, where none was entered. */
  modelSeen: Nullable(Type.String()),
  heldBy: Nullable(Type.Object({ id: Id, name: Type.String(), since: Instant })),
  /** Who last left without logging out, so that time, another agent or a supervisor had to end it. */
  lastUnclean: Nullable(
    Type.Object({ id: Id, name: Type.String(), at: Instant, reason: oneOf("disconnected", "taken-over", "released") }),
  ),
  lastTest: Nullable(Type.Object({ at: Instant, outcome: oneOf("passed", "failed", "broken-off") })),
});
export type Telephone = Static<typeof Telephone>;

/** Where telephones register: what is entered on a device beside its own name and secret. */
export const Registrar = Type.Object({
  /** Null: the address this page comes from. */
  host: Nullable(Type.String()),
  port: Type.Integer(),
  /** SIP over TLS, where it is switched on. */
  tlsPort: Nullable(Type.Integer()),
});
export type Registrar = Static<typeof Registrar>;

const Strategy = oneOf("ringall", "leastrecent", "fewestcalls", "random", "rrmemory", "rrordered", "linear", "wrandom");
export const QueueBody = Type.Object(
  {
    name: Name("Name", 80),
    strategy: Type.Optional(Strategy),
    ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 300, title: "Ring, seconds" })),
    wrapUpSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600, title: "Wrap-up, seconds" })),
    mandatoryDisposition: Type.Optional(Type.Boolean({ title: "Disposition is mandatory" })),
    maxWaitSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 86400, title: "Longest wait, seconds" })),
  },
  { additionalProperties: false },
);
export type QueueBody = Static<typeof QueueBody>;
export const Queue = Type.Object({
  id: Id,
  name: Type.String(),
  strategy: Strategy,
  ringSeconds: Type.Integer(),
  wrapUpSeconds: Type.Integer(),
  mandatoryDisposition: Type.Boolean(),
  maxWaitSeconds: Type.Integer(),
  createdAt: Instant,
});
export type Queue = Static<typeof Queue>;

export const PauseBody = Type.Object(
  {
    name: Name("Name", 60),
    /** Null: as long as it takes. A break is never ended by its length. */
    maxMinutes: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 1440, title: "At most, minutes" }))),
    /** The key that stands for it on a telephone, after *10. */
    digit: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 9, title: "Key on the telephone" }))),
  },
  { additionalProperties: false },
);
export type PauseBody = Static<typeof PauseBody>;
export const Pause = Type.Object({
  id: Id,
  name: Type.String(),
  maxMinutes: Nullable(Type.Integer()),
  digit: Nullable(Type.Integer()),
});
export type Pause = Static<typeof Pause>;

export const DispositionBody = Type.Object(
  { name: Name("Name", 60), parentId: Type.Optional(Nullable(Id)) },
  { additionalProperties: false },
);
export const Disposition = Type.Object({ id: Id, name: Type.String(), parentId: Nullable(Id), level: Type.Integer() });
export type Disposition = Static<typeof Disposition>;

export const TrunkBody = Type.Object(
  {
    name: Name("Name", 60),
    host: Host,
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, title: "Port" })),
    match: Type.Array(Match, { maxItems: 50, title: "Addresses its calls come from" }),
    username: Type.Optional(Nullable(Username)),
    password: Type.Optional(Nullable(Type.String({ title: "Password", maxLength: 80, pattern: "^[\\x21-\\x7e]+$" }))),
  },
  { additionalProperties: false },
);
export type TrunkBody = Static<typeof TrunkBody>;
export const Trunk = Type.Object({
  id: Id,
  name: Type.String(),
  host: Type.String(),
  port: Type.Integer(),
  match: Type.Array(Type.String()),
  username: Nullable(Type.String()),
  hasPassword: Type.Boolean(),
});
export type Trunk = Static<typeof Trunk>;

export const InboundRouteBody = Type.Object(
  {
    number: PhoneNumber,
    actions: Type.Array(Type.Object({ queue: Id }, { additionalProperties: false }), { minItems: 1, maxItems: 10 }),
  },
  { additionalProperties: false },
);
export const InboundRoute = Type.Object({
  id: Id,
  number: Type.String(),
  actions: Type.Array(Type.Object({ queue: Id })),
});
export type InboundRoute = Static<typeof InboundRoute>;

export const OutboundRouteBody = Type.Object(
  {
    name: Name("Name", 60),
    pattern: Type.String({ title: "Pattern", maxLength: 40, pattern: "^\\+?[0-9XZN]+\\.?$" }),
    trunkId: Id,
    stripDigits: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, title: "Digits to strip" })),
    prefix: Type.Optional(Nullable(Name("Prefix name", 60))),
    callerId: Type.Optional(Nullable(PhoneNumber)),
  },
  { additionalProperties: false },
);
export const OutboundRoute = Type.Object({
  id: Id,
  name: Type.String(),
  pattern: Type.String(),
  trunkId: Id,
  stripDigits: Type.Integer(),
  prefix: Nullable(Type.String()),
  callerId: Nullable(Type.String()),
});
export type OutboundRoute = Static<typeof OutboundRoute>;

export const ContactListBody = Type.Object({ name: Name("Name", 80) }, { additionalProperties: false });
export const ContactList = Type.Object({ id: Id, name: Type.String() });
export type ContactList = Static<typeof ContactList>;

export const ContactBody = Type.Object(
  {
    listId: Id,
    fullName: Name("Full name", 120),
    company: Type.Optional(Nullable(Name("Company", 120))),
    email: Type.Optional(Nullable(Email)),
    note: Type.Optional(Nullable(Text("Note", 4000))),
    numbers: Type.Optional(
      Type.Array(Type.String({ maxLength: 40, pattern: "^[+0-9 ()./-]*[0-9][+0-9 ()./-]*$" }), { maxItems: 20 }),
    ),
  },
  { additionalProperties: false },
);
export type ContactBody = Static<typeof ContactBody>;
export const Contact = Type.Object({
  id: Id,
  listId: Id,
  fullName: Type.String(),
  company: Nullable(Type.String()),
  email: Nullable(Type.String()),
  note: Nullable(Type.String()),
  numbers: Type.Array(Type.String()),
  createdAt: Instant,
});
export type Contact = Static<typeof Contact>;

// --- telephones to choose from, session ------------------------------------------------------------------------------

const ChoiceState = oneOf("free", "in-use", "not-logged-out", "not-registered", "disabled");
export const Choice = Type.Object({
  id: Id,
  name: Type.String(),
  internal: Nullable(Type.String()),
  place: Nullable(Type.String()),
  state: ChoiceState,
  registered: Type.Boolean(),
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
const Person = Type.Object({ id: Id, name: Type.String() });
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
  answer: oneOf("waiting", "given", "when-call-ends", "kept", "expired"),
});
export type AskedFor = Static<typeof AskedFor>;
/** The holder's answer to who asks for his telephone. */
export const TakeoverAnswerBody = Type.Object({ answer: oneOf("give", "keep") }, { additionalProperties: false });
export const GiveBody = Type.Object({ agentId: Type.Optional(Id) }, { additionalProperties: false });
export const SessionBody = Type.Object(
  { telephoneId: Type.Optional(Id), confirmTakeover: Type.Optional(Type.Boolean()) },
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

// --- calls -----------------------------------------------------------------------------------------------------------

export const CallType = oneOf("inbound", "outbound", "internal");
export type CallType = Static<typeof CallType>;
export const ContactHint = Type.Object({ id: Id, name: Type.String(), company: Nullable(Type.String()) });

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
});
export type ReportCallRow = Static<typeof ReportCallRow>;

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
  transfers: Type.Array(
    Type.Object({ at: Instant, kind: oneOf("blind", "attended"), from: Type.String(), to: Type.String() }),
  ),
  journal: Type.Array(Type.Object({ at: Instant, line: Type.Unknown() })),
});
export type Why = Static<typeof Why>;

// --- what was: an agent's days, a telephone's days -------------------------------------------------------------------

/** What an agent was doing: each instant of a session is in exactly one of these. */
export const AgentState = oneOf(
  "ready",
  "on-call",
  "wrap-up",
  "break",
  "supervisor",
  "phone-lost",
  "login-in-pause",
  "capacity",
);
export type AgentState = Static<typeof AgentState>;

/** A lease: who sat where. Null ends go on. */
export const HistoryLease = Type.Object({
  id: Id,
  agent: Person,
  telephone: Person,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  endReason: Nullable(Type.String()),
});
export type HistoryLease = Static<typeof HistoryLease>;

/** One telephone's part of a call. */
const HistoryCall = Type.Object({
  legId: Type.String(),
  telephone: Person,
  direction: CallType,
  /** The other side, as far as the journal knows it. */
  number: Type.String(),
  queue: Nullable(Type.String()),
  /** When it began to ring, or to dial. */
  startedAt: Instant,
  answeredAt: Nullable(Instant),
  endedAt: Nullable(Instant),
});

/** A session of an agent, cut to the time that was asked for, with all that happened in it. */
export const HistorySession = Type.Object({
  id: Id,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  endReason: Nullable(EndReason),
  /** Whose act the end was, where it was another person's. */
  endedBy: Nullable(Type.String()),
  /** Ended otherwise than by logging out while the desktop was gone. */
  unclean: Type.Boolean(),
  /** What of it lies in the time asked for. */
  from: Instant,
  to: Instant,
  leases: Type.Array(HistoryLease),
  causes: Type.Array(
    Type.Object({
      cause: PauseCause,
      reason: Nullable(Type.String()),
      by: Nullable(Type.String()),
      startedAt: Instant,
      endedAt: Nullable(Instant),
      dueAt: Nullable(Instant),
    }),
  ),
  calls: Type.Array(HistoryCall),
  /** When a signal was gone: of the telephone as far as it suspended him, of the desktop as far as it left him unattended. */
  losses: Type.Array(
    Type.Object({
      signal: oneOf("phone", "desktop"),
      reason: Nullable(Type.String()),
      from: Instant,
      to: Instant,
    }),
  ),
  /** From `from` to `to` without a gap. */
  states: Type.Array(Type.Object({ state: AgentState, reason: Nullable(Type.String()), from: Instant, to: Instant })),
  /** Milliseconds in each state that occurs; together the length from `from` to `to`. */
  sums: Type.Array(Type.Object({ state: AgentState, ms: Type.Integer() })),
});
export type HistorySession = Static<typeof HistorySession>;

export const AgentHistory = Type.Object({
  agent: Person,
  from: Instant,
  to: Instant,
  /** What is open went on until then. */
  now: Instant,
  sessions: Type.Array(HistorySession),
  next: Nullable(Type.String()),
});
export type AgentHistory = Static<typeof AgentHistory>;

export const TelephoneHistory = Type.Object({
  telephone: Person,
  from: Instant,
  to: Instant,
  now: Instant,
  leases: Type.Array(HistoryLease),
  next: Nullable(Type.String()),
});
export type TelephoneHistory = Static<typeof TelephoneHistory>;

export const QueueLive = Type.Object({
  id: Id,
  name: Type.String(),
  waiting: Type.Integer(),
  longestSince: Nullable(Instant),
});
export type QueueLive = Static<typeof QueueLive>;

export const Health = Type.Object({
  status: oneOf("ok", "degraded", "starting"),
  asterisk: oneOf("up", "down"),
  database: oneOf("up", "down"),
  journal: Type.Object({ lagMs: Nullable(Type.Number()), damagedLines: Type.Integer() }),
  /** Comparing Asterisk with the database: counts since the start; the last round's end and length. */
  reconcile: Type.Object({
    repaired: Type.Integer(),
    refused: Type.Integer(),
    lastAt: Nullable(Instant),
    lastMs: Nullable(Type.Number()),
  }),
  /** What is wrong and not taken note of yet, without names. */
  alarms: Type.Array(Type.Object({ kind: Type.String(), times: Type.Integer(), since: Instant })),
  version: Type.String(),
});
export type Health = Static<typeof Health>;

/** Something that was otherwise than it should be, and was put right or could not be. */
export const Repair = Type.Object({
  id: Id,
  at: Instant,
  /** What made us look: a start, a new link to the telephone system, or the regular round. */
  round: oneOf("start", "link", "regular"),
  comparer: Type.String(),
  words: Type.String(),
  agent: Nullable(Person),
  /** Null: it was put right. */
  refused: Nullable(Type.String()),
});
export type Repair = Static<typeof Repair>;

/** What supervisors and administrators have to know, until one of them has taken note. */
export const Alarm = Type.Object({
  id: Id,
  kind: Type.String(),
  words: Type.String(),
  times: Type.Integer(),
  raisedAt: Instant,
  lastAt: Instant,
});
export type Alarm = Static<typeof Alarm>;

/** A page of a list: `next` is the cursor of the following page, null on the last. */
export const Page = <T extends Type.TSchema>(row: T) =>
  Type.Object({ rows: Type.Array(row), next: Nullable(Type.String()) });
