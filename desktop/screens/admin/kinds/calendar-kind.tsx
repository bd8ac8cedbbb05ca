import { dayOf } from "../../../../contract/house-days.ts";
import { type Calendar, CalendarBody } from "../../../../contract/views.ts";
import { counted } from "../../../model/elapsed.ts";
import { weekInWords } from "../../../model/week-hours.ts";
import { ExceptionList } from "../calendars/exception-list.tsx";
import { OpenNow } from "../calendars/open-now.tsx";
import { WeekGrid } from "../calendars/week-grid.tsx";
import { type House, openingTimes } from "../house.ts";
import type { Kind } from "../kind.ts";

const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" }));
const usedBy = (row: Calendar, house: House) =>
  house.inboundRoutes.filter(({ actions }) => actions.some(({ when }) => when?.calendar === row.id));

/** When the house is open. */
export const calendarKind: Kind<"calendars"> = {
  collection: "calendars",
  title: "Calendars",
  one: "calendar",
  purpose: "When the house is open. Inbound routes, IVR projects and limits of calls go by them.",
  schema: CalendarBody,
  words: {
    name: { hint: "As routes say it: while Office is open" },
    timeZone: { hint: "A name like Europe/Rome", blank: "As the house says", shape: "A name like Europe/Rome" },
    week: { label: "Open every week" },
    exceptions: { label: "Other days" },
  },
  columns: (house) => [
    { id: "name", title: "Name", width: 160, value: (row) => row.name },
    {
      id: "now",
      title: "Now",
      width: 200,
      value: () => null,
      cell: (row) => <OpenNow times={openingTimes(row, house)} />,
    },
    { id: "week", title: "Open", width: 360, value: (row) => weekInWords(row.week) },
    {
      id: "exceptions",
      title: "Other days",
      width: 110,
      value: (row) => row.exceptions.length,
      cell: (row) => counted(row.exceptions.length, "day"),
    },
    {
      id: "routes",
      title: "Used by",
      width: 180,
      value: (row) =>
        usedBy(row, house)
          .map(({ number }) => number)
          .join(", "),
    },
  ],
  nameOf: (row) => row.name,
  fresh: { week, exceptions: [], timeZone: null },
  valuesOf: ({ name, timeZone, week: hours, exceptions }) => ({ name, timeZone, week: hours, exceptions }),
  about: (row, house) => (
    <p className="admin-now">
      <OpenNow times={openingTimes(row, house)} />
    </p>
  ),
  draw: {
    week: (drawing) => <WeekGrid {...drawing} />,
    exceptions: (drawing, _, house) => (
      <ExceptionList {...drawing} today={dayOf(new Date().toISOString(), house.timeZone)} />
    ),
  },
  removal: () => null,
  remake: ({ name, timeZone, week: hours, exceptions }) => ({ name, timeZone, week: hours, exceptions }),
};
