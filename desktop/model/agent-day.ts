import type { AgentState, HistoryLease, HistorySession } from "../../contract/views.ts";
import { phoneNumberText } from "./phone-number.ts";

/** How a span is coloured: a state's colour, a signal that is there, or something that is just so. */
export type SpanTint = "ready" | "ringing" | "talking" | "wrap-up" | "paused" | "fault" | "signal" | "plain";

/** A stretch of a lane. Instants are milliseconds. */
export interface Span {
  key: string;
  from: number;
  to: number;
  tint: SpanTint;
  /** What it was, in a word or a name. */
  word: string;
  /** More about it; empty where there is nothing. */
  about: string;
}

/** A row of the time line. */
export interface Lane {
  id: string;
  title: string;
  spans: Span[];
}

export const STATE_WORDS: Record<AgentState, string> = {
  ready: "Ready",
  "on-call": "On call",
  "wrap-up": "Wrap-up",
  break: "Break",
  supervisor: "Paused by a supervisor",
  "phone-lost": "Suspended",
  "login-in-pause": "Not ready yet",
  capacity: "Busy with other work",
};

export const STATE_TINTS: Record<AgentState, SpanTint> = {
  ready: "ready",
  "on-call": "talking",
  "wrap-up": "wrap-up",
  break: "paused",
  supervisor: "paused",
  "phone-lost": "fault",
  "login-in-pause": "paused",
  capacity: "paused",
};

const LOST_WORDS: Record<string, string> = {
  "not-registered": "not connected",
  unreachable: "did not answer",
  "failed-calls": "calls failed",
  "missed-calls": "calls were not answered",
};

const END_WORDS: Record<string, string> = {
  "logged-out": "logged out",
  disconnected: "did not log out; ended by time",
  "taken-over": "the telephone was taken over",
  released: "released by a supervisor",
  moved: "moved to another telephone",
  "logged-out-by-supervisor": "logged out by a supervisor",
  "staff-removed": "the agent or the telephone was removed",
  "staff-changed": "the agent or the telephone was changed",
  "telephony-refused": "the telephone system refused",
};

/** Why a session or a lease ended, for a person. A reason of a newer server stands as it is. */
export function endText(reason: string | null, by: string | null = null): string {
  if (reason === null) return "goes on";
  const word = END_WORDS[reason] ?? reason;
  return by === null ? word : `${word} (${by})`;
}

/** The lanes of an agent's day: what he did, where he sat, his calls, and each signal by itself. */
export function agentLanes(sessions: readonly HistorySession[], now: number): Lane[] {
  const ms = (instant: string | null) => (instant === null ? now : Date.parse(instant));
  return [
    {
      id: "state",
      title: "State",
      spans: sessions.flatMap((session) =>
        session.states.map((one) => ({
          key: `${session.id} ${one.from}`,
          from: ms(one.from),
          to: ms(one.to),
          tint: STATE_TINTS[one.state],
          word: stateWord(one.state, one.reason),
          about: one.state === "supervisor" && one.reason !== null ? `“${one.reason}”` : "",
        })),
      ),
    },
    { id: "telephone", title: "Telephone", spans: sessions.flatMap(({ leases }) => leases.map(seat)) },
    {
      id: "calls",
      title: "Calls",
      spans: sessions.flatMap(({ calls }) =>
        calls.flatMap((call) => {
          const ended = ms(call.endedAt);
          const about = [call.direction, call.number === "" ? null : phoneNumberText(call.number), call.queue]
            .filter((part) => part !== null)
            .join(", ");
          const ring = {
            key: `${call.legId} ring`,
            from: ms(call.startedAt),
            to: call.answeredAt === null ? ended : ms(call.answeredAt),
            tint: "ringing" as const,
            word: call.answeredAt === null && call.endedAt !== null ? "Not answered" : "Ringing",
            about,
          };
          if (call.answeredAt === null) return [ring];
          const talk = { key: `${call.legId} talk`, from: ms(call.answeredAt), to: ended, tint: "talking" as const };
          return [ring, { ...talk, word: "Talking", about }];
        }),
      ),
    },
    { id: "phone", title: "Phone", spans: signal(sessions, "phone") },
    { id: "desktop", title: "Desktop", spans: signal(sessions, "desktop") },
  ];

  function seat({ id, telephone, startedAt, endedAt, endReason }: HistoryLease): Span {
    return {
      key: String(id),
      from: ms(startedAt),
      to: ms(endedAt),
      tint: "plain",
      word: telephone.name,
      about: endText(endReason),
    };
  }
}

