import Type, { type Static } from "typebox";
import { Email, Id, Instant, Name, Nullable, oneOf } from "./common-views.ts";
import { REPORT_PERIODS } from "./report-period.ts";

/** Reports that describe themselves: the desktop draws any of them from these words alone. */

/**
 * What a column holds. `seconds` and `percent` are numbers (0 to 100), `instant` and `hour` ISO 8601, `day` and `week`
 * `2026-10-25`, `month` `2026-10`, `weekday` `1` to `7`, `hour-of-day` `00` to `23`, `number` a telephone number.
 */
export const ColumnKind = oneOf(
  "text",
  "number",
  "count",
  "decimal",
  "seconds",
  "percent",
  "instant",
  "hour",
  "day",
  "week",
  "month",
  "weekday",
  "hour-of-day",
);
export type ColumnKind = Static<typeof ColumnKind>;

const Named = Type.Object({ key: Type.String(), title: Type.String() });

export const ReportColumn = Type.Object({
  key: Type.String(),
  title: Type.String(),
  kind: ColumnKind,
  /** What the figure means, exactly; empty where the title says it. */
  about: Type.String(),
  /** Shown only when somebody chooses it. */
  hidden: Type.Boolean(),
  /** The rows behind its number: another report, narrowed by the row and by this. */
  opens: Nullable(Type.Object({ report: Type.String(), narrow: Type.Record(Type.String(), Type.String()) })),
});
export type ReportColumn = Static<typeof ReportColumn>;

export const ReportChart = Type.Union([
  /** Parts of one whole, stacked, a bar for each row. */
  Type.Object({ kind: Type.Literal("bars"), title: Type.String(), columns: Type.Array(Type.String()) }),
  /** Weekday by hour of the day, darker where more. */
  Type.Object({ kind: Type.Literal("week"), title: Type.String(), column: Type.String() }),
  /** How often a length occurred, in the answer's `distribution`. */
  Type.Object({ kind: Type.Literal("distribution"), title: Type.String() }),
]);
export type ReportChart = Static<typeof ReportChart>;

export const ReportParam = Type.Object({
  key: Type.String(),
  title: Type.String(),
  /** `queue`, `agent` and `telephone` are ids of these; `choice` is one of the choices; `text` is part of a number. */
  kind: oneOf("queue", "agent", "telephone", "choice", "text"),
  choices: Type.Array(Type.Object({ value: Type.String(), label: Type.String() })),
  /** What counts where nothing is said; empty: everything. */
  otherwise: Type.String(),
});
export type ReportParam = Static<typeof ReportParam>;

export const ReportDescription = Type.Object({
  name: Type.String(),
  title: Type.String(),
  group: oneOf("queues", "agents", "telephones", "calls", "callers"),
  about: Type.String(),
  /** `figures` are added up and come whole; a `list` comes page after page, in its own order. */
  form: oneOf("figures", "list"),
  /** What its rows can be made of, one or two at a time; none for a list. */
  groupings: Type.Array(Named),
  groupBy: Type.Array(Type.String()),
  params: Type.Array(ReportParam),
  columns: Type.Array(ReportColumn),
  charts: Type.Array(ReportChart),
});
export type ReportDescription = Static<typeof ReportDescription>;

const Cells = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]));
export type Cells = Static<typeof Cells>;

export const ReportAnswer = Type.Object({
  from: Instant,
  to: Instant,
  timeZone: Type.String(),
  /** What the rows are made of, then the report's columns, then those that only the data know. */
  columns: Type.Array(ReportColumn),
  rows: Type.Array(
    Type.Object({
      key: Type.String(),
      cells: Cells,
      /**
       * By what a report behind it is narrowed: with `from` and `to` where the row is of a time of its own. Null: no
       * filter says what the row is made of.
       */
      narrow: Nullable(Type.Record(Type.String(), Type.String())),
    }),
  ),
  /** Reckoned from the sums of all rows; null for a list. */
  totals: Nullable(Cells),
  distribution: Nullable(
    Type.Object({
      /** Upper bounds in seconds; the last count is of what is longer. */
      boundsS: Type.Array(Type.Number()),
      series: Type.Array(Type.Object({ title: Type.String(), counts: Type.Array(Type.Number()) })),
    }),
  ),
  /** More rows than are sent: narrow it, or take the file. */
  cut: Type.Boolean(),
  next: Nullable(Type.String()),
});
export type ReportAnswer = Static<typeof ReportAnswer>;

