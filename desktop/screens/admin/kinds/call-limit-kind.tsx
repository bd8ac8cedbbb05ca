import { MultiSelect } from "@mantine/core";
import { type CallLimit, CallLimitBody, type DestinationClass } from "../../../../contract/views.ts";
import type { FieldDrawing } from "../../../ui/field-drawing.ts";
import { type House, namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";

const DESTINATIONS: readonly { value: DestinationClass; label: string }[] = [
  { value: "national", label: "National" },
  { value: "mobile", label: "Mobile" },
  { value: "international", label: "International" },
  { value: "premium", label: "Premium and satellite" },
  { value: "special", label: "Short and special numbers" },
];
const labelOf = (one: DestinationClass) => DESTINATIONS.find(({ value }) => value === one)?.label ?? one;

/** Whom the limits are for, in words. */
function whom(row: CallLimit, house: House): string {
  if (row.telephoneId !== null) return namesOf(house.telephones, [row.telephoneId]);
  if (row.agentId !== null) return namesOf(house.agents, [row.agentId]);
  if (row.routeId !== null) return `Route ${namesOf(house.outboundRoutes, [row.routeId])}`;
  return "Everybody";
}

const ofEverybody = (row: CallLimit, said: string | null): string =>
  said ?? (row.of === "everybody" || row.of === "route" ? "no limit" : "as everybody");

function hours(row: CallLimit, house: House): string {
  if (row.anyTime) return "at any time";
  if (row.calendarId !== null) return `while ${namesOf(house.calendars, [row.calendarId])} is open`;
  return row.of === "everybody" || row.of === "route" ? "at any time" : "as everybody";
}

/** What may be called outside, by whom, how much of it. */
export const callLimitKind: Kind<"call-limits"> = {
  collection: "call-limits",
  title: "Calling limits",
  one: "set of limits",
  many: "sets of limits",
  leads: (row) => row.of === "everybody",
  purpose: "Who may call what outside, and how much, so that nobody telephones at the expense of the house.",
  schema: CallLimitBody,
  words: {
    of: {
      hint: "An agent’s limits go before a telephone’s, and those before everybody’s. A route’s hold beside them.",
    },
    telephoneId: { label: "Telephone" },
    agentId: { label: "Agent" },
    routeId: { label: "Outbound route" },
    callsAtOnce: { hint: "Outside at the same time; also of callers they sent there", blank: "Nothing said here" },
    minutesPerDay: { hint: "Talked outside from midnight to midnight; then the call ends", blank: "Nothing said here" },
    calendarId: {
      label: "Only while open",
      hint: "Telephones are locked while it is closed",
      blank: "Nothing said here",
    },
    anyTime: { hint: "Although everybody’s telephones are locked by a calendar" },
  },
  columns: (house) => [
    {
      id: "whom",
      title: "For",
      width: 180,
      value: (row) => whom(row, house),
    },
    {
      id: "destinations",
      title: "May call",
      width: 320,
      value: (row) => ofEverybody(row, row.destinations?.map(labelOf).join(", ") ?? null),
    },
    {
      id: "calls",
      title: "At once",
      width: 100,
      value: (row) => ofEverybody(row, row.callsAtOnce?.toString() ?? null),
    },
    {
      id: "minutes",
      title: "Minutes a day",
      width: 120,
      value: (row) => ofEverybody(row, row.minutesPerDay?.toString() ?? null),
    },
    { id: "hours", title: "When", width: 180, value: (row) => hours(row, house) },
  ],
  nameOf: (row) => (row.of === "everybody" ? "Everybody" : `Limits ${row.id}`),
  fresh: { of: "telephone" },
  fixed: ["of", "telephoneId", "agentId", "routeId"],
  valuesOf: ({ id: _, ...limits }) => limits,
  shows: (field, values) => {
    if (field.endsWith("Id") && field !== "calendarId") return field === `${String(values.of)}Id`;
    if (field === "minutesPerDay") return values.of !== "route";
    return field !== "anyTime" || values.of === "telephone" || values.of === "agent";
  },
  options: (house) => ({
    of: [
      { value: "telephone", label: "One telephone" },
      { value: "agent", label: "One agent" },
      { value: "route", label: "One outbound route" },
    ],
    telephoneId: optionsOf(house.telephones),
    agentId: optionsOf(house.agents),
    routeId: optionsOf(house.outboundRoutes),
    calendarId: optionsOf(house.calendars),
  }),
  draw: { destinations: (drawing) => <Destinations {...drawing} /> },
  about: (row, house) => <p className="admin-now">{whom(row, house)}</p>,
  removal: () => <p>What holds for everybody holds again.</p>,
};

function Destinations(props: FieldDrawing) {
  return (
    <MultiSelect
      label={props.label}
      description="Emergency numbers are always free"
      error={props.problem}
      placeholder={Array.isArray(props.value) && props.value.length > 0 ? "" : "Nothing said here"}
      clearable
      data={[...DESTINATIONS]}
      value={Array.isArray(props.value) ? props.value.map(String) : []}
      onChange={(value) => props.set(value.length === 0 ? null : value)}
    />
  );
}
