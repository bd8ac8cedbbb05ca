import Type, { type Static } from "typebox";
import { Email, Host, Id, Instant, Match, Name, Nullable, oneOf, PhoneNumber, Text, Username } from "./common-views.ts";
import { QUEUE_CALLBACK_FIELDS, QUEUE_CALLBACKS } from "./queue-callbacks.ts";
import { QUEUE_SOUND_FIELDS, QUEUE_SOUNDS } from "./queue-sounds.ts";

/** What a house is furnished with: queues, break reasons, dispositions, trunks, routes, contacts. */

/** So many of a hundred calls are recorded. */
const RecordPercent = Type.Integer({
  minimum: 0,
  maximum: 100,
  title: "Calls recorded, percent",
  description: "0 none, 100 all",
});
const Strategy = oneOf("ringall", "leastrecent", "fewestcalls", "random", "rrmemory", "rrordered", "linear", "wrandom");
const PhoneDisposition = oneOf("ask", "offer", "off");
export const QueueBody = Type.Object(
  {
    name: Name("Name", 80),
    strategy: Type.Optional(Strategy),
    ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 300, title: "Ring, seconds" })),
    wrapUpSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600, title: "Wrap-up, seconds" })),
    mandatoryDisposition: Type.Optional(Type.Boolean({ title: "Disposition is mandatory" })),
    /** Of agents without a desktop: until they say it, if they like, not at all. */
    phoneDisposition: Type.Optional(PhoneDisposition),
    maxWaitSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 86400, title: "Longest wait, seconds" })),
    recordPercent: Type.Optional(RecordPercent),
    /** Null: as long as the house keeps recordings. */
    recordingDays: Type.Optional(
      Nullable(Type.Integer({ minimum: 1, maximum: 3650, title: "Recordings are kept, days" })),
    ),
    ...QUEUE_SOUND_FIELDS,
    ...QUEUE_CALLBACK_FIELDS,
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
  phoneDisposition: PhoneDisposition,
  maxWaitSeconds: Type.Integer(),
  recordPercent: Type.Integer(),
  recordingDays: Nullable(Type.Integer()),
  ...QUEUE_SOUNDS,
  ...QUEUE_CALLBACKS,
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

/** When an action of a route has its turn: while a calendar is open, or while it is closed. */
const When = Type.Object({ calendar: Id, is: oneOf("open", "closed") }, { additionalProperties: false });
const action = <Fields extends Type.TProperties>(fields: Fields) =>
  Type.Object({ ...fields, when: Type.Optional(When) }, { additionalProperties: false });
/** What becomes of a caller. He goes on to the next action when one did not take him. */
export const InboundAction = Type.Union([
  action({ queue: Id }),
  action({ project: Id }),
  action({ telephone: Id }),
  action({ agent: Id }),
  /** Inside or outside: whatever a telephone of the house may dial. */
  action({ number: PhoneNumber }),
  action({ hangup: Type.Literal(true), cause: Type.Optional(oneOf("normal", "busy", "rejected", "unallocated")) }),
]);
export type InboundAction = Static<typeof InboundAction>;

export const InboundRouteBody = Type.Object(
  {
    number: PhoneNumber,
    actions: Type.Array(InboundAction, { minItems: 1, maxItems: 20 }),
    /** Null: as the queue says. */
    recordPercent: Type.Optional(Nullable(RecordPercent)),
  },
  { additionalProperties: false },
);
export const InboundRoute = Type.Object({
  id: Id,
  number: Type.String(),
  actions: Type.Array(InboundAction),
  recordPercent: Nullable(Type.Integer()),
});
export type InboundRoute = Static<typeof InboundRoute>;

export const OutboundRouteBody = Type.Object(
  {
    name: Name("Name", 60),
    pattern: Type.String({ title: "Pattern", maxLength: 40, pattern: "^\\+?[0-9XZN]+\\.?$" }),
    trunkId: Id,
    stripDigits: Type.Optional(Type.Integer({ minimum: 0, maximum: 20, title: "Digits to strip" })),
    prefix: Type.Optional(Nullable(Name("Prefix name", 60))),
    /** In order: where the trunk before cannot take a call. */
    backupTrunkIds: Type.Optional(
      Type.Array(Id, { maxItems: 5, uniqueItems: true, title: "Backup trunks", "x-ordered": true }),
    ),
    callerId: Type.Optional(Nullable(PhoneNumber)),
    /** Nobody named: everybody may use it. */
    teamIds: Type.Optional(Type.Array(Id, { maxItems: 200, uniqueItems: true, title: "Only these teams" })),
    agentIds: Type.Optional(Type.Array(Id, { maxItems: 1000, uniqueItems: true, title: "Only these agents" })),
    telephoneIds: Type.Optional(Type.Array(Id, { maxItems: 1000, uniqueItems: true, title: "Only these telephones" })),
    recordPercent: Type.Optional(RecordPercent),
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
  backupTrunkIds: Type.Array(Id),
  teamIds: Type.Array(Id),
  agentIds: Type.Array(Id),
  telephoneIds: Type.Array(Id),
  recordPercent: Type.Integer(),
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