/** The lanes of a telephone's day: who sat there. */
export function telephoneLanes(leases: readonly HistoryLease[], now: number): Lane[] {
  return [
    {
      id: "held",
      title: "Held by",
      spans: leases.map(({ id, agent, startedAt, endedAt, endReason }) => ({
        key: String(id),
        from: Date.parse(startedAt),
        to: endedAt === null ? now : Date.parse(endedAt),
        tint: "plain",
        word: agent.name,
        about: endText(endReason),
      })),
    },
  ];
}

function stateWord(state: AgentState, reason: string | null): string {
  return state === "break" && reason !== null ? reason : STATE_WORDS[state];
}

/** Of a signal while nothing is wrong with it; the floor says the same. */
const SIGNAL_WORDS = { phone: "registered", desktop: "connected" } as const;

/** A signal over a session: well, but for what is written down as lost. */
function signal(sessions: readonly HistorySession[], which: "phone" | "desktop"): Span[] {
  return sessions.flatMap((session) => {
    const spans: Span[] = [];
    const end = Date.parse(session.to);
    let at = Date.parse(session.from);
    const well = (to: number) => {
      if (to > at)
        spans.push({ key: `${session.id} ${at}`, from: at, to, tint: "signal", word: SIGNAL_WORDS[which], about: "" });
    };
    for (const loss of session.losses.filter((one) => one.signal === which)) {
      const [from, to] = [Math.max(Date.parse(loss.from), at), Math.min(Date.parse(loss.to), end)];
      if (to <= at) continue;
      well(from);
      const about = loss.reason === null ? "" : (LOST_WORDS[loss.reason] ?? loss.reason);
      spans.push({ key: `${session.id} lost ${from}`, from, to, tint: "fault", word: "lost", about });
      at = to;
    }
    well(end);
    return spans;
  });
}

/** Milliseconds in each state over all sessions, in the order of the first that has it; and the whole. */
export function daySums(sessions: readonly HistorySession[]): {
  sums: { state: AgentState; ms: number }[];
  wholeMs: number;
} {
  const sums = new Map<AgentState, number>();
  for (const { state, ms } of sessions.flatMap((session) => session.sums)) sums.set(state, (sums.get(state) ?? 0) + ms);
  const order = Object.keys(STATE_WORDS) as AgentState[];
  return {
    sums: order.flatMap((state) => {
      const ms = sums.get(state);
      return ms === undefined ? [] : [{ state, ms }];
    }),
    wholeMs: [...sums.values()].reduce((whole, ms) => whole + ms, 0),
  };
}

/** A line of the table that says the same as the time line. */
export interface DayRow extends Span {
  lane: string;
}

/** All spans of all lanes as they began; signals that are just there say nothing and are left out. */
export function dayRows(lanes: readonly Lane[]): DayRow[] {
  return lanes
    .flatMap(({ title, spans }) =>
      spans.filter(({ tint }) => tint !== "signal").map((span) => ({ ...span, lane: title })),
    )
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * The table as CSV (RFC 4180, with a mark that tells spreadsheets it is UTF-8). `instant` writes a moment. A cell that
 * a spreadsheet would take for a formula gets an apostrophe.
 */
export function dayCsv(rows: readonly DayRow[], instant: (ms: number) => string): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map(({ lane, from, to, word, about }) =>
    [instant(from), instant(to), String(Math.round((to - from) / 1000)), lane, word, about].map(cell).join(","),
  );
  return `\ufeff${[["From", "To", "Seconds", "Lane", "What", "About"].join(","), ...lines, ""].join("\r\n")}`;
}
