import { callColumns, callFacts } from "./call-figures.ts";
import { defineReport } from "./define-report.ts";
import { BY_AGENT, BY_QUEUE, byText, TIME_GROUPINGS } from "./groupings.ts";

const TYPES: Record<string, string> = { inbound: "Inbound", outbound: "Outbound", internal: "Internal" };

const BY_TYPE = byText("type", "Type", "", {
  names: async () => new Map(Object.entries(TYPES)),
  narrow: (type) => ({ type }),
});
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
