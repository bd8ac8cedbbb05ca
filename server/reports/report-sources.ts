import type { ReportAnswer, ReportAsked } from "../../contract/views.ts";
import { Refusal } from "../refusal.ts";
import { type Actor, may } from "../staff/permission.ts";
import { CALL_GROUP_KEYS } from "./call-groups.ts";
import { reportCallAsked } from "./report-call-file.ts";
import type { CallGroups } from "./report-call-groups.ts";
import type { ReportCalls } from "./report-calls.ts";
import { type FileFormat, fileOf, type ReportFile } from "./report-file.ts";
import type { Reports } from "./reports.ts";

/** Everything that can be sent and saved: the reports that describe themselves, and Report Call. */
export interface ReportSources {
  known(report: string): boolean;
  /** Null: there is none by that name for him. */
  titleOf(actor: Actor, report: string): string | null;
  /** For a message itself; null for Report Call, whose rows are for a file. */
  answer(actor: Actor, report: string, asked: ReportAsked): Promise<ReportAnswer | Refusal | null>;
  file(actor: Actor, report: string, format: FileFormat, asked: ReportAsked): Promise<ReportFile | Refusal>;
}

const REPORT_CALL = "report-call";

export function createReportSources({
  reports,
  reportCalls,
  callGroups,
}: {
  reports: Reports;
  reportCalls: ReportCalls;
  callGroups: CallGroups;
}): ReportSources {
  return {
    known: (report) => report === REPORT_CALL || reports.known(report),
    titleOf(actor, report) {
      if (report === REPORT_CALL) return may(actor, "reports.read") ? "Report Call" : null;
      return reports.list(actor).find(({ name }) => name === report)?.title ?? null;
    },
    answer: async (actor, report, asked) => (report === REPORT_CALL ? null : reports.answer(actor, report, asked)),
    async file(actor, report, format, asked) {
      if (report !== REPORT_CALL) return reports.file(actor, report, format, asked);
      const groupBy = asked.groupBy ?? "";
      if (CALL_GROUP_KEYS.includes(groupBy)) {
        return callGroups.file(reportCallAsked(asked), { groupBy, order: asked.order }, format);
      }
      const stream = reportCalls[format](reportCallAsked(asked));
      return stream instanceof Refusal ? stream : fileOf(REPORT_CALL, format, stream);
    },
  };
}
