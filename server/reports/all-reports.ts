import { agentsReport } from "./agents.ts";
import { callsReport } from "./calls.ts";
import type { Report } from "./define-report.ts";
import { dispositionsReport } from "./dispositions.ts";
import { firstCallReport } from "./first-call.ts";
import { itemsReport } from "./items.ts";
import { pauseReasonsReport, pausesReport } from "./pauses.ts";
import { queueAgentsReport } from "./queue-agents.ts";
import { abandonedReport, queueCallsReport } from "./queue-calls.ts";
import { queuesReport } from "./queues.ts";
import { repeatCallersReport } from "./repeat-callers.ts";
import { routesReport } from "./routes.ts";
import { seatsReport } from "./seats.ts";
import { sessionsReport } from "./sessions.ts";
import { surveyAnswersReport } from "./survey-answers.ts";
import { telephoneUseReport } from "./telephone-use.ts";

/** The reports, in the order of their list. To add one: write its file, add it here. */
export const REPORTS: readonly Report[] = [
  queuesReport,
  queueAgentsReport,
  queueCallsReport,
  abandonedReport,
  agentsReport,
  pauseReasonsReport,
  sessionsReport,
  pausesReport,
  telephoneUseReport,
  seatsReport,
  callsReport,
  dispositionsReport,
  surveyAnswersReport,
  routesReport,
  firstCallReport,
  repeatCallersReport,
  itemsReport,
];
