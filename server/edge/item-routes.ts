import Type from "typebox";
import {
  AssignItemBody,
  DisposeItemBody,
  Id,
  Item,
  ItemCounts,
  ItemDetails,
  ItemQuery,
  Page,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";
import { readInstantCursor, writeInstantCursor } from "./instant-cursor.ts";
import { AUDIO_ANSWER, sendAudio } from "./send-audio.ts";

const tags = ["items"];
const config = { may: "items.use" } as const;
const leads = { may: "items.lead" } as const;
const Params = Type.Object({ id: Id });
const USUAL_PAGE = 50;

/** Voicemails and callbacks: the lists, one with all that is known of it, what was said, and what can be done with it. */
export function itemRoutes(app: App, { items, itemTally, voicemails }: Services): void {
  app.get(
    "/items",
    {
      config,
      schema: {
        tags,
        summary: "Items: those that wait from the oldest on, others from the newest",
        querystring: ItemQuery,
        response: { 200: Page(Item) },
      },
    },
    async ({ actor, query }, reply) => {
      const after = query.cursor === undefined ? null : readInstantCursor(query.cursor);
      if (after instanceof Refusal) return send(reply, after);
      const { rows, next } = await items.list(actor, {
        ...{ kind: query.kind ?? null, state: query.state ?? null, after, limit: query.limit ?? USUAL_PAGE },
        ...{ queueId: query.queueId ?? null, agentId: query.agentId ?? null, number: query.number?.trim() || null },
        from: query.from === undefined ? null : new Date(query.from),
        to: query.to === undefined ? null : new Date(query.to),
      });
      return send(reply, { rows, next: next === null ? null : writeInstantCursor(next) });
    },
  );
  app.get(
    "/items/counts",
    { config, schema: { tags, summary: "How many items wait for me and my queues", response: { 200: ItemCounts } } },
    async ({ actor }, reply) => send(reply, itemTally.of({ id: actor.staffId, role: actor.role })),
  );
  app.get(
    "/items/:id",
    { config, schema: { tags, summary: "An item", params: Params, response: { 200: ItemDetails } } },
    async ({ actor, params }, reply) => send(reply, await voicemails.details(actor, params.id)),
  );

  const acts = [
    ["take", "Take it: nobody else works on it now", items.take],
    ["give-back", "Give it back to its queue or its owner", items.giveBack],
    ["call", "Call the number from my telephone; what nobody has is taken by it", items.call],
    ["reopen", "Open it again; whoever disposed it, soon after, has it again", items.reopen],
  ] as const;
  for (const [path, summary, act] of acts) {
    app.post(
      `/items/:id/${path}`,
      { config, schema: { tags, summary, params: Params, response: { 200: Item } } },
      async ({ actor, params }, reply) => send(reply, await act(actor, params.id)),
    );
  }
  app.post(
    "/items/:id/assign",
    {
      config: leads,
      schema: {
        tags,
        summary: "Give it to an agent, whoever had it",
        params: Params,
        body: AssignItemBody,
        response: { 200: Item },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await items.assign(actor, params.id, body.agentId)),
  );
  app.post(
    "/items/:id/disposition",
    {
      config,
      schema: { tags, summary: "Choose how it ended", params: Params, body: DisposeItemBody, response: { 200: Item } },
    },
    async ({ actor, params, body }, reply) => send(reply, await items.dispose(actor, params.id, body)),
  );

  app.get(
    "/items/:id/audio",
    {
      config,
      schema: {
        tags,
        summary: "The message, all of it or a stretch (Range); written to the audit log",
        params: Params,
        querystring: Type.Object(
          { download: Type.Optional(Type.Boolean({ description: "As a file to keep" })) },
          { additionalProperties: false },
        ),
        response: AUDIO_ANSWER("What the caller said"),
      },
    },
    async ({ actor, params, query, headers }, reply) => {
      const download = query.download === true;
      const asked = { range: headers.range, ifRange: headers["if-range"]?.toString(), download };
      const audio = await voicemails.audio(actor, params.id, asked);
      return audio instanceof Refusal ? send(reply, audio) : sendAudio(reply, audio, download);
    },
  );
  app.delete(
    "/items/:id/audio",
    {
      config: { may: "recordings.remove" },
      schema: { tags, summary: "Remove a message for ever", params: Params, response: { 200: ItemDetails } },
    },
    async ({ actor, params }, reply) => send(reply, await voicemails.remove(actor, params.id)),
  );
}
