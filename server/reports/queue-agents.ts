import { sql } from "kysely";
import { callColumns, callFacts } from "./call-figures.ts";
import { defineReport } from "./define-report.ts";
import { BY_AGENT, BY_QUEUE, TIME_GROUPINGS } from "./groupings.ts";

const GROUPINGS = [BY_AGENT, BY_QUEUE, ...TIME_GROUPINGS];

/** Who handled what the queues gave him. */
export const queueAgentsReport = defineReport({
  name: "queue-agents",
  title: "Queues by agent",
  group: "queues",
  about: "What the queues rang at each agent's telephone, and what the agent made of it.",
  form: "figures",
  params: ["queueId", "agentId"],
  forAgents: "own",
  groupings: GROUPINGS,
  groupBy: ["queue", "agent"],
  columns: callColumns("that came through a queue"),
  charts: [
    { kind: "bars", title: "Answered and not answered", columns: ["answered", "missed"] },
    { kind: "week", title: "Calls by weekday and hour", column: "rows" },
  ],
  facts: async (db, query) => ({ facts: await callFacts(db, query, GROUPINGS, sql`s.queue_id > 0`) }),
});
