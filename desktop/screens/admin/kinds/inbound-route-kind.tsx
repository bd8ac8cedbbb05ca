import { InboundRouteBody } from "../../../../contract/views.ts";
import { routeWords } from "../../../model/route-words.ts";
import type { Kind } from "../kind.ts";
import { OrderedActions } from "../routes/ordered-actions.tsx";
import { RouteNow } from "../routes/route-now.tsx";

/** Which called number goes where. */
export const inboundRouteKind: Kind<"inbound-routes"> = {
  collection: "inbound-routes",
  title: "Inbound routes",
  one: "inbound route",
  purpose: "Which called number goes where, and where the caller goes on when nobody took them there.",
  schema: InboundRouteBody,
  words: {
    number: {
      label: "Called number",
      hint: "As the provider sends it, often with + and country",
      shape: "Up to 20 digits, with or without a leading +",
    },
    actions: { label: "Goes to, in order", hint: "The caller goes on to the next where one did not take them" },
    recordPercent: { hint: "Of a hundred calls to this number, whatever the queue says", blank: "As the queue says" },
  },
  columns: (house) => [
    { id: "number", title: "Called number", width: 200, value: (row) => row.number },
    { id: "actions", title: "Goes to", width: 420, value: (row) => routeWords(row.actions, house) },
  ],
  nameOf: (row) => row.number,
  fresh: { actions: [] },
  valuesOf: ({ number, actions, recordPercent }) => ({ number, actions, recordPercent }),
  about: (row, house) => <RouteNow route={row} house={house} />,
  draw: { actions: (drawing, _, house) => <OrderedActions {...drawing} house={house} /> },
  removal: () => null,
  remake: ({ number, actions, recordPercent }) => ({ number, actions, recordPercent }),
};
