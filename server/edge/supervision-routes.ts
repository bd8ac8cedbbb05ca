import Type from "typebox";
import { GiveBody, Id, PauseAgentBody, Session } from "../../contract/views.ts";
import type { Refusal } from "../refusal.ts";
import { Refusal as Refused } from "../refusal.ts";
import type { Services } from "../services.ts";
import type { OpenSession } from "../sessions/open-session-store.ts";
import type { Ending } from "../sessions/session-ending-service.ts";
import { type App, send } from "./app.ts";
import { presentSession } from "./present.ts";

const tags = ["supervision"];
const config = { may: "supervision.act" } as const;
const Params = Type.Object({ id: Id });
/** Ended now; or it ends with the call that is going on; or there was nothing to end. */
const Outcome = Type.Object({ outcome: Type.Enum(["ended", "when-call-ends", "nothing-open"]) });

const Given = Type.Object({ outcome: Type.Enum(["given", "when-call-ends", "when-asker-is-back"]) });

/** What supervisors do about other people's sessions. Every act is written to the audit log. */
export function supervisionRoutes(app: App, { sessionEndings, pauses, signals, takeovers }: Services): void {
  const outcome = (answer: Ending | Refusal) => (answer instanceof Refused ? answer : { outcome: answer });
  const present = (answer: OpenSession | Refusal) =>
    answer instanceof Refused ? answer : presentSession(answer, signals);
  app.post(
    "/supervision/agents/:id/pause",
    {
      config,
      schema: { tags, summary: "Pause an agent", params: Params, body: PauseAgentBody, response: { 200: Session } },
    },
    async ({ actor, params, body }, reply) =>
      send(reply, present(await pauses.pauseAgent(actor, params.id, body.reason ?? null))),
  );
  app.delete(
    "/supervision/agents/:id/pause",
    {
      config,
      schema: { tags, summary: "End a supervisor's pause", params: Params, response: { 200: Session } },
    },
    async ({ actor, params }, reply) => send(reply, present(await pauses.unpauseAgent(actor, params.id))),
  );
  app.post(
    "/supervision/telephones/:id/give",
    {
      config,
      schema: {
        tags,
        summary:
          "Give a held telephone to an agent, or to the one who asks for it; its holder finishes their call first",
        params: Params,
        body: GiveBody,
        response: { 200: Given },
      },
    },
    async ({ actor, params, body }, reply) => {
      const answer = await takeovers.give(actor, params.id, body.agentId ?? null);
      return send(reply, answer instanceof Refused ? answer : { outcome: answer });
    },
  );
  app.post(
    "/supervision/telephones/:id/release",
    { config, schema: { tags, summary: "Release a telephone", params: Params, response: { 200: Outcome } } },
    async ({ actor, params }, reply) => send(reply, outcome(await sessionEndings.releaseTelephone(actor, params.id))),
  );
  app.post(
    "/supervision/agents/:id/log-out",
    { config, schema: { tags, summary: "Log an agent out", params: Params, response: { 200: Outcome } } },
    async ({ actor, params }, reply) => send(reply, outcome(await sessionEndings.logOutAgent(actor, params.id))),
  );
}
