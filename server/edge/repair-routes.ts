import Type from "typebox";
import { Alarm, Id, Page, Repair } from "../../contract/views.ts";
import { readListQuery } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const tags = ["supervision"];
const config = { may: "supervision.act" } as const;
const LONGEST_PAGE = 500;

/** What reconciling found and repaired, and the alarms that nobody took note of yet. */
export function repairRoutes(app: App, { reconcile, alarms }: Services): void {
  app.get(
    "/supervision/repairs",
    {
      config,
      schema: {
        tags,
        summary: "What was otherwise than it should be, the newest first",
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_PAGE })),
            cursor: Type.Optional(Type.String({ maxLength: 200 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page(Repair) },
      },
    },
    async ({ query }, reply) => {
      const read = readListQuery(query, 100);
      if (read instanceof Refusal) return send(reply, read);
      return send(reply, await reconcile.list({ limit: read.limit, before: read.after?.id ?? null }));
    },
  );
  app.get(
    "/supervision/alarms",
    { config, schema: { tags, summary: "Open alarms", response: { 200: Page(Alarm) } } },
    async (_request, reply) => send(reply, { rows: alarms.open(), next: null }),
  );
  app.post(
    "/supervision/alarms/:id/acknowledge",
    {
      config,
      schema: {
        tags,
        summary: "Take note of an alarm",
        params: Type.Object({ id: Id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, params }, reply) => send(reply, await alarms.acknowledge(actor, params.id)),
  );
}
