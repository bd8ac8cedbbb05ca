import Type, { type Static } from "typebox";
import { Id, Nullable, oneOf } from "./common-views.ts";

/** Limits against the abuse of telephones. */

/** What kind of destination a number outside is, by what calling it may cost. Emergency numbers are always free. */
export const DestinationClass = oneOf("national", "mobile", "international", "premium", "special");
export type DestinationClass = Static<typeof DestinationClass>;

const Destinations = Type.Array(DestinationClass, { uniqueItems: true, title: "May be called" });

/** What is null is said more generally: of everybody; and for everybody, there is no limit. */
export const CallLimitBody = Type.Object(
  {
    of: Type.Enum(["telephone", "agent", "route"], { title: "For" }),
    telephoneId: Type.Optional(Nullable(Id)),
    agentId: Type.Optional(Nullable(Id)),
    routeId: Type.Optional(Nullable(Id)),
    destinations: Type.Optional(Nullable(Destinations)),
    callsAtOnce: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 1000, title: "Calls at once" }))),
    minutesPerDay: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 100_000, title: "Minutes a day" }))),
    /** Calls are made only while it is open. */
    calendarId: Type.Optional(Nullable(Id)),
    /** Although everybody's say otherwise. */
    anyTime: Type.Optional(Type.Boolean({ title: "At any time" })),
  },
  { additionalProperties: false },
);
export type CallLimitBody = Static<typeof CallLimitBody>;

export const CallLimit = Type.Object({
  id: Id,
  of: oneOf("everybody", "telephone", "agent", "route"),
  telephoneId: Nullable(Id),
  agentId: Nullable(Id),
  routeId: Nullable(Id),
  destinations: Nullable(Type.Array(DestinationClass)),
  callsAtOnce: Nullable(Type.Integer()),
  minutesPerDay: Nullable(Type.Integer()),
  calendarId: Nullable(Id),
  anyTime: Type.Boolean(),
});
export type CallLimit = Static<typeof CallLimit>;
