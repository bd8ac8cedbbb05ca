import { callColumns, callFacts } from "./call-figures.ts";
import { defineReport } from "./define-report.ts";
import { BY_AGENT, BY_QUEUE, BY_TYPE, TIME_GROUPINGS } from "./groupings.ts";

const GROUPINGS = [...TIME_GROUPINGS, BY_TYPE, BY_QUEUE, BY_AGENT];

/** The whole house's calls. */
export const callsReport = defineReport({
  name: "calls",
  title: "Calls",
  group: "calls",
  about: "All that the telephones did, with queues and without.",
  form: "figures",
  params: ["type", "queueId", "agentId"],
  groupings: GROUPINGS,
  groupBy: ["day"],
  columns: callColumns("in this time"),
  charts: [
    { kind: "bars", title: "Answered and not answered", columns: ["answered", "missed"] },
    { kind: "week", title: "Calls by weekday and hour", column: "rows" },
  ],
  facts: async (db, query) => ({ facts: await callFacts(db, query, GROUPINGS) }),
});
