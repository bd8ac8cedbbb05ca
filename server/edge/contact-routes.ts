import Type from "typebox";
import { Contact, ContactBody, ContactList, ContactListBody, Id, Page } from "../../contract/views.ts";
import { readListQuery } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { administeredRoutes, LONGEST_PAGE, listQuery } from "./administered-routes.ts";
import { type App, send } from "./app.ts";

const ContactQuery = Type.Object(
  {
    ...listQuery(LONGEST_PAGE),
    number: Type.Optional(Type.String({ maxLength: 40, description: "A number, however it is written" })),
    listId: Type.Optional(Id),
  },
  { additionalProperties: false },
);

/** Contact lists and the contacts in them. */
export function contactRoutes(app: App, services: Services): void {
  administeredRoutes(app, {
    path: "/contact-lists",
    one: "contact list",
    body: ContactListBody,
    view: ContactList,
    service: services.contactLists,
    read: "basics.read",
    change: "contact-lists.change",
  });
  administeredRoutes(app, {
    path: "/contacts",
    one: "contact",
    body: ContactBody,
    view: Contact,
    service: services.contacts,
    read: "contacts.read",
    change: "contacts.change",
    remove: "contacts.remove",
    ownList: true,
  });
  app.get(
    "/contacts",
    {
      config: { may: "contacts.read" },
      schema: {
        tags: ["contacts"],
        summary: "List: contacts",
        querystring: ContactQuery,
        response: { 200: Page(Contact) },
      },
    },
    async (request, reply) => {
      const { number = null, listId = null, ...rest } = request.query;
      const query = readListQuery(rest, LONGEST_PAGE);
      if (query instanceof Refusal) return send(reply, query);
      return send(reply, await services.contacts.search({ ...query, number, listId }));
    },
  );
}
