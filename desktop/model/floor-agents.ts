import type { AgentLive } from "../../contract/views.ts";
import { causeView, leadingCause } from "./agent-view.ts";
import { phoneNumberText } from "./phone-number.ts";

/** What a floor is counted by, in the order in which it is read. Every agent is in exactly one. */
export const FLOOR_GROUPS = ["ready", "on-call", "wrap-up", "break", "paused", "phone-lost", "logged-out"] as const;
export type FloorGroup = (typeof FLOOR_GROUPS)[number];

export const GROUP_WORDS: Record<FloorGroup, string> = {
  ready: "Ready",
  "on-call": "On call",
  "wrap-up": "Wrap-up",
  break: "On break",
  paused: "Paused",
  "phone-lost": "Suspended",
  "logged-out": "Logged out",
};

/** The colour and shape of a group. */
export type FloorTint = "ready" | "ringing" | "talking" | "wrap-up" | "paused" | "fault";
export const GROUP_TINTS: Record<FloorGroup, FloorTint | null> = {
  ready: "ready",
  "on-call": "talking",
  "wrap-up": "wrap-up",
  break: "paused",
  paused: "paused",
  "phone-lost": "fault",
  "logged-out": null,
};

/** An agent as a line of the floor. */
export interface FloorLine {
  agent: AgentLive;
  group: FloorGroup;
  tint: FloorTint | null;
  word: string;
  /** Since when he is in that state; null: not logged in. */
  since: string | null;
  /** When a break should be over, or a wrap-up will be. */
  dueAt: string | null;
  /** With whom he talks, or the supervisor's words; empty where nothing is to be said. */
  about: string;
  queue: string | null;
  unattended: boolean;
}

const CALL_WORDS = { ringing: "Ringing", dialling: "Calling", talking: "Talking", held: "On hold" } as const;

/**
 * What an agent does now. A call before every pause, because it is what he does; then the cause that counts; a ring
 * belongs to the calls, because nobody else reaches him meanwhile.
 */
export function floorLine(agent: AgentLive): FloorLine {
  const { session } = agent;
  const line = { agent, queue: null, about: "", dueAt: null, unattended: (session?.unattendedSince ?? null) !== null };
  if (session === null) return { ...line, group: "logged-out", tint: null, word: "Logged out", since: null };
  const next = session.pendingBreak === null ? "" : `then ${session.pendingBreak.reason}`;
  if (session.onCall !== null) {
    const { state, since, name, number, queue } = session.onCall;
    const tint = state === "talking" || state === "held" ? "talking" : "ringing";
    const whom = name === "" || name === number ? phoneNumberText(number) : `${name} ${phoneNumberText(number)}`;
    const about = next === "" ? whom : `${whom}, ${next}`;
    return { ...line, group: "on-call", tint, word: CALL_WORDS[state], since, about, queue };
  }
  const cause = leadingCause(session);
  if (cause === null) {
    return { ...line, group: "ready", tint: "ready", word: "Ready", since: session.since, about: next };
  }
  const { state, word } = causeView(cause);
  const by = cause.by === null ? "" : `by ${cause.by.name}`;
  const said = cause.reason === null ? by : `${by} “${cause.reason}”`.trim();
  return {
    ...line,
    group: groupOf(cause.cause),
    tint: state === "signed-off" ? null : state,
    word: cause.cause === "supervisor" ? "Paused" : word,
    since: cause.since,
    dueAt: cause.dueAt,
    about: cause.cause === "supervisor" ? said : next,
  };
}

function groupOf(cause: NonNullable<AgentLive["session"]>["causes"][number]["cause"]): FloorGroup {
  if (cause === "break" || cause === "wrap-up" || cause === "phone-lost") return cause;
  return "paused";
}

/** A break that lasts longer than it should. */
export function isOver(line: FloorLine, now: number): boolean {
  return line.group === "break" && line.dueAt !== null && Date.parse(line.dueAt) < now;
}

/** How many agents are in each group, and how many of all have left without logging out. */
export function floorCounts(lines: readonly FloorLine[]): Record<FloorGroup | "unattended", number> {
  const counts = {
    ...(Object.fromEntries(FLOOR_GROUPS.map((group) => [group, 0])) as Record<FloorGroup, number>),
    unattended: 0,
  };
  for (const line of lines) {
    counts[line.group] += 1;
    if (line.unattended) counts.unattended += 1;
  }
  return counts;
}

/** What of the floor is looked at. Null does not narrow; team 0 is those in none. */
export interface FloorFilter {
  group: FloorGroup | "unattended" | null;
  teamId: number | null;
  queueId: number | null;
}

/** The lines of a team and a queue, in whatever state: what the counts count. */
export function ofTeamAndQueue(lines: readonly FloorLine[], { teamId, queueId }: FloorFilter): FloorLine[] {
  return lines.filter(
    ({ agent }) =>
      (teamId === null || (agent.team?.id ?? 0) === teamId) && (queueId === null || agent.queues.includes(queueId)),
  );
}

/** Of them those in the state that is looked at; where all are, those who are logged in come first. */
export function inGroup(lines: readonly FloorLine[], group: FloorFilter["group"]): FloorLine[] {
  if (group !== null) return lines.filter((line) => (group === "unattended" ? line.unattended : line.group === group));
  const here = (line: FloorLine) => line.group !== "logged-out";
  return [...lines.filter(here), ...lines.filter((line) => !here(line))];
}

/** A team's line beside the floor: how many are logged in and on break; null limit: none. */
export interface TeamLine {
  id: number;
  name: string;
  agents: number;
  loggedIn: number;
  onBreak: number;
  limit: number | null;
}

/** The teams by name, then those in none, where there are such. */
export function teamLines(
  lines: readonly FloorLine[],
  teams: readonly { id: number; name: string; maxOnBreak: number | null }[],
): TeamLine[] {
  const of = (id: number, name: string, limit: number | null): TeamLine => {
    const mine = lines.filter(({ agent }) => (agent.team?.id ?? 0) === id);
    return {
      id,
      name,
      limit,
      agents: mine.length,
      loggedIn: mine.filter(({ group }) => group !== "logged-out").length,
      onBreak: mine.filter(({ agent }) => agent.session?.causes.some(({ cause }) => cause === "break")).length,
    };
  };
  const none = of(0, "In no team", null);
  return [...teams.map((team) => of(team.id, team.name, team.maxOnBreak)), ...(none.agents > 0 ? [none] : [])];
}
