import type { Server } from "node:http";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastify, { type FastifyBaseLogger, type FastifySerializerCompiler, LogController } from "fastify";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { may } from "../staff/permission.ts";
import { type App, send } from "./app.ts";
import { balanceRoutes } from "./balance-routes.ts";
import { callRoutes } from "./call-routes.ts";
import { connectionRoutes } from "./connection-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import { isForeignOrigin, readCredentials } from "./credentials.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { describedReportRoutes } from "./described-report-routes.ts";
import { serveDesktop } from "./desktop-files.ts";
import { serveDocumentation } from "./documentation.ts";
import { healthRoutes } from "./health-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { itemRoutes } from "./item-routes.ts";
import { pinRoutes } from "./pin-routes.ts";
import { answerBrokenClient, answerError, databaseAway, RefusedRequest } from "./problem-handler.ts";
import { projectRoutes } from "./project-routes.ts";
import { promptRoutes } from "./prompt-routes.ts";
import { recordingRoutes } from "./recording-routes.ts";
import { repairRoutes } from "./repair-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { requestValidator } from "./request-validator.ts";
import { routeRoutes } from "./route-routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { sessionRoutes } from "./session-routes.ts";
import { settingsRoutes } from "./settings-routes.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { staffRoutes } from "./staff-routes.ts";
import { supervisionRoutes } from "./supervision-routes.ts";
import { takeoverRoutes } from "./takeover-routes.ts";
import { telephoneRoutes } from "./telephone-routes.ts";

export interface HttpOptions {
  services: Services;
  log: FastifyBaseLogger;
  version: string;
  /** The built desktop; null where there is none. */
  desktop: string | null;
  /** Requests a minute from one address. */
  requestsPerMinute?: number;
  /** Tests look at every answer with its schema here. */
  serializer?: FastifySerializerCompiler<unknown>;
}

export interface Http {
  /** For what takes over connections, such as the live socket. */
  server: Server;
  /** Answers the address people use. Port 0 takes any free one. */
  listen(where: { host: string; port: number }): Promise<string>;
  /** The addresses it answers, with their parameters as `:name`. */
  routes(): string[];
  /** Takes no more, waits for what is being answered, at most some seconds. */
  close(): Promise<void>;
}

/** One line a feature. */
const ROUTES: ((app: App, services: Services) => void)[] = [
  healthRoutes,
  signInRoutes,
  staffRoutes,
  pinRoutes,
  telephoneRoutes,
  connectionRoutes,
  contactRoutes,
  settingsRoutes,
  routeRoutes,
  sessionRoutes,
  takeoverRoutes,
  supervisionRoutes,
  repairRoutes,
  callRoutes,
  promptRoutes,
  recordingRoutes,
  itemRoutes,
  reportRoutes,
  describedReportRoutes,
  deliveryRoutes,
  historyRoutes,
  balanceRoutes,
  projectRoutes,
];

const API = "/api/v1";
const BODY_BYTES = 256 * 1024;
/** Slowloris: who does not get his request across in time is cut off. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 15_000;
const HEADER_BYTES = 16 * 1024;
const CONNECTIONS = 20_000;
const CLOSE_MS = 3000;
/** Generous: a house of 200 desktops behind one address must not feel it. */
const REQUESTS_PER_MINUTE = 12_000;
/** GET and HEAD change nothing (RFC 9110, 9.2.1). */
const SAFE = new Set(["GET", "HEAD"]);

/** Builds the HTTP side: every route, behind one gate that knows who asks and what he may. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { services, log } = options;
  const app: App = fastify({
    loggerInstance: log,
    // Fastify would log whole addresses, with the numbers and names that were searched for in them.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 72_000,
    // A proxy on this machine may say for whom it asks; nobody else may.
    trustProxy: "loopback",
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS },
    clientErrorHandler: answerBrokenClient,
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply as never);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = CONNECTIONS;
  const addresses = new Set<string>();
  app.addHook("onRoute", ({ url }) => void addresses.add(url));
  app.setValidatorCompiler(requestValidator);
  // Views are made by hand, field by field; running them through a second schema would cost more than making them.
  app.setSerializerCompiler(options.serializer ?? (() => (value: unknown) => JSON.stringify(value)));
  app.setErrorHandler(answerError);
  app.decorateRequest("actor");

  await app.register(cookie);
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    cache: 20_000,
    errorResponseBuilder: (_request, { ttl }) =>
      new RefusedRequest(
        new Refusal("request.too-many", "Too many requests. Try again soon.", { retryAfterS: Math.ceil(ttl / 1000) }),
      ),
  });
  securityHeaders(app);
  await serveDocumentation(app, { prefix: API, version: options.version });
  await app.register(
    async (api: App) => {
      gate(api, services);
      for (const routes of ROUTES) routes(api, services);
    },
    { prefix: API },
  );
  await serveDesktop(app, { folder: options.desktop, api: API });
  app.addHook("onResponse", async (request, reply) => {
    const { method, ip, routeOptions } = request;
    // The route, not the address: numbers and names that were searched for stay out of the log.
    const line = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime), ip };
    if (reply.statusCode >= 500) log.warn(line, "request");
    else log.debug(line, "request");
  });

  return {
    server: app.server,
    async listen({ host, port }) {
      await app.listen({ host, port });
      const bound = app.server.address();
      const used = typeof bound === "object" && bound !== null ? bound.port : port;
      const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
      return `http://${name}:${used}`;
    },
    routes: () => [...addresses],
    async close() {
      const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS);
      await app.close();
      clearTimeout(cut);
    },
  };
}

/** Who asks, and whether he may: before a body is read. */
function gate(api: App, services: Services): void {
  api.addHook("onRoute", (route) => {
    if (route.config?.may === undefined) {
      throw new Error(`the route ${route.method} ${route.url} does not say who may use it (config.may)`);
    }
  });
  api.addHook("onRequest", async (request) => {
    if (request.is404) return;
    const wanted = request.routeOptions.config.may;
    const unsafe = !SAFE.has(request.method);
    const foreignPage = unsafe && isForeignOrigin(request.headers);
    if (wanted === "anyone") {
      if (foreignPage) throw foreign();
      if (!services.health.isOpen() && request.routeOptions.url !== `${API}/health`) throw starting();
      return;
    }
    if (!services.health.isOpen()) throw starting();
    const credentials = readCredentials(request.headers);
    if (credentials === null) throw signInFirst();
    if (credentials.from === "cookie" && foreignPage) throw foreign();
    const actor = await services.signIn.authenticate(credentials.token);
    if (actor === null) throw signInFirst();
    if (wanted === undefined || !may(actor, wanted)) {
      throw new RefusedRequest(new Refusal("not-permitted", `A person of your role (${actor.role}) may not do this.`));
    }
    request.actor = actor;
  });
  api.setNotFoundHandler((_request, reply) =>
    send(reply, new Refusal("not-found", "There is nothing at this address.")),
  );
}

const signInFirst = () => new RefusedRequest(new Refusal("sign-in.required", "Sign in first."));
const foreign = () =>
  new RefusedRequest(new Refusal("not-permitted", "This request comes from a page that is not Perch's own."));
function starting(): RefusedRequest {
  const { code, facts } = databaseAway();
  return new RefusedRequest(new Refusal(code, "Perch is starting and waits for its database.", facts));
}
