import Type from "typebox";
import { AskedFor, Id, TakeoverAnswerBody } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const tags = ["session"];
const config = { may: "session.use" } as const;
const Params = Type.Object({ id: Id });

/** Asking for a telephone that somebody holds, and answering who asks. */
export function takeoverRoutes(app: App, { takeovers }: Services): void {
  app.post(
    "/telephones/:id/ask",
    {
      config,
      schema: { tags, summary: "Ask the holder of a telephone for it", params: Params, response: { 201: AskedFor } },
    },
    async ({ actor, params }, reply) => send(reply, await takeovers.ask(actor.staffId, params.id), 201),
  );
  app.delete(
    "/telephones/asked",
    {
      config,
      schema: { tags, summary: "Take back what I ask for, or put its answer aside", response: { 204: Type.Null() } },
    },
    async ({ actor }, reply) => send(reply, await takeovers.withdraw(actor.staffId)),
  );
  app.post(
    "/session/takeover-request/:id",
    {
      config,
      schema: {
        tags,
        summary: "Give my telephone to who asks for it, or keep it",
        params: Params,
        body: TakeoverAnswerBody,
        response: {
          200: Type.Object({ answer: Type.Enum(["given", "when-call-ends", "when-asker-is-back", "kept"]) }),
        },
      },
    },
    async ({ actor, params, body }, reply) => {
      const answer = await takeovers.answer(actor.staffId, params.id, body.answer);
      return send(reply, answer instanceof Refusal ? answer : { answer });
    },
  );
}
