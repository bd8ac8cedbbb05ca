import Type, { type Static, type TObject, type TSchema } from "typebox";
import { Id, Page } from "../../contract/views.ts";
import { type Administered, readListQuery } from "../listing.ts";
import { Refusal } from "../refusal.ts";
import type { Action } from "../staff/permission.ts";
import { type App, send } from "./app.ts";

/** What pages of a list are asked with. */
export const listQuery = (longest: number) => ({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: longest, description: "Rows of a page" })),
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: "`next` of the page before" })),
  q: Type.Optional(Type.String({ maxLength: 120, pattern: "^[^\\u0000]*$", description: "Part of a name" })),
});
export const LONGEST_PAGE = 200;
const IdParams = Type.Object({ id: Id });

export interface AdministeredThing<Body extends TObject, View extends TSchema> {
  /** As in `/agents`. */
  path: string;
  /** As in "agent", for the documentation. */
  one: string;
  body: Body;
  view: View;
  service: Administered<Static<Body>, Static<View>>;
  read: Action;
  change: Action;
  remove?: Action;
  /** Rows a page may have; 200 where nothing is said. */
  longestPage?: number;
  /** The list has its own route. */
  ownList?: boolean;
}

/** `GET POST PATCH DELETE` of one administered thing. */
export function administeredRoutes<Body extends TObject, View extends TSchema>(
  app: App,
  thing: AdministeredThing<Body, View>,
): void {
  const { path, one, longestPage = LONGEST_PAGE } = thing;
  // The generic schemas lose their static types on the way through fastify's; validated by them, they are what they are.
  const service = thing.service as Administered<Record<string, unknown>, unknown>;
  const tags = [path.slice(1)];
  const patch: TSchema = Type.Partial(thing.body, { additionalProperties: false });
  const body: TSchema = thing.body;
  const view: TSchema = thing.view;

  if (thing.ownList !== true) {
    app.get(
      path,
      {
        config: { may: thing.read },
        schema: {
          tags,
          summary: `List: ${path.slice(1)}`,
          querystring: Type.Object(listQuery(longestPage), { additionalProperties: false }),
          response: { 200: Page(view) },
        },
      },
      async (request, reply) => {
        const query = readListQuery(request.query, longestPage);
        return send(reply, query instanceof Refusal ? query : await service.list(query));
      },
    );
  }
  app.get(
    `${path}/:id`,
    {
      config: { may: thing.read },
      schema: { tags, summary: `Read one ${one}`, params: IdParams, response: { 200: view } },
    },
    async (request, reply) => send(reply, await service.get(request.params.id)),
  );
  app.post(
    path,
    { config: { may: thing.change }, schema: { tags, summary: `Create a new ${one}`, body, response: { 201: view } } },
    async (request, reply) =>
      send(reply, await service.create(request.actor, request.body as Record<string, unknown>), 201),
  );
  app.patch(
    `${path}/:id`,
    {
      config: { may: thing.change },
      schema: { tags, summary: `Change one ${one}`, params: IdParams, body: patch, response: { 200: view } },
    },
    async (request, reply) =>
      send(reply, await service.change(request.actor, request.params.id, request.body as Record<string, unknown>)),
  );
  app.delete(
    `${path}/:id`,
    {
      config: { may: thing.remove ?? thing.change },
      schema: { tags, summary: `Remove one ${one}`, params: IdParams, response: { 204: Type.Null() } },
    },
    async (request, reply) => send(reply, await service.remove(request.actor, request.params.id)),
  );
}
