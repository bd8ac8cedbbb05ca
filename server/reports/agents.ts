import type { AgentState } from "../../contract/views.ts";
import { agentTimes } from "./agent-times.ts";
import { callFacts } from "./call-figures.ts";
import { defineReport, type FigureColumn } from "./define-report.ts";
import { average, count, percent, seconds, sumOf } from "./figures.ts";
import { BY_AGENT, mergedFacts, TIME_GROUPINGS } from "./groupings.ts";

const GROUPINGS = [BY_AGENT, ...TIME_GROUPINGS];

const STATES: readonly { state: AgentState; key: string; title: string; about: string; hidden?: boolean }[] = [
  { state: "ready", key: "ready", title: "Ready", about: "Could be offered calls, and was on none." },
  {
    state: "on-call",
    key: "onCall",
    title: "On call",
    about: "Talking, on hold or dialling. A telephone that only rings does not count.",
  },
  { state: "wrap-up", key: "wrapUp", title: "Wrap-up", about: "After a call, before the next." },
  {
    state: "break",
    key: "break",
    title: "Break",
    about: "On a break of any reason, from the end of the call it waited for.",
  },
  { state: "supervisor", key: "supervisor", title: "Paused by others", about: "Paused by a supervisor." },
  {
    state: "phone-lost",
    key: "phoneLost",
    title: "Suspended",
    about: "The telephone was gone, calls did not reach it, or rings were left unanswered.",
  },
  {
    state: "login-in-pause",
    key: "loginInPause",
    title: "Not begun",
    about: "Logged in, Ready not pressed yet.",
    hidden: true,
  },
  { state: "capacity", key: "capacity", title: "Capacity", about: "Had as much as he can handle.", hidden: true },
];

const working = (sums: Record<string, number>) => (sums["on-call"] ?? 0) + (sums["wrap-up"] ?? 0);

/** What the agents did with their time, and what came of it. */
export const agentsReport = defineReport({
  name: "agents",
  title: "Agents",
  group: "agents",
  about: "What the agents did with their time. Each second of a session is in one state, so the states add up to it.",
  form: "figures",
  params: ["agentId"],
  forAgents: "own",
  groupings: GROUPINGS,
  groupBy: ["agent"],
  columns: [
    seconds("session", "Session", "session", {
      about: "From login to logout, as far as it lies in this time; until now where it goes on.",
      opens: { report: "sessions", narrow: {} },
    }),
    ...STATES.map(({ state, key, title, about, hidden = false }) => seconds(key, title, state, { about, hidden })),
    percent("occupancy", "Occupancy", working, (sums) => working(sums) + (sums.ready ?? 0), {
      about: "On call and in wrap-up, of the time on call, in wrap-up and ready.",
    }),
    count("handled", "Handled", "answered", {
      about: "Calls answered: the agent's, or those of a telephone where the agent sat when it rang.",
      opens: { report: "report-call", narrow: { answered: "yes" } },
    }),
    count("missed", "Not answered", (sums) => (sums.rows ?? 0) - (sums.answered ?? 0), {
      about: "Rang or was dialled, and was not answered.",
      opens: { report: "report-call", narrow: { answered: "no" } },
    }),
    seconds("talk", "Talk", "talkMs", {
      about: "From answer to the end, on hold or not, of the calls that began in this time.",
    }),
    average("talkEach", "Talk each", "talkMs", "answered"),
    seconds("hold", "Hold", "holdMs", { about: "Part of talk during which the other side was on hold." }),
    {
      ...{ key: "handledEachHour", title: "Handled an hour", kind: "decimal" },
      about: "Calls answered for each hour of session.",
      value: (sums) => (sums.session ? ((sums.answered ?? 0) * 3_600_000) / sums.session : null),
    },
    percent("disposedShare", "Disposed %", sumOf("disposed"), sumOf("answered"), { hidden: true }),
  ],
  charts: [{ kind: "bars", title: "Time in each state", columns: STATES.map(({ key }) => key) }],
  async facts(db, query) {
    const [times, calls] = await Promise.all([agentTimes(db, query, GROUPINGS), callFacts(db, query, GROUPINGS)]);
    // What nobody handled is in the reports of calls; here it would be a row of nobody's.
    const at = query.groupBy.indexOf("agent");
    const handled = at < 0 ? calls : calls.filter(({ keys }) => keys[at] !== null);
    return { facts: mergedFacts([times.facts, handled]), more: times.reasons.map(breakColumn) };
  },
});

function breakColumn(reason: string): FigureColumn {
  return seconds(`break ${reason}`, reason, `break ${reason}`, {
    about: `The part of Break whose reason was ${reason}.`,
  });
}
