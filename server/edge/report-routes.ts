import Type from "typebox";
import { CallType, Id, Page, ReportAnswer, ReportCallRow, ReportCallTotals, Why } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { CALL_GROUP_KEYS } from "../reports/call-groups.ts";
import { FILE_FORMATS, fileOf } from "../reports/report-file.ts";
import { LONGEST_REPORT_PAGE, OUTCOME_STEP, REPORT_SORTS, WITHOUT } from "../reports/report-filter.ts";
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
  outcomePath: text(250, `Exactly these levels of an outcome, with "${OUTCOME_STEP}" between them`),
  prefix: text(80, "Of the outbound route it went by"),
  without: Type.Optional(
    Type.String({
      pattern: `^(${WITHOUT.join("|")})(,(${WITHOUT.join("|")})){0,${WITHOUT.length - 1}}$`,
      description: "What a row has none of",
    }),
  ),
};
const sorted = { ...narrowing, sort: Type.Optional(Type.Enum([...REPORT_SORTS])) };
const grouped = {
  ...narrowing,
  groupBy: Type.Enum([...CALL_GROUP_KEYS]),
  order: text(40, "A column's key, with a minus the other way round; else by what is grouped by"),
};

/** Report Call: its rows, its file, and why a row is whose it is. */
export function reportRoutes(app: App, services: Services): void {
  const { reportCalls, callGroups } = services;

  app.get(
    "/reports/report-call",
    {
      config,
      schema: {
        tags,
        summary: "Report Call: one user's handling of a call a row",
        querystring: Type.Object(
          {
            ...sorted,
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
        querystring: Type.Object(sorted, { additionalProperties: false }),
        response: { 200: ReportCallTotals },
      },
    },
    async ({ query }, reply) => send(reply, await reportCalls.totals(query)),
  );
  app.get(
    "/reports/report-call/groups",
    {
      config,
      schema: {
        tags,
        summary: "Report Call in groups, and what each comes to",
        querystring: Type.Object(grouped, { additionalProperties: false }),
        response: { 200: ReportAnswer },
      },
    },
    async ({ query: { groupBy, order, ...query } }, reply) =>
      send(reply, await callGroups.answer(query, { groupBy, order })),
  );
  for (const format of FILE_FORMATS) {
    app.get(
      `/reports/report-call/groups.${format}`,
      {
        config,
        schema: {
          tags,
          summary: "The groups of Report Call as a file",
          querystring: Type.Object(grouped, { additionalProperties: false }),
          response: { 200: fileAnswer(format) },
        },
      },
      async ({ query: { groupBy, order, ...query } }, reply) => {
        const file = await callGroups.file(query, { groupBy, order }, format);
        return file instanceof Refusal ? send(reply, file) : sendFile(reply, file);
      },
    );
    app.get(
      `/reports/report-call.${format}`,
      {
        config,
        schema: {
          tags,
          summary: "Report Call as a file",
          querystring: Type.Object(
            { ...sorted, timeZone: text(64, "As in Europe/Rome; the house's where none is given") },
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
