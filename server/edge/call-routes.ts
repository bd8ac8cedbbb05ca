import Type from "typebox";
import {
  Destination,
  DialBody,
  DisposeBody,
  Leg,
  MissedCall,
  Page,
  ReportCallRow,
  ToDispose,
  TransferBody,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { LONGEST_REPORT_PAGE } from "../reports/report-filter.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const tags = ["calls"];
const config = { may: "calls.use" } as const;
/** A leg's id is Asterisk's, with the node in front. */
const LegParams = Type.Object({ legId: Type.String({ minLength: 1, maxLength: 150, pattern: "^[^\\u0000]+$" }) });
const Cursor = Type.String({ maxLength: 1000, description: "`next` of the page before" });
const Limit = (longest: number) => Type.Integer({ minimum: 1, maximum: longest, description: "Rows of a page" });

const Disposed = Type.Object({
  legId: Type.String(),
  agentId: Type.Integer(),
  disposition: Type.Array(Type.String()),
  contactId: Type.Union([Type.Integer(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
  disposedAt: Type.String({ format: "date-time" }),
});

const search = {
  tags,
  summary: "Whom a call can be sent to, the free ones first",
  querystring: Type.Object(
    { q: Type.Optional(Type.String({ maxLength: 80, pattern: "^[^\\u0000]*$" })) },
    { additionalProperties: false },
  ),
  response: { 200: Page(Destination) },
};

/** An agent's own calls: those on his telephone, those to dispose, those he has taken. */
export function callRoutes(app: App, services: Services): void {
  const { liveLegs, dispositions, missedCalls, callControl, hands, destinations, reportCalls } = services;

  app.get(
    "/calls/current",
    { config, schema: { tags, summary: "The legs on my telephone now", response: { 200: Page(Leg) } } },
    async ({ actor }, reply) => {
      const rows = liveLegs.legsOf(actor.staffId).filter((leg) => leg.state !== "ended");
      return send(reply, { rows, next: null });
    },
  );
  app.get(
    "/calls/to-dispose",
    {
      config,
      schema: {
        tags,
        summary: "Calls I took and have not disposed",
        querystring: Type.Object(
          { limit: Type.Optional(Limit(200)), cursor: Type.Optional(Cursor) },
          { additionalProperties: false },
        ),
        response: { 200: Page(ToDispose) },
      },
    },
    async ({ actor, query }, reply) => send(reply, await dispositions.toDispose(actor.staffId, query)),
  );
  app.get(
    "/calls/missed",
    {
      config,
      schema: {
        tags,
        summary: "Calls that rang at my telephone and that nobody answered, the newest first",
        querystring: Type.Object({ from: Type.String({ format: "date-time" }) }, { additionalProperties: false }),
        response: { 200: Page(MissedCall) },
      },
    },
    async ({ actor, query }, reply) => send(reply, await missedCalls.missed(actor.staffId, new Date(query.from))),
  );
  app.get(
    "/voice-calls",
    {
      config,
      schema: {
        tags,
        summary: "My calls, the newest first",
        querystring: Type.Object(
          {
            from: Type.Optional(Type.String({ format: "date-time" })),
            to: Type.Optional(Type.String({ format: "date-time" })),
            number: Type.Optional(Type.String({ maxLength: 40, pattern: "^[^\\u0000]*$" })),
            limit: Type.Optional(Limit(LONGEST_REPORT_PAGE)),
            cursor: Type.Optional(Cursor),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page(ReportCallRow) },
      },
    },
    async ({ actor, query }, reply) => send(reply, await reportCalls.list({ ...query, userId: actor.staffId })),
  );
  app.post(
    "/calls/:legId/disposition",
    {
      config,
      schema: {
        tags,
        summary: "Choose the outcome of a call",
        params: LegParams,
        body: DisposeBody,
        response: { 200: Disposed },
      },
    },
    async ({ actor, params, body }, reply) => {
      const done = await dispositions.dispose(actor, params.legId, body);
      if (done instanceof Refusal) return send(reply, done);
      const { legId, agentId, path, contactId, note, disposedAt } = done;
      return send(reply, { legId, agentId, disposition: path, contactId, note, disposedAt: disposedAt.toISOString() });
    },
  );
  app.post(
    "/calls",
    { config, schema: { tags, summary: "Dial from my telephone", body: DialBody, response: { 204: Type.Null() } } },
    async ({ actor, body }, reply) => send(reply, await callControl.dial(actor.staffId, body.to)),
  );
  app.post(
    "/calls/:legId/hangup",
    { config, schema: { tags, summary: "Hang up my call", params: LegParams, response: { 204: Type.Null() } } },
    async ({ actor, params }, reply) => send(reply, await callControl.hangUp(actor.staffId, params.legId)),
  );
  app.get("/calls/destinations", { config, schema: search }, async ({ actor, query }, reply) => {
    const rows = await destinations.search(actor.staffId, query.q?.trim() || null);
    return send(reply, { rows, next: null });
  });
  app.post(
    "/calls/:legId/transfer",
    {
      config,
      schema: {
        tags,
        summary: "Send the other party on, or ask somebody from my telephone first",
        params: LegParams,
        body: TransferBody,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await hands.transfer(actor.staffId, params.legId, body)),
  );
  app.post(
    "/calls/:legId/park",
    {
      config,
      schema: {
        tags,
        summary: "Put the other party by; `code` dialled on any telephone takes him back",
        params: LegParams,
        response: { 200: Type.Object({ code: Type.String() }) },
      },
    },
    async ({ actor, params }, reply) => send(reply, await hands.park(actor.staffId, params.legId)),
  );
  const acts = [
    ["hold", "The other party hears music", hands.hold],
    ["resume", "Take the other party back", hands.resume],
    ["transfer/complete", "Hand the other party over to whom I asked", hands.complete],
    ["transfer/cancel", "Stop asking, and take the other party back", hands.cancel],
  ] as const;
  for (const [path, summary, act] of acts) {
    app.post(
      `/calls/:legId/${path}`,
      { config, schema: { tags, summary, params: LegParams, response: { 204: Type.Null() } } },
      async ({ actor, params }, reply) => send(reply, await act(actor.staffId, params.legId)),
    );
  }
}
