import Type from "typebox";
import {
  Page,
  ReportAnswer,
  ReportAsked,
  ReportDescription,
  ReportLayout,
  SavedFilter,
  SavedFilterBody,
} from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { FILE_FORMATS } from "../reports/report-file.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";
import { fileAnswer, sendFile } from "./send-file.ts";

const config = { may: "reports.own" } as const;
const tags = ["reports"];
const params = Type.Object({ name: Type.String({ minLength: 1, maxLength: 40, pattern: "^[a-z][a-z-]*$" }) });
const IdParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

/** The reports that describe themselves, and what people keep of them. */
export function describedReportRoutes(app: App, { reports, reportShelf }: Services): void {
  app.get(
    "/reports",
    {
      config,
      schema: {
        tags,
        summary: "What reports there are, and what they can be asked",
        response: { 200: Page(ReportDescription) },
      },
    },
    async ({ actor }, reply) => send(reply, { rows: reports.list(actor), next: null }),
  );
  app.get(
    "/reports/:name",
    {
      config,
      schema: {
        tags,
        summary: "One report: period or from and to, groupBy, sort, and what its description names",
        params,
        querystring: ReportAsked,
        response: { 200: ReportAnswer },
      },
    },
    async ({ actor, params: { name }, query }, reply) => send(reply, await reports.answer(actor, name, query)),
  );
  for (const format of FILE_FORMATS) {
    app.get(
      `/reports/:name.${format}`,
      {
        config,
        schema: {
          tags,
          summary: "One report as a file, with all its rows",
          params,
          querystring: ReportAsked,
          response: { 200: fileAnswer(format) },
        },
      },
      async ({ actor, params: { name }, query }, reply) => {
        const file = await reports.file(actor, name, format, query);
        return file instanceof Refusal ? send(reply, file) : sendFile(reply, file);
      },
    );
  }

  app.get(
    "/reports/:name/layout",
    { config, schema: { tags, summary: "Which columns I look at", params, response: { 200: ReportLayout } } },
    async ({ actor, params: { name } }, reply) => send(reply, await reportShelf.layout(actor, name)),
  );
  app.put(
    "/reports/:name/layout",
    {
      config,
      schema: {
        tags,
        summary: "Keep which columns I look at",
        params,
        body: ReportLayout,
        response: { 200: ReportLayout },
      },
    },
    async ({ actor, params: { name }, body }, reply) => send(reply, await reportShelf.keepLayout(actor, name, body)),
  );
  app.get(
    "/saved-filters",
    {
      config,
      schema: { tags, summary: "Filters I saved, and those that are shared", response: { 200: Page(SavedFilter) } },
    },
    async ({ actor }, reply) => send(reply, await reportShelf.filters(actor)),
  );
  app.post(
    "/saved-filters",
    { config, schema: { tags, summary: "Save a filter", body: SavedFilterBody, response: { 201: SavedFilter } } },
    async ({ actor, body }, reply) => send(reply, await reportShelf.save(actor, body), 201),
  );
  app.put(
    "/saved-filters/:id",
    {
      config,
      schema: {
        tags,
        summary: "Change a filter of mine",
        params: IdParams,
        body: SavedFilterBody,
        response: { 200: SavedFilter },
      },
    },
    async ({ actor, params: { id }, body }, reply) => send(reply, await reportShelf.change(actor, id, body)),
  );
  app.delete(
    "/saved-filters/:id",
    { config, schema: { tags, summary: "Remove a filter of mine", params: IdParams, response: { 204: Type.Null() } } },
    async ({ actor, params: { id } }, reply) => send(reply, await reportShelf.remove(actor, id)),
  );
}
