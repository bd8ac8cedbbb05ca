import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { type Problem, REFUSALS, type RefusalCode } from "../../contract/refusal.ts";
import { Refusal } from "../refusal.ts";
import type { Action, SignedIn } from "../staff/permission.ts";

/** What a route file registers its routes on: paths are relative to `/api/v1`, schemas give types, validation and OpenAPI. */
export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks. On a route that is open to anyone it must not be read. */
    actor: SignedIn;
  }
  interface FastifyContextConfig {
    /** What the asker must be allowed to do; every route says it, or the server does not start. */
    may?: Action | "anyone";
  }
}

export const PROBLEM_TYPE = "application/problem+json";

/** A refusal as it travels (RFC 9457). `about:blank` as type: the code is the name to rely on. */
export function problem(code: RefusalCode, title: string, facts: Record<string, unknown> = {}): Problem {
  return { ...facts, type: "about:blank", code, title, status: REFUSALS[code] };
}

interface Answering {
  code(status: number): unknown;
  type(contentType: string): unknown;
  header(name: string, value: string | number): unknown;
  send(payload?: unknown): unknown;
}

/**
 * Answers with a result, or with the refusal there is instead. `undefined` is an empty 204.
 * For a handler's return: `return send(reply, await service.act(…))`.
 */
export function send<R extends Answering>(reply: R, result: unknown, status = 200): R {
  if (result instanceof Refusal) {
    const { retryAfterS } = result.facts;
    if (typeof retryAfterS === "number") reply.header("retry-after", retryAfterS);
    reply.code(REFUSALS[result.code]);
    reply.type(PROBLEM_TYPE);
    reply.send(problem(result.code, result.title, result.facts));
  } else if (result === undefined) {
    reply.code(204);
    reply.send();
  } else {
    reply.code(status);
    reply.send(result);
  }
  return reply;
}
