import Type from "typebox";
import {
  BulkBody,
  BulkPlan,
  DeviceProfileView,
  ImportBody,
  MadeTelephones,
  SelfTest,
  SelfTestBody,
} from "../../contract/telephones.ts";
import { Id, Registrar, Telephone, TelephoneBody } from "../../contract/views.ts";
import type { Services } from "../services.ts";
import { DEVICE_PROFILES } from "../telephones/device-profile.ts";
import { administeredRoutes } from "./administered-routes.ts";
import { type App, send } from "./app.ts";

/** A house of 10,000 telephones is read in ten pages. */
const LONGEST_PAGE = 1000;
/** More changed telephones than these are read as the list they stand in. */
const SOME = 200;
const tags = ["telephones"];
const read = { may: "staff.read" } as const;
const change = { may: "staff.change" } as const;
const Params = Type.Object({ id: Id });

const PROFILES = DEVICE_PROFILES.map(({ id, name, autoAnswer, notify, codecs, steps, note }) => ({
  id,
  name,
  autoAnswer: autoAnswer !== null,
  notify,
  codecs: [...codecs],
  steps: [...steps],
  note,
}));

/** Telephones in the administration: one by one, by the dozen, out of a file, and tried out. */
export function telephoneRoutes(app: App, services: Services): void {
  const { telephoneAdmin, telephoneBatch: batch, selfTests } = services;

  app.get(
    "/telephones/registrar",
    { config: read, schema: { tags, summary: "Where telephones register", response: { 200: Registrar } } },
    async (_request, reply) => send(reply, services.registrar),
  );
  app.get(
    "/telephones/models",
    {
      config: read,
      schema: {
        tags,
        summary: "The makers we know our way around in",
        response: { 200: Type.Object({ rows: Type.Array(DeviceProfileView) }) },
      },
    },
    async (_request, reply) => send(reply, { rows: PROFILES }),
  );
  app.get(
    "/telephones/some",
    {
      config: read,
      schema: {
        tags,
        summary: `Some telephones as they are now, at most ${SOME}`,
        querystring: Type.Object(
          { ids: Type.String({ pattern: `^[1-9][0-9]{0,14}(,[1-9][0-9]{0,14}){0,${SOME - 1}}$` }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ rows: Type.Array(Telephone) }) },
      },
    },
    async ({ query }, reply) => send(reply, { rows: await telephoneAdmin.some(query.ids.split(",").map(Number)) }),
  );
  administeredRoutes(app, {
    read: "staff.read",
    change: "staff.change",
    path: "/telephones",
    one: "telephone",
    body: TelephoneBody,
    view: Telephone,
    service: telephoneAdmin,
    longestPage: LONGEST_PAGE,
  });

  app.post(
    "/telephones/bulk/plan",
    {
      config: change,
      schema: {
        tags,
        summary: "What a row of telephones would be; makes none",
        body: BulkBody,
        response: { 200: BulkPlan },
      },
    },
    async ({ body }, reply) => send(reply, await batch.planRow(body)),
  );
  app.post(
    "/telephones/bulk",
    {
      config: change,
      schema: {
        tags,
        summary: "Create a row of telephones, all or none",
        body: BulkBody,
        response: { 201: MadeTelephones },
      },
    },
    async ({ actor, body }, reply) => send(reply, await batch.makeRow(actor, body), 201),
  );
  app.post(
    "/telephones/import/plan",
    {
      config: change,
      schema: {
        tags,
        summary: "What a CSV file would make; makes nothing",
        body: ImportBody,
        response: { 200: BulkPlan },
      },
    },
    async ({ body }, reply) => send(reply, await batch.planFile(body.text)),
  );
  app.post(
    "/telephones/import",
    {
      config: change,
      schema: {
        tags,
        summary: "Create telephones from a CSV file, all or none",
        body: ImportBody,
        response: { 201: MadeTelephones },
      },
    },
    async ({ actor, body }, reply) => send(reply, await batch.makeFile(actor, body.text), 201),
  );

  app.post(
    "/telephones/:id/self-test",
    {
      config: change,
      schema: { tags, summary: "Try a telephone out", params: Params, body: SelfTestBody, response: { 201: SelfTest } },
    },
    async ({ actor, params, body }, reply) =>
      send(reply, await selfTests.begin(actor, params.id, body.answer ?? null), 201),
  );
  app.get(
    "/telephones/:id/self-test",
    {
      config: read,
      schema: { tags, summary: "The test that goes on, or the last one", params: Params, response: { 200: SelfTest } },
    },
    async ({ params }, reply) => send(reply, await selfTests.newest(params.id)),
  );
  app.delete(
    "/telephones/:id/self-test",
    { config: change, schema: { tags, summary: "Break a test off", params: Params, response: { 204: Type.Null() } } },
    async ({ params }, reply) => send(reply, await selfTests.breakOff(params.id)),
  );
}