/** What the rows of Report Call come to, of one filter. Seconds. */
export const ReportCallTotals = Type.Object({
  rows: Type.Integer(),
  answered: Type.Integer(),
  durationS: Type.Number(),
  billableS: Type.Number(),
  holdS: Type.Number(),
});
export type ReportCallTotals = Static<typeof ReportCallTotals>;

/** What a report is asked with, as it stands in an address. A period instead of instants is reckoned when it is asked. */
export const ReportAsked = Type.Record(
  Type.String({ pattern: "^[a-zA-Z]{1,24}$" }),
  Type.String({ maxLength: 200, pattern: "^[^\\u0000-\\u001f]*$" }),
  { maxProperties: 24 },
);
export type ReportAsked = Static<typeof ReportAsked>;

const ReportName = Type.String({ pattern: "^[a-z][a-z-]{1,39}$" });

/** Which columns a person looks at, in his order. */
export const ReportLayout = Type.Object(
  { columns: Nullable(Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 200, uniqueItems: true })) },
  { additionalProperties: false },
);
export type ReportLayout = Static<typeof ReportLayout>;

export const SavedFilter = Type.Object({
  id: Id,
  report: Type.String(),
  name: Type.String(),
  asked: ReportAsked,
  shared: Type.Boolean(),
  owner: Type.Object({ id: Id, name: Type.String() }),
  mine: Type.Boolean(),
});
export type SavedFilter = Static<typeof SavedFilter>;
export const SavedFilterBody = Type.Object(
  { report: ReportName, name: Name("Name", 60), asked: ReportAsked, shared: Type.Boolean() },
  { additionalProperties: false },
);
export type SavedFilterBody = Static<typeof SavedFilterBody>;

export const DeliveryBody = Type.Object(
  {
    report: ReportName,
    asked: ReportAsked,
    period: Type.Enum([...REPORT_PERIODS], { title: "Period" }),
    format: Type.Enum(["xlsx", "csv"], { title: "File" }),
    rhythm: Type.Enum(["daily", "weekly", "monthly"], { title: "Sent" }),
    /** Of the house's clock. */
    hour: Type.Integer({ minimum: 0, maximum: 23, title: "At hour" }),
    /** 1 Monday to 7 Sunday, of a weekly one. */
    weekday: Type.Integer({ minimum: 1, maximum: 7, title: "On" }),
    /** Of a monthly one; every month has it. */
    monthDay: Type.Integer({ minimum: 1, maximum: 28, title: "On day" }),
    recipients: Type.Array(Email, { minItems: 1, maxItems: 20, uniqueItems: true, title: "To" }),
    subject: Name("Subject", 120),
    enabled: Type.Boolean({ title: "Sent at its time" }),
  },
  { additionalProperties: false },
);
export type DeliveryBody = Static<typeof DeliveryBody>;

export const Delivery = Type.Object({
  ...DeliveryBody.properties,
  id: Id,
  owner: Type.Object({ id: Id, name: Type.String() }),
  nextAt: Nullable(Instant),
  attempts: Type.Array(Type.Object({ at: Instant, outcome: oneOf("sent", "failed"), words: Nullable(Type.String()) })),
});
export type Delivery = Static<typeof Delivery>;

export const MailSettingsBody = Type.Object(
  {
    host: Type.String({
      title: "Server",
      minLength: 1,
      maxLength: 253,
      pattern: "^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$",
    }),
    port: Type.Integer({ title: "Port", minimum: 1, maximum: 65_535 }),
    /** `none` sends without encryption and never with a password. */
    security: Type.Enum(["starttls", "tls", "none"], { title: "Encryption" }),
    sender: Email,
    username: Nullable(
      Type.String({ title: "Username", minLength: 1, maxLength: 254, pattern: "^[^\\u0000-\\u001f]+$" }),
    ),
    /** Left out: as it was. */
    password: Type.Optional(Nullable(Type.String({ title: "Password", minLength: 1, maxLength: 254 }))),
  },
  { additionalProperties: false },
);
export type MailSettingsBody = Static<typeof MailSettingsBody>;
export const MailSettings = Type.Object({
  ...Type.Omit(MailSettingsBody, ["password"]).properties,
  hasPassword: Type.Boolean(),
});
export type MailSettings = Static<typeof MailSettings>;
export const MailTestBody = Type.Object({ to: Email }, { additionalProperties: false });
