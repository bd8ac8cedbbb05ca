import type { FastifyReply } from "fastify";
import Type from "typebox";
import { Choices, MoveBody, PauseStartBody, Session, SessionBody } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import type { OpenSession } from "../sessions/open-session-store.ts";
import { noSession } from "../sessions/session-service.ts";
import { type App, send } from "./app.ts";
import { presentSession } from "./present.ts";

const tags = ["session"];
const config = { may: "session.use" } as const;

/** An agent's own working period: choosing a telephone, logging in and out, moving, pausing. */
export function sessionRoutes(app: App, services: Services): void {
  const { choices, signals, sessions, sessionEndings, pauses } = services;
  const present = (answer: OpenSession | Refusal) =>
    answer instanceof Refusal ? answer : presentSession(answer, signals);

  app.get(
    "/telephones/choices",
    {
      config: { may: "choices.read" },
      schema: {
        tags,
        summary: "The telephones I can choose from, the others with their reason",
        response: { 200: Choices },
      },
    },
    async ({ actor }, reply) => {
      const { role, staffId: agentId, hotdesk } = actor;
      // The list is kept as JSON: encoding it anew for each asker would cost more than all the rest.
      return sendPieces(reply, choices.encode(role === "agent" ? { agentId, hotdesk } : "all"));
    },
  );

  app.post(
    "/session",
    { config, schema: { tags, summary: "Log in on a telephone", body: SessionBody, response: { 201: Session } } },
    async ({ actor, body }, reply) => send(reply, present(await sessions.login(actor.staffId, body)), 201),
  );
  app.get(
    "/session",
    { config, schema: { tags, summary: "My session", response: { 200: Session } } },
    async ({ actor }, reply) => send(reply, present((await sessions.current(actor.staffId)) ?? noSession())),
  );
  app.delete(
    "/session",
    { config, schema: { tags, summary: "Log out", response: { 204: Type.Null() } } },
    async ({ actor }, reply) => send(reply, await sessionEndings.logOut(actor.staffId)),
  );
  app.put(
    "/session/telephone",
    { config, schema: { tags, summary: "Move to another telephone", body: MoveBody, response: { 200: Session } } },
    async ({ actor, body }, reply) => send(reply, present(await sessions.move(actor.staffId, body))),
  );
  app.post(
    "/session/pause",
    {
      config,
      schema: {
        tags,
        summary: "Take a break, now or when the call ends",
        body: PauseStartBody,
        response: { 200: Session },
      },
    },
    async ({ actor, body }, reply) => send(reply, present(await pauses.pause(actor.staffId, body.reason))),
  );
  app.delete(
    "/session/pause",
    { config, schema: { tags, summary: "Ready: end my pauses, and a break that waits", response: { 200: Session } } },
    async ({ actor }, reply) => send(reply, present(await pauses.resume(actor.staffId))),
  );
  app.post(
    "/session/wrap-up/extend",
    { config, schema: { tags, summary: "Make the wrap-up longer, once", response: { 200: Session } } },
    async ({ actor }, reply) => send(reply, present(await pauses.extendWrapUp(actor.staffId))),
  );
  app.delete(
    "/session/wrap-up",
    { config, schema: { tags, summary: "End wrap-up", response: { 200: Session } } },
    async ({ actor }, reply) => send(reply, present(await pauses.endWrapUp(actor.staffId))),
  );
}

/**
 * Past the framework, which takes one buffer or a stream: joining 1.5 MB for each answer is work for the collector,
 * and a stream waits for the reader between the pieces. Corked, they are handed to the system in one call.
 */
function sendPieces(reply: FastifyReply, pieces: Buffer[]): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.setHeader("content-type", "application/json; charset=utf-8");
  raw.setHeader(
    "content-length",
    pieces.reduce((bytes, piece) => bytes + piece.length, 0),
  );
  raw.cork();
  for (const piece of pieces) raw.write(piece);
  raw.end();
  return reply;
}
