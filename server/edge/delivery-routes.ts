import Type from "typebox";
import { Delivery, DeliveryBody, MailSettings, MailSettingsBody, MailTestBody, Page } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";

const params = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

/** Reports that go out by mail, and how the house sends mail. */
export function deliveryRoutes(app: App, { deliveries, mail }: Services): void {
  const tags = ["deliveries"];
  const may = { config: { may: "reports.read" } } as const;
  app.get(
    "/deliveries",
    { ...may, schema: { tags, summary: "Reports that go out by mail", response: { 200: Page(Delivery) } } },
    async (_request, reply) => send(reply, await deliveries.list()),
  );
  app.post(
    "/deliveries",
    {
      ...may,
      schema: { tags, summary: "Send a report by mail from now on", body: DeliveryBody, response: { 201: Delivery } },
    },
    async ({ actor, body }, reply) => send(reply, await deliveries.create(actor, body), 201),
  );
  app.put(
    "/deliveries/:id",
    { ...may, schema: { tags, summary: "Change a delivery", params, body: DeliveryBody, response: { 200: Delivery } } },
    async ({ actor, params: { id }, body }, reply) => send(reply, await deliveries.change(actor, id, body)),
  );
  app.delete(
    "/deliveries/:id",
    { ...may, schema: { tags, summary: "Send it no more", params, response: { 204: Type.Null() } } },
    async ({ actor, params: { id } }, reply) => send(reply, await deliveries.remove(actor, id)),
  );

  const set = { config: { may: "settings.change" } } as const;
  app.get(
    "/mail-settings",
    {
      ...set,
      schema: { tags: ["settings"], summary: "How mail is sent; never the password", response: { 200: MailSettings } },
    },
    async (_request, reply) => send(reply, await mail.settings()),
  );
  app.put(
    "/mail-settings",
    {
      ...set,
      schema: {
        tags: ["settings"],
        summary: "Set how mail is sent",
        body: MailSettingsBody,
        response: { 200: MailSettings },
      },
    },
    async ({ actor, body }, reply) => send(reply, await mail.change(actor, body)),
  );
  app.delete(
    "/mail-settings",
    { ...set, schema: { tags: ["settings"], summary: "Send no mail any more", response: { 204: Type.Null() } } },
    async ({ actor }, reply) => send(reply, await mail.forget(actor)),
  );
  app.post(
    "/mail-settings/test",
    {
      ...set,
      schema: {
        tags: ["settings"],
        summary: "Send a few words to see whether it works",
        body: MailTestBody,
        response: { 204: Type.Null() },
      },
    },
    async ({ actor, body }, reply) => send(reply, await mail.test(actor, body.to)),
  );
}
