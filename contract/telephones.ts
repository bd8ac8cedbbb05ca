import Type, { type Static } from "typebox";
import { Id, Telephone, TelephoneBody } from "./views.ts";

/** Telephones by the dozen: what makes many at once, reads them from a file, tries one out. */

const Instant = Type.String({ format: "date-time" });
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const { place, model } = TelephoneBody.properties;

/** How telephones of one maker are made to register and what they can be told, for the screens. */
export const DeviceProfileView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** It can be asked to answer by itself. */
  autoAnswer: Type.Boolean(),
  /** It answers and holds when told by NOTIFY. */
  notify: Type.Boolean(),
  codecs: Type.Array(Type.String()),
  /** `{server}`, `{port}`, `{user}` and `{secret}` stand for the values. */
  steps: Type.Array(Type.String()),
  note: Nullable(Type.String()),
});
export type DeviceProfileView = Static<typeof DeviceProfileView>;

/** At most so many telephones in one request, made or imported. */
export const MOST_AT_ONCE = 1000;

const Pattern = (title: string, maxLength: number, pattern: string) =>
  Type.String({ title, minLength: 3, maxLength, pattern, description: "{n} stands for the number" });

/** Telephones in a row: `{n}` counts from `from` to `to`. */
export const BulkBody = Type.Object(
  {
    fullName: Pattern("Name", 120, "^(?=.*\\{n\\})[^\\p{Cc}\\u2028\\u2029]+$"),
    username: Pattern("Username", 40, "^(?=.*\\{n\\})[A-Za-z0-9{][A-Za-z0-9_.{}-]*$"),
    from: Type.Integer({ title: "From", minimum: 0, maximum: 999_999 }),
    to: Type.Integer({ title: "To", minimum: 0, maximum: 999_999 }),
    /** So many digits at least: 3 writes 001. */
    digits: Type.Optional(Type.Integer({ title: "Digits", minimum: 1, maximum: 6 })),
    internalFrom: Type.Optional(Nullable(Type.String({ title: "First internal number", pattern: "^[0-9]{2,8}$" }))),
    place,
    model,
  },
  { additionalProperties: false },
);
export type BulkBody = Static<typeof BulkBody>;

/** A telephone just made, with its secret, which is said this once and kept as a digest alone. */
export const MadeTelephone = Type.Object({ telephone: Telephone, secret: Type.String() });
export type MadeTelephone = Static<typeof MadeTelephone>;
export const MadeTelephones = Type.Object({ rows: Type.Array(MadeTelephone) });
export type MadeTelephones = Static<typeof MadeTelephones>;

/** One telephone as a line of a file or a step of a row says it. */
export const PlannedTelephone = Type.Object({
  line: Type.Integer(),
  fullName: Type.String(),
  username: Type.String(),
  internal: Nullable(Type.String()),
  place: Nullable(Type.String()),
  model: Nullable(Type.String()),
  owner: Nullable(Type.String()),
  /** The file brings its own; it is not repeated. */
  hasSecret: Type.Boolean(),
});
export type PlannedTelephone = Static<typeof PlannedTelephone>;

/** What is wrong where. Line 1 is the head of a file; `column` is null where the whole line is meant. */
export const LineProblem = Type.Object({
  line: Type.Integer(),
  column: Nullable(Type.String()),
  words: Type.String(),
});
export type LineProblem = Static<typeof LineProblem>;

/** Makes nothing: what would be made, and what stands in the way. */
export const BulkPlan = Type.Object({ rows: Type.Array(PlannedTelephone), problems: Type.Array(LineProblem) });
export type BulkPlan = Static<typeof BulkPlan>;

/** The text of a CSV file: a head of column names, a telephone a line. Bounded like every body. */
export const ImportBody = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 200_000 }) },
  { additionalProperties: false },
);
export type ImportBody = Static<typeof ImportBody>;

/** The columns of a file, in words. `name` and `username` must be there. */
export const IMPORT_COLUMNS = {
  name: "As it is labelled: Desk 12",
  username: "What the device registers with",
  internal: "2 to 8 digits; may be empty",
  place: "Where it stands; may be empty",
  model: "One of the models, such as yealink; may be empty",
  owner: "The username of the agent whose own it is; empty: shared",
  secret: "At least 8 characters; empty: one is made",
} as const;
export type ImportColumn = keyof typeof IMPORT_COLUMNS;

// --- self-test ---------------------------------------------------------------------------------------------------

export const SelfTestStep = Type.Object({
  id: Type.Enum(["reachable", "rings", "answers", "voice", "keys", "hold"]),
  state: Type.Enum(["waiting", "now", "passed", "failed", "skipped"]),
  /** What to do now, what was seen, or what is wrong. */
  words: Type.String(),
});
export type SelfTestStep = Static<typeof SelfTestStep>;

export const SelfTest = Type.Object({
  id: Id,
  telephoneId: Id,
  startedAt: Instant,
  endedAt: Nullable(Instant),
  startedBy: Type.Object({ id: Id, name: Type.String() }),
  /** Null while it goes on. `broken-off`: somebody stopped it, or Perch was restarted. */
  outcome: Nullable(Type.Enum(["passed", "failed", "broken-off"])),
  steps: Type.Array(SelfTestStep),
});
export type SelfTest = Static<typeof SelfTest>;

/** Who picks up: somebody at the telephone, the telephone by itself, or we by NOTIFY. Null: as the model can. */
export const SelfTestBody = Type.Object(
  { answer: Type.Optional(Nullable(Type.Enum(["by-hand", "by-itself", "by-notify"]))) },
  { additionalProperties: false },
);
export type SelfTestBody = Static<typeof SelfTestBody>;
