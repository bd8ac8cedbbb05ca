import Type from "typebox";
import {
  Id,
  LARGEST_PROMPT_BYTES,
  Prompt,
  PromptBody,
  PromptCall,
  PromptCallBody,
  PromptLanguage,
  PromptTextBody,
  SpokenText,
} from "../../contract/views.ts";
import { byteRange } from "../recordings/byte-range.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { administeredRoutes } from "./administered-routes.ts";
import { type App, send } from "./app.ts";

const tags = ["prompts"];
const hear = { may: "staff.read" } as const;
const change = { may: "prompts.change" } as const;
const Params = Type.Object({ id: Id, language: PromptLanguage });
const File = Type.Unsafe<Buffer>({ description: "WAV, MP3, Ogg, FLAC, AIFF or AU" });
const Wave = {
  description: "A WAV file, all of it or a stretch (Range)",
  content: { "audio/wav": { schema: Type.Unsafe<Buffer>(Type.String()) } },
};

/** Prompts: their names, and the voice of each language: brought as a file or spoken by the house; heard. */
export function promptRoutes(app: App, { prompts, promptCalls }: Services): void {
  administeredRoutes(app, {
    path: "/prompts",
    one: "prompt",
    body: PromptBody,
    view: Prompt,
    service: prompts,
    read: "staff.read",
    change: "prompts.change",
  });
  // Its own: nowhere else is anything but JSON taken.
  void app.register(async (files: App) => {
    for (const type of ["application/octet-stream", /^audio\//]) {
      files.addContentTypeParser(type, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    }
    files.put(
      "/prompts/:id/voices/:language/audio",
      {
        config: change,
        bodyLimit: LARGEST_PROMPT_BYTES,
        schema: {
          tags,
          summary: "The voice of a language, out of a file of sound, which is the body",
          params: Params,
          querystring: Type.Object(
            { fileName: Type.Optional(Type.String({ maxLength: 200, pattern: "^[^\\p{Cc}\\u2028\\u2029]+$" })) },
            { additionalProperties: false },
          ),
          body: { content: { "application/octet-stream": { schema: File }, "audio/*": { schema: File } } },
          response: { 200: Prompt },
        },
      },
      async ({ actor, params, query, body }, reply) => {
        if (!Buffer.isBuffer(body)) {
          return send(
            reply,
            new Refusal("request.invalid", "Send the file, with content-type: application/octet-stream."),
          );
        }
        const file = { content: body, name: query.fileName ?? null };
        return send(reply, await prompts.bring(actor, params.id, params.language, file));
      },
    );
  });
  app.put(
    "/prompts/:id/voices/:language/text",
    {
      config: change,
      schema: {
        tags,
        summary: "The voice of a language, spoken by the house",
        params: Params,
        body: PromptTextBody,
        response: { 200: Prompt },
      },
    },
    async ({ actor, params, body }, reply) =>
      send(reply, await prompts.write(actor, params.id, params.language, body.text)),
  );
  app.post(
    "/prompts/:id/voices/:language/call",
    {
      config: change,
      schema: {
        tags,
        summary: "Ring a telephone, on which somebody says the voice",
        params: Params,
        body: PromptCallBody,
        response: { 201: PromptCall },
      },
    },
    async ({ actor, params, body }, reply) =>
      send(reply, await promptCalls.begin(actor, params.id, params.language, body.telephoneId), 201),
  );
  app.get(
    "/prompts/calls/:id",
    {
      config: change,
      schema: { tags, summary: "How such a call goes", params: Type.Object({ id: Id }), response: { 200: PromptCall } },
    },
    async ({ params }, reply) => send(reply, promptCalls.get(params.id)),
  );
  app.delete(
    "/prompts/:id/voices/:language",
    { config: change, schema: { tags, summary: "Remove a voice", params: Params, response: { 204: Type.Null() } } },
    async ({ actor, params }, reply) => send(reply, await prompts.removeVoice(actor, params.id, params.language)),
  );
  app.get(
    "/prompts/:id/voices/:language/audio",
    {
      config: hear,
      schema: {
        tags,
        summary: "Hear a voice",
        params: Params,
        querystring: Type.Object(
          {
            sound: Type.Optional(
              Type.String({ maxLength: 64, description: "Makes the address of each sound its own" }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Wave },
      },
    },
    async ({ params, headers }, reply) => {
      const sound = await prompts.audio(params.id, params.language);
      return sound instanceof Refusal ? send(reply, sound) : sendWave(reply, sound, headers.range);
    },
  );
  app.get(
    "/prompts/speech",
    {
      config: change,
      schema: {
        tags,
        summary: "Hear how a text sounds when the house speaks it",
        querystring: Type.Object({ text: SpokenText, language: PromptLanguage }, { additionalProperties: false }),
        response: { 200: Wave },
      },
    },
    async ({ query, headers }, reply) => {
      const sound = await prompts.tryOut(query.text, query.language);
      return sound instanceof Refusal ? send(reply, sound) : sendWave(reply, sound, headers.range);
    },
  );
}

interface WaveReply {
  code(status: number): unknown;
  type(contentType: string): unknown;
  header(name: string, value: string | number): unknown;
  send(payload?: Buffer): unknown;
}

function sendWave<R extends WaveReply>(reply: R, wave: Buffer, asked: string | undefined): R {
  const range = byteRange(asked, wave.length, { ifRange: undefined, tag: "" });
  reply.header("accept-ranges", "bytes");
  reply.header("cache-control", "private, no-cache");
  if (range.kind === "beyond") {
    reply.code(416);
    reply.header("content-range", `bytes */${wave.length}`);
    reply.send();
    return reply;
  }
  reply.type("audio/wav");
  if (range.kind === "part") {
    const end = range.from + range.length;
    reply.code(206);
    reply.header("content-range", `bytes ${range.from}-${end - 1}/${wave.length}`);
    reply.send(wave.subarray(range.from, end));
  } else reply.send(wave);
  return reply;
}
