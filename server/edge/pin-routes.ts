import Type from "typebox";
import { Agent, Id } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

/** The lock that too many wrong PINs put on an agent's number. */
export function pinRoutes(app: App, { pins, agents }: Services): void {
  app.post(
    "/agents/:id/unlock-pin",
    {
      config: { may: "staff.change" },
      schema: {
        tags: ["agents"],
        summary: "End the lock of an agent's PIN",
        params: Type.Object({ id: Id }),
        response: { 200: Agent },
      },
    },
    async ({ actor, params }, reply) =>
      send(reply, (await pins.unlock(actor, params.id)) ?? (await agents.get(params.id))),
  );
}
