import { Link } from "@tanstack/react-router";
import { TelephoneBody } from "../../../../contract/views.ts";
import { KEPT } from "../../../model/form-fields.ts";
import { TELEPHONE_STATES, tripText, uncleanReason } from "../../../model/telephone-state.ts";
import { SecretInput } from "../../../ui/secret-input.tsx";
import { Signal } from "../../../ui/state.tsx";
import { Held } from "../held.tsx";
import { namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";
import { Provisioning } from "../provisioning.tsx";
import { Left, Since } from "../since.tsx";
import { ModelSelect } from "../telephones/model-select.tsx";
import { SelfTestPanel } from "../telephones/self-test-panel.tsx";

/** The SIP devices. */
export const telephoneKind: Kind<"telephones"> = {
  collection: "telephones",
  title: "Telephones",
  one: "telephone",
  purpose: "The SIP devices agents talk on. Each gets a user and a secret, and registers here by itself.",
  schema: TelephoneBody,
  words: {
    fullName: { hint: "As it is labelled: Desk 12" },
    username: {
      hint: "What the device registers with. It stays as made.",
      shape: "Letters, digits, dot, dash and underscore",
    },
    password: {
      label: "Secret",
      hint: "For the device; at least 8 characters",
      shape: "No blanks or accented letters",
    },
    internal: { shape: "2 to 8 digits" },
    place: { hint: "Where it stands: Floor 1" },
    model: { label: "Model", hint: "Says how it is set up and what it can be told", blank: "As it calls itself" },
    ownerAgentId: {
      label: "Owner",
      hint: "Shared ones are chosen at login by agents with hotdesk",
      blank: "Nobody: shared",
    },
    enabled: { label: "In use" },
  },
  secrets: ["password"],
  columns: (house) => [
    { id: "fullName", title: "Name", width: 124, value: (row) => row.fullName },
    { id: "place", title: "Place", width: 92, value: (row) => row.place },
    { id: "internal", title: "Internal", width: 72, numeric: true, value: (row) => row.internal },
    {
      id: "registered",
      title: "Registered",
      width: 127,
      value: (row) => (row.enabled ? (row.registered ? "registered" : "not registered") : "disabled"),
      cell: (row) =>
        row.enabled ? (
          <Signal on={row.registered} word={row.registered ? "registered" : "not registered"} />
        ) : (
          <span className="quiet">disabled</span>
        ),
    },
    { id: "address", title: "Address", width: 128, value: (row) => row.address },
    {
      id: "roundTrip",
      title: "Delay",
      width: 64,
      numeric: true,
      value: (row) => row.roundTripMs,
      text: (row) => tripText(row.roundTripMs) ?? "",
    },
    {
      id: "heldBy",
      title: "Held by",
      width: 150,
      value: (row) => row.heldBy?.name ?? null,
      cell: (row) => (row.heldBy === null ? null : <Since name={row.heldBy.name} since={row.heldBy.since} />),
    },
    {
      id: "lastUnclean",
      title: "Left without logout",
      width: 148,
      value: (row) => row.lastUnclean?.at ?? null,
      text: (row) =>
        row.lastUnclean === null ? "" : `${row.lastUnclean.name}: ${uncleanReason(row.lastUnclean.reason)}`,
      cell: (row) => (row.lastUnclean === null ? null : <Left {...row.lastUnclean} />),
    },
    {
      id: "owner",
      title: "Owner",
      width: 130,
      hidden: true,
      value: (row) => (row.ownerAgentId === null ? "shared" : namesOf(house.agents, [row.ownerAgentId])),
      cell: (row) =>
        row.ownerAgentId === null ? <span className="quiet">shared</span> : namesOf(house.agents, [row.ownerAgentId]),
    },
    { id: "username", title: "Username", width: 120, value: (row) => row.username, hidden: true },
    { id: "model", title: "Model", width: 92, value: (row) => row.model ?? row.modelSeen },
    { id: "userAgent", title: "Calls itself", width: 200, value: (row) => row.userAgent, hidden: true },
    {
      id: "lastTest",
      title: "Tried out",
      width: 120,
      value: (row) => row.lastTest?.outcome ?? null,
      hidden: true,
    },
  ],
  nameOf: (row) => row.fullName,
  fresh: { enabled: true },
  valuesOf: ({ fullName, username, internal, place, model, ownerAgentId, enabled }) => ({
    fullName,
    username,
    password: KEPT,
    internal,
    place,
    model,
    ownerAgentId,
    enabled,
  }),
  fixed: ["username"],
  options: (house) => ({ ownerAgentId: optionsOf(house.agents.filter((agent) => agent.typology === "external")) }),
  states: TELEPHONE_STATES,
  ways: [
    { word: "New row…", to: "/administration/telephones/row" },
    { word: "Import…", to: "/administration/telephones/import" },
  ],
  draw: {
    model: (drawing) => <ModelSelect {...drawing} />,
    password: (drawing) => <SecretInput {...drawing} generates />,
  },
  about: (row) => (
    <>
      <Held telephone={row} />
      <SelfTestPanel key={row.id} telephone={row} />
      <p className="admin-fixed">
        Registers as <code>{row.username}</code>
      </p>
      <p>
        <Link to="/telephone-days" search={{ telephone: row.id }}>
          Days: who sat here
        </Link>
      </p>
    </>
  ),
  once: (row, now) =>
    typeof now.password === "string" ? <Provisioning telephone={row} secret={now.password} /> : null,
  removal: (row) => (
    <>
      {row.heldBy === null ? null : <p>{row.heldBy.name} is logged in on this telephone: the session ends.</p>}
      <p>
        The device can no longer register, and to come back it needs a new secret. Its calls stay in the reports under
        its name.
      </p>
    </>
  ),
};
