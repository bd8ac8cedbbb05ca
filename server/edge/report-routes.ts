import Type from "typebox";
import { CallType, Id, Page, ReportCallRow, ReportCallTotals, Why } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { FILE_FORMATS, fileOf } from "../reports/report-file.ts";
import { LONGEST_REPORT_PAGE, REPORT_SORTS } from "../reports/report-filter.ts";
import type { Services } from "../services.ts";
import { type App, send } from "./app.ts";
import { fileAnswer, sendFile } from "./send-file.ts";

const tags = ["reports"];
const config = { may: "reports.read" } as const;
const text = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ maxLength, pattern: "^[^\\u0000]*$", description }));

const narrowing = {
  from: Type.Optional(Type.String({ format: "date-time", description: "Started at or after" })),
  to: Type.Optional(Type.String({ format: "date-time", description: "Started before" })),
  type: Type.Optional(CallType),
  userId: Type.Optional(Id),
  agentId: Type.Optional(
    Type.Integer({ minimum: 1, description: "Its user where that is an agent, else who sat at the telephone" }),
  ),
  linkedId: text(150, "All rows of one call"),
  telephoneId: Type.Optional(Id),
  queueId: Type.Optional(Id),
  queue: text(80, "A queue's id or name"),
  number: text(40, "Part of the source or the destination"),
  answered: Type.Optional(Type.Boolean()),
  disposition: text(60, "ANSWERED, NO ANSWER, BUSY or FAILED; anything else is an outcome that was chosen"),
  userDisposition: text(60, "An outcome that was chosen, on any level"),
  sort: Type.Optional(Type.Enum([...REPORT_SORTS])),
};

/** Report Call: its rows, its file, and why a row is whose it is. */
export function reportRoutes(app: App, services: Services): void {
  const { reportCalls } = services;

  app.get(
    "/reports/report-call",
    {
      config,
      schema: {
        tags,
        summary: "Report Call: one user's handling of a call a row",
        querystring: Type.Object(
          {
            ...narrowing,
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_REPORT_PAGE })),
            cursor: Type.Optional(Type.String({ maxLength: 1000 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page(ReportCallRow) },
      },
    },
    async ({ query }, reply) => send(reply, await reportCalls.list(query)),
  );
  app.get(
    "/reports/report-call/totals",
    {
      config,
      schema: {
        tags,
        summary: "What the rows of Report Call come to",
        querystring: Type.Object(narrowing, { additionalProperties: false }),
        response: { 200: ReportCallTotals },
      },
    },
    async ({ query }, reply) => send(reply, await reportCalls.totals(query)),
  );
  for (const format of FILE_FORMATS) {
    app.get(
      `/reports/report-call.${format}`,
      {
        config,
        schema: {
          tags,
          summary: "Report Call as a file",
          querystring: Type.Object(
            { ...narrowing, timeZone: text(64, "As in Europe/Rome; the house's where none is given") },
            { additionalProperties: false },
          ),
          response: { 200: fileAnswer(format) },
        },
      },
      async ({ query: { timeZone, ...query } }, reply) => {
        const stream = reportCalls[format](query, timeZone);
        return stream instanceof Refusal ? send(reply, stream) : sendFile(reply, fileOf("report-call", format, stream));
      },
    );
  }
  app.get(
    "/reports/report-call/:id/why",
    {
      config,
      schema: {
        tags,
        summary: "Why a row has the user it has",
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 300, pattern: "^[^\\u0000]+$" }) }),
        response: { 200: Why },
      },
    },
    async ({ params }, reply) => send(reply, await reportCalls.why(params.id)),
  );
}
