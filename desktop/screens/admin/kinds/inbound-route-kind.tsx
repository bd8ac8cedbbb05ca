import { InboundRouteBody } from "../../../../contract/views.ts";
import { namesOf } from "../house.ts";
import type { Kind } from "../kind.ts";
import { OrderedQueues } from "../ordered-queues.tsx";

/** Which called number goes where. */
export const inboundRouteKind: Kind<"inbound-routes"> = {
  collection: "inbound-routes",
  title: "Inbound routes",
  one: "inbound route",
  purpose: "Which called number goes to which queue, and where the caller goes when nobody answered there.",
  schema: InboundRouteBody,
  words: {
    number: {
      label: "Called number",
      hint: "As the provider sends it, often with + and country",
      shape: "Up to 20 digits, with or without a leading +",
    },
    actions: { label: "Queues, in order", hint: "The caller goes to the next when the longest wait of one is over" },
    recordPercent: { hint: "Of a hundred calls to this number, whatever the queue says", blank: "As the queue says" },
  },
  columns: (house) => [
    { id: "number", title: "Called number", width: 200, value: (row) => row.number },
    {
      id: "actions",
      title: "Goes to",
      width: 420,
      value: (row) =>
        row.actions.map((action) => ("queue" in action ? namesOf(house.queues, [action.queue]) : "…")).join(" › "),
    },
  ],
  nameOf: (row) => row.number,
  fresh: { actions: [] },
  valuesOf: ({ number, actions, recordPercent }) => ({ number, actions, recordPercent }),
  draw: { actions: (drawing, _, house) => <OrderedQueues {...drawing} queues={house.queues} /> },
  removal: () => null,
  remake: ({ number, actions, recordPercent }) => ({ number, actions, recordPercent }),
};
