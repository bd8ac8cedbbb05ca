import Type, { type Static } from "typebox";
import { Id, Name, Nullable, oneOf, Text } from "./common-views.ts";

/** What projects need of other systems: secrets, named queries of databases, the gateway of short messages. */

/** By this a secret stands in the headers of a request: `{secret.name}`. */
const SECRET_NAME = "^[a-z][A-Za-z0-9_]{0,30}$";
/** Where a secret stands in a text. */
export const SECRET_PLACE = /\{secret\.([a-z][A-Za-z0-9_]{0,30})\}/g;

const WebHost = Type.String({ pattern: "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$" });

export const HouseSecretBody = Type.Object(
  {
    name: Type.String({ title: "Name", pattern: SECRET_NAME }),
    purpose: oneOf("header", "database"),
    /** A password, a key, a token; of a database, how it is reached: `postgresql://user:password@host:5432/name`. */
    secret: Type.Optional(Type.String({ title: "Secret", minLength: 1, maxLength: 2000, pattern: "^[\\x20-\\x7e]+$" })),
    /** Hosts that it may be sent to; none: any. */
    hosts: Type.Optional(Type.Array(WebHost, { title: "Sent to these hosts alone", maxItems: 20, uniqueItems: true })),
  },
  { additionalProperties: false },
);
export type HouseSecretBody = Static<typeof HouseSecretBody>;
export const HouseSecret = Type.Object({
  id: Id,
  name: Type.String(),
  purpose: oneOf("header", "database"),
  hosts: Type.Array(Type.String()),
  /** Of a database: where it is and as whom, without the password. */
  leadsTo: Type.String(),
});
export type HouseSecret = Static<typeof HouseSecret>;

export const DataQueryBody = Type.Object(
  {
    name: Name("Name", 80),
    /** The secret that says how the database is reached. */
    secretId: Type.Integer({ title: "Database", minimum: 1 }),
    /** One SELECT; `:name` is a parameter. */
    sql: Type.String({ title: "SQL", minLength: 1, maxLength: 8000, pattern: "^[^\\u0000]+$" }),
    timeoutSeconds: Type.Optional(Type.Integer({ title: "Longest it may take, seconds", minimum: 1, maximum: 30 })),
  },
  { additionalProperties: false },
);
export type DataQueryBody = Static<typeof DataQueryBody>;
export const DataQuery = Type.Object({
  id: Id,
  name: Type.String(),
  secretId: Id,
  sql: Type.String(),
  timeoutSeconds: Type.Integer(),
  /** The names of its parameters, in their order. */
  parameters: Type.Array(Type.String()),
});
export type DataQuery = Static<typeof DataQuery>;

export const DataQueryTry = Type.Object(
  { values: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 })) },
  { additionalProperties: false },
);
/** The first row, its columns in their order; null: it finds none. */
export const DataQueryFound = Type.Object({
  row: Nullable(Type.Array(Type.Object({ column: Type.String(), value: Type.String() }))),
  ms: Type.Integer(),
});
export type DataQueryFound = Static<typeof DataQueryFound>;

/** Where a request goes is said here and by nothing that is filled in. */
export const WEB_URL = "^https?://[^/?#{}\\s\\\\]+([/?#]\\S*)?$";
export const HEADER_NAME = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$";

export const SmsGateway = Type.Object(
  {
    url: Type.String({ title: "URL", maxLength: 1000, pattern: WEB_URL }),
    method: oneOf("GET", "POST", "PUT"),
    headers: Type.Array(
      Type.Object(
        { name: Type.String({ title: "Name", pattern: HEADER_NAME }), value: Text("Value", 1000) },
        { additionalProperties: false },
      ),
      { title: "Headers", maxItems: 20 },
    ),
    as: oneOf("json", "form", "text"),
    /** `{number}` (+39…), `{digits}` (39…) and `{text}` stand for the message. */
    body: Type.String({ title: "Send", maxLength: 8000 }),
  },
  { additionalProperties: false },
);
export type SmsGateway = Static<typeof SmsGateway>;
export const SmsTestBody = Type.Object(
  { to: Type.String({ title: "Number", minLength: 2, maxLength: 40 }) },
  { additionalProperties: false },
);
