import Type, { type Static } from "typebox";
import { Id, Instant, Name, Nullable } from "./common-views.ts";

/** When the house is open: weekly hours, and days that are otherwise. */

/** The hour as a clock on the wall shows it. */
const Time = (title: string) => Type.String({ title, pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$" });
const From = Time("From");
/** 24:00 is the end of the day. What is not after `from` lies on the next day. */
const To = Type.String({ title: "To", pattern: "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" });

export const OpenHours = Type.Object({ from: From, to: To }, { additionalProperties: false });
export type OpenHours = Static<typeof OpenHours>;

export const WeeklyHours = Type.Object(
  {
    /** 1 is Monday, 7 is Sunday: the day they begin on. */
    day: Type.Integer({ minimum: 1, maximum: 7 }),
    from: From,
    to: To,
  },
  { additionalProperties: false },
);
export type WeeklyHours = Static<typeof WeeklyHours>;

export const CalendarException = Type.Object(
  {
    name: Name("Name", 60),
    date: Type.String({ title: "Day", format: "date" }),
    /** The same day of every year. */
    yearly: Type.Boolean({ title: "Every year" }),
    /** Instead of the week's; none: closed all day. */
    hours: Type.Array(OpenHours, { maxItems: 10 }),
  },
  { additionalProperties: false },
);
export type CalendarException = Static<typeof CalendarException>;

export const CalendarBody = Type.Object(
  {
    name: Name("Name", 60),
    /** Null: the house's. */
    timeZone: Type.Optional(
      Nullable(Type.String({ title: "Time zone", maxLength: 64, pattern: "^[A-Za-z][A-Za-z0-9_+/-]*$" })),
    ),
    week: Type.Array(WeeklyHours, { maxItems: 70, title: "Weekly hours" }),
    exceptions: Type.Optional(Type.Array(CalendarException, { maxItems: 400, title: "Other days" })),
  },
  { additionalProperties: false },
);
export type CalendarBody = Static<typeof CalendarBody>;

export const Calendar = Type.Object({
  id: Id,
  name: Type.String(),
  timeZone: Nullable(Type.String()),
  week: Type.Array(WeeklyHours),
  exceptions: Type.Array(CalendarException),
  createdAt: Instant,
});
export type Calendar = Static<typeof Calendar>;
