import type { FastifyRequest } from "fastify";
import Type from "typebox";
import { Me, SignInAnswer, SignInBody } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";
import { COOKIE, readCredentials } from "./credentials.ts";

/** Signing in and out, and who one is. */
export function signInRoutes(app: App, services: Services): void {
  const tags = ["sign-in"];
  /** Behind a proxy that ends TLS the page's Origin still says how the browser came. */
  const cookie = (request: FastifyRequest) => ({
    path: "/",
    httpOnly: true,
    sameSite: "strict" as const,
    secure: request.protocol === "https" || (request.headers.origin?.startsWith("https://") ?? false),
  });

  app.post(
    "/sign-in",
    {
      config: { may: "anyone" },
      schema: { tags, summary: "Sign in", body: SignInBody, response: { 200: SignInAnswer } },
    },
    async (request, reply) => {
      const { username, password } = request.body;
      const answer = await services.signIn.signIn({ username, password, address: request.ip });
      // Without an end of its own: the server decides when it is over, the browser forgets it when it is closed.
      if (!(answer instanceof Refusal)) reply.setCookie(COOKIE, answer.token, cookie(request));
      return send(reply, answer);
    },
  );
  app.post(
    "/sign-out",
    { config: { may: "own.use" }, schema: { tags, summary: "Sign out", response: { 204: Type.Null() } } },
    async (request, reply) => {
      const credentials = readCredentials(request.headers);
      if (credentials !== null) await services.signIn.signOut(credentials.token);
      reply.clearCookie(COOKIE, cookie(request));
      return send(reply, undefined);
    },
  );
  app.get(
    "/me",
    { config: { may: "own.use" }, schema: { tags, summary: "Who I am", response: { 200: Me } } },
    async (request, reply) => send(reply, await services.signIn.me(request.actor.staffId)),
  );
}
