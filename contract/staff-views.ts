import Type, { type Static } from "typebox";
import { Email, Id, Instant, Internal, Name, Nullable, oneOf, PhoneNumber, Username } from "./common-views.ts";

/** People and telephones: who there is, and what is said to make or change one. */

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
    /** Where a remote agent is rung, as it is dialled in the house. */
    remoteNumber: Type.Optional(Nullable(PhoneNumber)),
    /** An external agent who may be rung there too. */
    remoteAllowed: Type.Optional(Type.Boolean({ title: "May work remotely" })),
    /** Whoever picks up there has to press 1 before getting the call. */
    acceptByKey: Type.Optional(Type.Boolean({ title: "Press 1 to accept" })),
    /** May log in with the number they call from, in a house that allows it. */
    callingNumberAllowed: Type.Optional(Type.Boolean({ title: "May be rung at the number they call from" })),
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
  remoteAllowed: Type.Boolean(),
  acceptByKey: Type.Boolean(),
  callingNumberAllowed: Type.Boolean(),
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
