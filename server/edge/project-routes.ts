import Type from "typebox";
import {
  BlockKind,
  CalledTrial,
  CalledTrialBody,
  DraftBody,
  Flow,
  FlowIssue,
  Id,
  Page,
  Project,
  ProjectBody,
  ProjectDraft,
  ProjectFile,
  ProjectRun,
  ProjectRunDetails,
  ProjectTraffic,
  ProjectVersion,
  ProjectVersionFlow,
  PublishBody,
  Trial,
  TrialBody,
  TrialInput,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { administeredRoutes } from "./administered-routes.ts";
import { type App, send } from "./app.ts";
import { readInstantCursor, writeInstantCursor } from "./instant-cursor.ts";

const tags = ["projects"];
const Params = Type.Object({ id: Id });
const TrialParams = Type.Object({ id: Type.String({ maxLength: 40 }) });
const LONGEST_PAGE = 200;
const read = { may: "staff.read" } as const;
const change = { may: "staff.change" } as const;
/** A flow of three hundred blocks with all their words. */
const bodyLimit = 4 * 1024 * 1024;

/** IVR projects as they are drawn and published. */
export function projectRoutes(app: App, { projects, blockKinds, projectRuns, trials, calledTrials }: Services): void {
  administeredRoutes(app, {
    ...{ path: "/projects", one: "project", body: ProjectBody, view: Project, service: projects },
    ...{ read: read.may, change: change.may },
  });
  app.get(
    "/blocks",
    { config: read, schema: { tags, summary: "The kinds of blocks there are", response: { 200: Page(BlockKind) } } },
    async (_, reply) => send(reply, { rows: blockKinds, next: null }),
  );
  app.get(
    "/projects/:id/draft",
    {
      config: read,
      schema: { tags, summary: "What is being drawn of it", params: Params, response: { 200: ProjectDraft } },
    },
    async ({ params }, reply) => send(reply, await projects.draft(params.id)),
  );
  app.put(
    "/projects/:id/draft",
    {
      ...{ config: change, bodyLimit },
      schema: { tags, summary: "Save the draft", params: Params, body: DraftBody, response: { 200: ProjectDraft } },
    },
    async ({ actor, params, body }, reply) => send(reply, await projects.saveDraft(actor, params.id, body)),
  );
  app.post(
    "/projects/check",
    {
      ...{ config: read, bodyLimit },
      schema: {
        tags,
        summary: "What is wrong with a flow",
        body: Flow,
        response: { 200: Type.Object({ issues: Type.Array(FlowIssue) }) },
      },
    },
    async ({ body }, reply) => send(reply, { issues: await projects.check(body) }),
  );
  app.post(
    "/projects/:id/publish",
    {
      config: change,
      schema: {
        tags,
        summary: "Lead callers through the draft, or through an older version again",
        params: Params,
        body: PublishBody,
        response: { 200: Project },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await projects.publish(actor, params.id, body)),
  );
  app.get(
    "/projects/:id/versions",
    {
      config: read,
      schema: { tags, summary: "What was published of it", params: Params, response: { 200: Page(ProjectVersion) } },
    },
    async ({ params }, reply) => {
      const rows = await projects.versions(params.id);
      return send(reply, rows instanceof Refusal ? rows : { rows, next: null });
    },
  );
  app.get(
    "/projects/:id/versions/:version",
    {
      config: read,
      schema: {
        tags,
        summary: "One version of it",
        params: Type.Object({ id: Id, version: Id }),
        response: { 200: ProjectVersionFlow },
      },
    },
    async ({ params }, reply) => send(reply, await projects.version(params.id, params.version)),
  );
  app.get(
    "/projects/:id/file",
    {
      config: read,
      schema: { tags, summary: "The draft as a file", params: Params, response: { 200: ProjectFile } },
    },
    async ({ params }, reply) => send(reply, await projects.file(params.id)),
  );
  app.post(
    "/projects/file",
    {
      ...{ config: change, bodyLimit },
      schema: { tags, summary: "A new project from a file", body: ProjectFile, response: { 201: ProjectDraft } },
    },
    async ({ actor, body }, reply) => send(reply, await projects.fromFile(actor, body), 201),
  );
  app.get(
    "/projects/:id/runs",
    {
      config: read,
      schema: {
        tags,
        summary: "Who was led through it, the newest first",
        params: Params,
        querystring: Type.Object(
          {
            from: Type.Optional(Type.String({ format: "date-time", description: "Began at or after" })),
            to: Type.Optional(Type.String({ format: "date-time", description: "Began before" })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_PAGE })),
            cursor: Type.Optional(Type.String({ maxLength: 200 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page(ProjectRun) },
      },
    },
    async ({ params, query }, reply) => {
      const cursor = query.cursor === undefined ? null : readInstantCursor(query.cursor);
      if (cursor instanceof Refusal) return send(reply, cursor);
      const { rows, next } = await projectRuns.list(params.id, {
        from: query.from === undefined ? null : new Date(query.from),
        to: query.to === undefined ? null : new Date(query.to),
        limit: query.limit ?? 50,
        after: cursor === null ? null : { at: new Date(cursor.startedMs), id: cursor.id },
      });
      const more = next === null ? null : writeInstantCursor({ startedMs: next.at.getTime(), id: next.id });
      return send(reply, { rows, next: more });
    },
  );
  app.get(
    "/project-runs/:id",
    {
      config: read,
      schema: { tags, summary: "One way through a project", params: Params, response: { 200: ProjectRunDetails } },
    },
    async ({ params }, reply) => send(reply, await projectRuns.get(params.id)),
  );
  app.get(
    "/projects/:id/traffic",
    {
      config: read,
      schema: {
        tags,
        summary: "How often each exit was taken, and who stands where now",
        params: Params,
        querystring: Type.Object(
          { from: Type.String({ format: "date-time" }), to: Type.String({ format: "date-time" }) },
          { additionalProperties: false },
        ),
        response: { 200: ProjectTraffic },
      },
    },
    async ({ params, query }, reply) =>
      send(reply, await projectRuns.traffic(params.id, { from: new Date(query.from), to: new Date(query.to) })),
  );
  app.post(
    "/trials",
    {
      ...{ config: read, bodyLimit },
      schema: { tags, summary: "Try a flow out without a telephone", body: TrialBody, response: { 201: Trial } },
    },
    async ({ actor, body }, reply) => send(reply, await trials.begin(actor, body), 201),
  );
  app.post(
    "/trials/:id",
    {
      config: read,
      schema: {
        tags,
        summary: "Answer what it waits for",
        params: TrialParams,
        body: TrialInput,
        response: { 200: Trial },
      },
    },
    async ({ actor, params, body }, reply) => send(reply, await trials.answer(actor, params.id, body)),
  );
  app.delete(
    "/trials/:id",
    {
      config: read,
      schema: { tags, summary: "End it", params: TrialParams, response: { 204: Type.Null() } },
    },
    async ({ actor, params }, reply) => send(reply, await trials.end(actor, params.id)),
  );
  app.post(
    "/called-trials",
    {
      ...{ config: change, bodyLimit },
      schema: {
        tags,
        summary: "Go through a draft by telephone: rings one, or gives a code to dial",
        body: CalledTrialBody,
        response: { 201: CalledTrial },
      },
    },
    async ({ actor, body }, reply) => send(reply, await calledTrials.begin(actor, body), 201),
  );
  app.get(
    "/called-trials/:id",
    {
      config: change,
      schema: { tags, summary: "How it goes", params: TrialParams, response: { 200: CalledTrial } },
    },
    async ({ actor, params }, reply) => send(reply, calledTrials.get(actor, params.id)),
  );
  app.delete(
    "/called-trials/:id",
    {
      config: change,
      schema: { tags, summary: "Hang up, or take the code back", params: TrialParams, response: { 204: Type.Null() } },
    },
    async ({ actor, params }, reply) => send(reply, await calledTrials.end(actor, params.id)),
  );
}
