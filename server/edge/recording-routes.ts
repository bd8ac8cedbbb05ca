import Type from "typebox";
import {
  Id,
  Page,
  RatingBody,
  RecordingComment,
  RecordingCommentBody,
  RecordingDetails,
  RecordingRow,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";
import { readInstantCursor, writeInstantCursor } from "./instant-cursor.ts";
import { AUDIO_ANSWER, sendAudio } from "./send-audio.ts";

const tags = ["recordings"];
const hear = { may: "recordings.hear" } as const;
const judge = { may: "recordings.judge" } as const;
const Params = Type.Object({ id: Id });
const LONGEST_PAGE = 200;
const Comments = Page(RecordingComment);

/** Recordings: the list, one with all that is known of it, its voice, what is said of it. */
export function recordingRoutes(app: App, { recordings, recordingPauses }: Services): void {
  const page = (answer: RecordingComment[] | Refusal) =>
    answer instanceof Refusal ? answer : { rows: answer, next: null };

  app.get(
    "/recordings",
    {
      config: hear,
      schema: {
        tags,
        summary: "Recordings, the newest first",
        querystring: Type.Object(
          {
            from: Type.Optional(Type.String({ format: "date-time", description: "Began at or after" })),
            to: Type.Optional(Type.String({ format: "date-time", description: "Began before" })),
            queueId: Type.Optional(Id),
            agentId: Type.Optional(Id),
            number: Type.Optional(Type.String({ maxLength: 40, pattern: "^[^\\u0000]*$" })),
            rated: Type.Optional(Type.Boolean({ description: "Whether somebody rated it" })),
            ratedAtMost: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_PAGE })),
            cursor: Type.Optional(Type.String({ maxLength: 200 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page(RecordingRow) },
      },
    },
    async ({ actor, query }, reply) => {
      const after = query.cursor === undefined ? null : readInstantCursor(query.cursor);
      if (after instanceof Refusal) return send(reply, after);
      const answer = await recordings.list(actor, {
        from: query.from === undefined ? null : new Date(query.from),
        to: query.to === undefined ? null : new Date(query.to),
        queueId: query.queueId ?? null,
        agentId: query.agentId ?? null,
        number: query.number?.trim() || null,
        rated: query.rated ?? null,
        ratedAtMost: query.ratedAtMost ?? null,
        limit: query.limit ?? 50,
        after,
      });
      if (answer instanceof Refusal) return send(reply, answer);
      return send(reply, { rows: answer.rows, next: answer.next === null ? null : writeInstantCursor(answer.next) });
    },
  );
  app.get(
    "/recordings/:id",
    { config: hear, schema: { tags, summary: "A recording", params: Params, response: { 200: RecordingDetails } } },
    async ({ actor, params }, reply) => send(reply, await recordings.get(actor, params.id)),
  );
  app.get(
    "/recordings/:id/audio",
    {
      config: hear,
      schema: {
        tags,
        summary: "Its voice, all of it or a stretch (Range); written to the audit log",
        params: Params,
        querystring: Type.Object(
          { download: Type.Optional(Type.Boolean({ description: "As a file to keep" })) },
          { additionalProperties: false },
        ),
        response: AUDIO_ANSWER("The voice: the customer left, whoever talked with them right"),
      },
    },
    async ({ actor, params, query, headers }, reply) => {
      const download = query.download === true;
      const asked = { range: headers.range, ifRange: headers["if-range"]?.toString(), download };
      const audio = await recordings.audio(actor, params.id, asked);
      if (audio instanceof Refusal) return send(reply, audio);
      return sendAudio(reply, audio, download);
    },
  );
  app.delete(
    "/recordings/:id",
    {
      config: { may: "recordings.remove" },
      schema: { tags, summary: "Remove a recording for ever", params: Params, response: { 204: Type.Null() } },
    },
    async ({ actor, params }, reply) => send(reply, await recordings.remove(actor, params.id)),
  );
  app.put(
    "/recordings/:id/rating",
    {
      config: judge,
      schema: {
        tags,
        summary: "My rating of it; null takes it back",
        params: Params,
        body: RatingBody,
        response: { 200: RecordingDetails },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await recordings.rate(actor, params.id, body.rating)),
  );
  app.post(
    "/recordings/:id/comments",
    {
      config: judge,
      schema: {
        tags,
        summary: "Write a comment, on a place in it or on all of it",
        params: Params,
        body: RecordingCommentBody,
        response: { 201: Comments },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, page(await recordings.comment(actor, params.id, body)), 201),
  );
  app.delete(
    "/recordings/:id/comments/:commentId",
    {
      config: judge,
      schema: {
        tags,
        summary: "Remove a comment of mine; an administrator any",
        params: Type.Object({ id: Id, commentId: Id }),
        response: { 200: Comments },
      },
    },
    async ({ actor, params }, reply) =>
      send(reply, page(await recordings.removeComment(actor, params.id, params.commentId))),
  );

  const calls = { config: { may: "calls.use" } as const };
  const Leg = Type.Object({ legId: Type.String({ minLength: 1, maxLength: 150, pattern: "^[^\\u0000]+$" }) });
  const pausing = (summary: string) => ({
    ...calls,
    schema: { tags: ["calls"], summary, params: Leg, response: { 204: Type.Null() } },
  });
  app.post(
    "/calls/:legId/recording/pause",
    pausing("Pause the recording of my call: silence is recorded meanwhile"),
    async ({ actor, params }, reply) => send(reply, await recordingPauses.pause(actor, params.legId)),
  );
  app.post("/calls/:legId/recording/resume", pausing("Go on recording my call"), async ({ actor, params }, reply) =>
    send(reply, await recordingPauses.resume(actor, params.legId)),
  );
}
