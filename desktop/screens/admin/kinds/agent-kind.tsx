import { Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type Agent, AgentBody } from "../../../../contract/views.ts";
import { KEPT } from "../../../model/form-fields.ts";
import { Held } from "../held.tsx";
import type { House } from "../house.ts";
import { namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";
import { PinLock } from "../pin-lock.tsx";

const TYPOLOGIES = [
  { value: "external", label: "External: voice on a SIP telephone" },
  { value: "remote", label: "Remote: voice on a mobile or at home, through a trunk" },
];

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "it", label: "Italian" },
  { value: "es", label: "Spanish" },
  { value: "fr", label: "French" },
];

const WHEN_AWAY = [
  { value: "busy", label: "Hear that they are busy" },
  { value: "number", label: "Go on to another number" },
];

/** What is said of somebody who is reached outside. */
const OUTSIDE: ReadonlySet<string> = new Set(["remoteNumber", "acceptByKey", "callingNumberAllowed"]);

/** People who handle interactions. */
export const agentKind: Kind<"agents"> = {
  collection: "agents",
  title: "Agents",
  one: "agent",
  purpose: "The people who answer. An agent in a queue is offered its callers as soon as they log in on a telephone.",
  schema: AgentBody,
  words: {
    username: { hint: "What they sign in with", shape: "Letters, digits, dot, dash and underscore" },
    password: { hint: "At least 8 characters" },
    email: { shape: "An address like anna@example.org" },
    internal: { hint: "Theirs alone in the house", shape: "2 to 8 digits" },
    typology: { label: "Typology" },
    pin: { hint: "Known to them alone. With it they log in from a telephone: *11", shape: "4 to 12 digits" },
    remoteNumber: {
      label: "Number to ring",
      hint: "A mobile or a telephone at home, as it is dialled in the house: with the digit for the line",
      shape: "Digits, with or without a leading +",
    },
    remoteAllowed: { label: "May work at a number outside", hint: "Besides a telephone of the house" },
    acceptByKey: {
      label: "Press 1 to accept",
      hint: "Whoever picks up hears who calls and presses 1. Without it a mailbox can take a customer",
    },
    callingNumberAllowed: {
      label: "May be rung at the number they call from",
      hint: "Where the settings of the house allow it too. Perch rings it back and asks for the PIN",
    },
    language: { label: "Language on the telephone", blank: "The house’s" },
    callerId: {
      label: "Number shown outside",
      hint: "What the people they call see",
      shape: "Digits, with or without a leading +",
      blank: "The outbound route’s",
    },
    whenAway: { label: "Calls while they hold no telephone" },
    awayNumber: {
      label: "Go on to",
      hint: "An internal number, or one outside",
      shape: "Digits, with or without a leading +",
    },
    teamId: { label: "Team", blank: "In no team" },
    queues: { label: "Queues", blank: "In no queue" },
    enabled: { label: "May sign in" },
  },
  secrets: ["password", "pin"],
  columns: (house) => [
    { id: "fullName", title: "Name", width: 180, value: (row) => row.fullName },
    { id: "username", title: "Username", width: 120, value: (row) => row.username },
    { id: "internal", title: "Internal", width: 80, numeric: true, value: (row) => row.internal },
    { id: "typology", title: "Typology", width: 90, value: (row) => row.typology },
    { id: "hotdesk", title: "Hotdesk", width: 80, value: (row) => (row.hotdesk ? "Yes" : "No") },
    {
      id: "team",
      title: "Team",
      width: 110,
      value: (row) => house.teams.find((team) => team.id === row.teamId)?.name ?? null,
    },
    { id: "queues", title: "Queues", width: 200, value: (row) => namesOf(house.queues, row.queues) },
    { id: "telephone", title: "Telephone now", width: 140, value: (row) => telephoneNow(row, house) },
    { id: "pin", title: "PIN", width: 70, value: (row) => (row.hasPin ? "Set" : "Not set"), hidden: true },
    { id: "remoteNumber", title: "Number to ring", width: 130, value: (row) => row.remoteNumber, hidden: true },
    { id: "callerId", title: "Shown outside", width: 120, value: (row) => row.callerId, hidden: true },
    { id: "email", title: "Mail address", width: 200, value: (row) => row.email, hidden: true },
    { id: "enabled", title: "May sign in", width: 95, value: (row) => (row.enabled ? "Yes" : "No") },
  ],
  nameOf: (row) => row.fullName,
  fresh: { typology: "external", hotdesk: true, acceptByKey: true, enabled: true, queues: [], whenAway: "busy" },
  valuesOf: ({
    fullName,
    username,
    email,
    internal,
    typology,
    hotdesk,
    hasPin,
    remoteNumber,
    remoteAllowed,
    acceptByKey,
    callingNumberAllowed,
    language,
    callerId,
    whenAway,
    awayNumber,
    teamId,
    queues,
    enabled,
  }) => ({
    fullName,
    username,
    password: KEPT,
    email,
    internal,
    typology,
    hotdesk,
    pin: hasPin ? KEPT : null,
    remoteNumber,
    remoteAllowed,
    acceptByKey,
    callingNumberAllowed,
    language,
    callerId,
    whenAway,
    awayNumber,
    teamId,
    queues,
    enabled,
  }),
  options: (house) => ({
    typology: TYPOLOGIES,
    language: LANGUAGES,
    whenAway: WHEN_AWAY,
    teamId: optionsOf(house.teams),
    queues: optionsOf(house.queues),
  }),
  shows: (field, values) => {
    if (field === "awayNumber") return values.whenAway === "number";
    if (field === "remoteAllowed") return values.typology === "external";
    return !OUTSIDE.has(field) || values.typology === "remote" || values.remoteAllowed === true;
  },
  follow: (values, changed) => {
    if (changed === "typology" && values.typology !== "external") {
      return { ...values, hotdesk: false, remoteAllowed: false };
    }
    return changed === "whenAway" && values.whenAway !== "number" ? { ...values, awayNumber: null } : values;
  },
  draw: {
    hotdesk: ({ value, set, label, problem }, values) => (
      <Switch
        label={label}
        description={
          values.typology === "external"
            ? value === true
              ? "Chooses a telephone at each login"
              : "Logs in on the telephone of their own"
            : "Only for external agents: a remote agent has no desk to choose"
        }
        error={problem}
        disabled={values.typology !== "external"}
        checked={value === true}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    ),
  },
  about: (row, house) => {
    const held = house.telephones.find((telephone) => telephone.heldBy?.id === row.id);
    return (
      <>
        {held === undefined ? null : <Held telephone={held} named />}
        {row.pinLockedUntil === null ? null : <PinLock agent={row} until={row.pinLockedUntil} />}
        <p>
          <Link to="/days" search={{ agent: row.id }}>
            Days: sessions, telephones, pauses and calls
          </Link>
        </p>
      </>
    );
  },
  removal: (row, house) => {
    const held = house.telephones.find((telephone) => telephone.heldBy?.id === row.id);
    const own = house.telephones.filter((telephone) => telephone.ownerAgentId === row.id);
    return (
      <>
        {held === undefined ? null : (
          <p>
            {row.fullName} is logged in on {held.fullName}: the session ends and the telephone is free again.
          </p>
        )}
        {own.length === 0 ? null : (
          <p>
            {namesOf(
              own,
              own.map((one) => one.id),
            )}{" "}
            {own.length === 1 ? "is" : "are"} theirs alone, will be nobody’s and disabled.
          </p>
        )}
        <p>They can no longer sign in and leave all queues. Their calls stay in the reports under their name.</p>
      </>
    );
  },
};

function telephoneNow(row: Agent, house: House): string | null {
  return house.telephones.find((telephone) => telephone.heldBy?.id === row.id)?.fullName ?? null;
}
