import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { isOutage } from "../db/outage.ts";
import { Refusal } from "../refusal.ts";
import { TooManyPasswords } from "../staff/password-service.ts";
import { PROBLEM_TYPE, problem, send } from "./app.ts";
import { fieldProblems, sentenceFor, type ValidationError } from "./validation-words.ts";

/** A refusal out of a hook, where nothing can be returned. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.title);
    this.refusal = refusal;
  }
}

const PARTS: Record<string, string> = { body: "body", querystring: "query", params: "address", headers: "head" };

const MEGABYTE = 1024 * 1024;

/** Every error as a problem document. What is nobody's fault but ours says its number and nothing of the inside. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request.routeOptions.bodyLimit);
  if (refusal !== null) {
    if (refusal.code === "database.unavailable") request.log.warn({ err: error }, "the database is away");
    return send(reply, refusal);
  }
  const faultId = randomUUID();
  request.log.error({ err: error, faultId, method: request.method, route: request.routeOptions.url }, "fault");
  const title = `Something went wrong in Perch. It is written down as ${faultId}.`;
  return send(reply, new Refusal("fault", title, { faultId }));
}

function refusalOf(error: FastifyError | Error, most: number | undefined): Refusal | null {
  if (error instanceof RefusedRequest) return error.refusal;
  if (error instanceof TooManyPasswords) {
    return new Refusal("request.too-many", "Too many passwords wait to be checked. Try again.", { retryAfterS: 1 });
  }
  if (isOutage(error)) return databaseAway();
  if (!("statusCode" in error) || typeof error.statusCode !== "number" || error.statusCode >= 500) return null;
  if (error.validation !== undefined) {
    const errors = fieldProblems(error.validation as unknown as ValidationError[]);
    const [first] = errors;
    const part = PARTS[error.validationContext ?? ""] ?? "request";
    const title = first === undefined ? `The ${part} is not valid.` : sentenceFor(part, first);
    return new Refusal("request.invalid", title, { field: first?.field ?? "", errors });
  }
  if (error.statusCode === 413) {
    const size = most === undefined ? "it may be" : most < MEGABYTE ? `${most / 1024} kB` : `${most / MEGABYTE} MB`;
    return new Refusal("request.too-large", `The body is larger than ${size}.`);
  }
  if (error.statusCode === 415)
    return new Refusal("request.invalid", "Send JSON, with content-type: application/json.");
  if (error instanceof SyntaxError || error.code.startsWith("FST_ERR_CTP_")) {
    return new Refusal("request.invalid", "The body is not JSON, or it is cut off.");
  }
  return new Refusal("request.invalid", "The request cannot be understood.");
}

export const databaseAway = (): Refusal =>
  new Refusal("database.unavailable", "The database cannot be reached. Calls go on; try again in a moment.", {
    retryAfterS: 2,
  });

/** Answers what is not HTTP, is too long or too slow, where there is no request yet to answer to. */
export function answerBrokenClient(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === "HPE_HEADER_OVERFLOW" ? 431 : error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const body = JSON.stringify({ ...problem("request.invalid", "The request cannot be understood."), status });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${PROBLEM_TYPE}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
