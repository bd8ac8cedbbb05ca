import Type from "typebox";
import { Id } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

/** Trying inbound routes out. */
export function routeRoutes(app: App, services: Services): void {
  app.post(
    "/inbound-routes/:id/try",
    {
      config: { may: "staff.change" },
      schema: {
        tags: ["inbound-routes"],
        summary: "Ring a telephone and let it call the route's number",
        params: Type.Object({ id: Id }),
        body: Type.Object({ telephoneId: Id }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => send(reply, await services.routeTrials.call(request.params.id, request.body.telephoneId)),
  );
}
