import Type from "typebox";
import {
  BlockKind,
  DraftBody,
  Flow,
  FlowIssue,
  Id,
  Page,
  Project,
  ProjectBody,
  ProjectDraft,
  ProjectFile,
  ProjectVersion,
  ProjectVersionFlow,
  PublishBody,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import type { Services } from "../services.ts";
import { administeredRoutes } from "./administered-routes.ts";
import { type App, send } from "./app.ts";

const tags = ["projects"];
const Params = Type.Object({ id: Id });
const read = { may: "staff.read" } as const;
const change = { may: "staff.change" } as const;
/** A flow of three hundred blocks with all their words. */
const bodyLimit = 4 * 1024 * 1024;

/** IVR projects as they are drawn and published. */
export function projectRoutes(app: App, { projects, blockKinds }: Services): void {
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
}
