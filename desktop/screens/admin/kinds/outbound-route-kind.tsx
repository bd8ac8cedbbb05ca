import { OutboundRouteBody } from "../../../../contract/views.ts";
import { namesOf, optionsOf } from "../house.ts";
import type { Kind } from "../kind.ts";
import { PatternInput } from "../pattern-input.tsx";

/** Which dialled number leaves through which trunk. */
export const outboundRouteKind: Kind<"outbound-routes"> = {
  collection: "outbound-routes",
  title: "Outbound routes",
  one: "outbound route",
  purpose: "Which dialled number leaves through which trunk. Without one, telephones reach each other only.",
  schema: OutboundRouteBody,
  words: {
    pattern: { shape: "Digits, X, Z and N; a + may lead and a dot may end it" },
    trunkId: { label: "Trunk" },
    backupTrunkIds: { hint: "In this order, where the trunk before cannot take a call", blank: "None" },
    teamIds: { hint: "Nobody chosen here or below: everybody may use it", blank: "All teams" },
    agentIds: { blank: "All agents" },
    telephoneIds: { blank: "All telephones" },
    stripDigits: { hint: "How many of the first digits dialled the trunk does not get" },
    prefix: { hint: "The name of this kind of call in Report Call" },
    callerId: {
      label: "Number shown",
      hint: "What the called person sees",
      shape: "Digits, with or without a leading +",
    },
    recordPercent: { hint: "Of a hundred calls; 0 for none, 100 for all" },
  },
  columns: (house) => [
    { id: "name", title: "Name", width: 180, value: (row) => row.name },
    {
      id: "pattern",
      title: "Pattern",
      width: 120,
      value: (row) => row.pattern,
      cell: (row) => <code>{row.pattern}</code>,
    },
    {
      id: "trunk",
      title: "Trunk",
      width: 150,
      value: (row) => namesOf(house.trunks, [row.trunkId, ...row.backupTrunkIds]),
    },
    {
      id: "for",
      title: "For",
      width: 150,
      value: (row) =>
        [
          namesOf(house.teams, row.teamIds),
          namesOf(house.agents, row.agentIds),
          namesOf(house.telephones, row.telephoneIds),
        ]
          .filter((names) => names !== "")
          .join(", ") || "everybody",
    },
    { id: "strip", title: "Strips", width: 70, numeric: true, value: (row) => row.stripDigits },
    { id: "prefix", title: "Prefix name", width: 130, value: (row) => row.prefix },
    { id: "callerId", title: "Number shown", width: 150, value: (row) => row.callerId },
  ],
  nameOf: (row) => row.name,
  fresh: { stripDigits: 0, recordPercent: 0, backupTrunkIds: [], teamIds: [], agentIds: [], telephoneIds: [] },
  valuesOf: ({ id: _, ...route }) => route,
  options: (house) => ({
    trunkId: optionsOf(house.trunks),
    backupTrunkIds: optionsOf(house.trunks),
    teamIds: optionsOf(house.teams),
    agentIds: optionsOf(house.agents),
    telephoneIds: optionsOf(house.telephones),
  }),
  draw: { pattern: (drawing, values) => <PatternInput {...drawing} stripDigits={Number(values.stripDigits ?? 0)} /> },
  removal: () => null,
  remake: ({ id: _, ...route }) => route,
};
