import { TrunkBody } from "../../../../contract/views.ts";
import { KEPT } from "../../../model/form-fields.ts";
import type { Kind } from "../kind.ts";

/** The lines to providers. */
export const trunkKind: Kind<"trunks"> = {
  collection: "trunks",
  title: "Trunks",
  one: "trunk",
  purpose: "The line to your telephone provider: calls come in and go out through it.",
  schema: TrunkBody,
  words: {
    name: { hint: "As you call the provider" },
    host: { hint: "The provider’s SIP server", shape: "A host name or an address" },
    match: {
      hint: "Calls from these addresses or networks are taken as this trunk’s: 203.0.113.10, 198.51.100.0/24",
      shape: "An address like 203.0.113.10 or a network like 198.51.100.0/24",
    },
    username: { hint: "Where the provider asks for a sign-in", shape: "Letters, digits, dot, dash and underscore" },
    password: { shape: "No blanks or accented letters" },
  },
  secrets: ["password"],
  columns: (house) => [
    { id: "name", title: "Name", width: 180, value: (row) => row.name },
    { id: "host", title: "Host", width: 220, value: (row) => `${row.host}${row.port === 5060 ? "" : `:${row.port}`}` },
    { id: "match", title: "Calls come from", width: 240, value: (row) => row.match.join(", ") },
    { id: "signIn", title: "Signs in as", width: 120, value: (row) => row.username },
    {
      id: "routes",
      title: "Outbound routes",
      width: 200,
      value: (row) =>
        house.outboundRoutes
          .filter((route) => route.trunkId === row.id)
          .map((route) => route.name)
          .join(", "),
    },
  ],
  nameOf: (row) => row.name,
  fresh: { port: 5060, match: [] },
  valuesOf: ({ name, host, port, match, username, hasPassword }) => ({
    name,
    host,
    port,
    match,
    username,
    password: hasPassword ? KEPT : null,
  }),
  removal: (row, house) => {
    const routes = house.outboundRoutes.filter((route) => route.trunkId === row.id);
    return routes.length > 0 ? (
      <p>
        Calls go out through it by {routes.map((route) => route.name).join(", ")}: give{" "}
        {routes.length === 1 ? "that route" : "those routes"} another trunk first.
      </p>
    ) : (
      <p>Calls from {row.host} are no longer taken. Calls that go on now are not cut.</p>
    );
  },
};
