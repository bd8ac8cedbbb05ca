import Type from "typebox";
import {
  DataQuery,
  DataQueryBody,
  DataQueryFound,
  DataQueryTry,
  HouseSecret,
  HouseSecretBody,
  Id,
  SmsGateway,
  SmsTestBody,
} from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { administeredRoutes } from "./administered-routes.ts";
import { type App, send } from "./app.ts";

/** What projects need of other systems. Secrets are written and never read. */
export function connectionRoutes(app: App, { houseSecrets, dataQueries, sms }: Services): void {
  const read = "staff.read";
  const change = "staff.change";
  const set = { config: { may: "settings.change" } } as const;
  administeredRoutes(app, {
    ...{ path: "/secrets", one: "secret", body: HouseSecretBody, view: HouseSecret, service: houseSecrets },
    ...{ read, change },
  });
  administeredRoutes(app, {
    ...{ path: "/data-queries", one: "query", body: DataQueryBody, view: DataQuery, service: dataQueries },
    ...{ read, change },
  });
  app.post(
    "/data-queries/:id/try",
    {
      config: { may: change },
      schema: {
        tags: ["data-queries"],
        summary: "Ask it with these values",
        params: Type.Object({ id: Id }),
        body: DataQueryTry,
        response: { 200: DataQueryFound },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await dataQueries.tryOut(actor, params.id, body)),
  );
  const tags = ["settings"];
  app.get(
    "/sms-gateway",
    { ...set, schema: { tags, summary: "How short messages are sent", response: { 200: SmsGateway } } },
    async (_, reply) => send(reply, await sms.gateway()),
  );
  app.put(
    "/sms-gateway",
    {
      ...set,
      schema: { tags, summary: "Set how short messages are sent", body: SmsGateway, response: { 200: SmsGateway } },
    },
    async ({ actor, body }, reply) => send(reply, await sms.change(actor, body)),
  );
  app.delete(
    "/sms-gateway",
    { ...set, schema: { tags, summary: "Send no short messages any more", response: { 204: Type.Null() } } },
    async ({ actor }, reply) => send(reply, await sms.forget(actor)),
  );
  app.post(
    "/sms-gateway/test",
    {
      ...set,
      schema: {
        tags,
        summary: "Send a few words to see whether it works",
        body: SmsTestBody,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, body }, reply) => send(reply, await sms.test(actor, body.to)),
  );
}
