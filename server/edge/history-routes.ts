import Type from "typebox";
import { AgentHistory, Id, TelephoneHistory } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const params = Type.Object({ id: Id });
const querystring = Type.Object(
  {
    from: Type.String({ format: "date-time", description: "From this instant on" }),
    to: Type.String({ format: "date-time", description: "Before this instant; at most 31 days later" }),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: "`next` of the page before" })),
  },
  { additionalProperties: false },
);

/** What was: an agent's days, and who sat at a telephone. */
export function historyRoutes(app: App, { histories }: Services): void {
  app.get(
    "/agents/:id/history",
    {
      config: { may: "history.read" },
      schema: {
        tags: ["agents"],
        summary: "An agent's sessions with their telephones, causes, calls and states",
        params,
        querystring,
        response: { 200: AgentHistory },
      },
    },
    async ({ actor, params: { id }, query }, reply) => send(reply, await histories.ofAgent(actor, id, query)),
  );
  app.get(
    "/telephones/:id/history",
    {
      config: { may: "staff.read" },
      schema: {
        tags: ["telephones"],
        summary: "Who sat at a telephone, and when",
        params,
        querystring,
        response: { 200: TelephoneHistory },
      },
    },
    async ({ params: { id }, query }, reply) => send(reply, await histories.ofTelephone(id, query)),
  );
}
