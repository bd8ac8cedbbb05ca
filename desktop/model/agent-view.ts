import type { Snapshot } from "../../contract/snapshot.ts";
import type { Leg, PauseCause, Session } from "../../contract/views.ts";
import { leadingLeg } from "./call-view.ts";

/** What an agent may do about his state now: the one thing the button in the status bar does. */
export type AgentAct = "pause" | "resume" | "cancel-break" | "end-wrap-up" | "ready";

/** What the frame shows of an agent: one state, in a word, since when, and what takes it further. */
export interface AgentView {
  /** Colour and shape. */
  state: "signed-off" | "ready" | "ringing" | "talking" | "wrap-up" | "paused" | "fault";
  word: string;
  since: string | null;
  /** When a wrap-up ends by itself, or when a break should be over, which ends nothing. */
  dueAt: string | null;
  /** What else holds him, or what comes when this is over, in a few words. */
  next: string | null;
  act: AgentAct | null;
}

/** The parts of a session that say why an agent is offered nothing; anybody's, where it is shown live. */
export type Paused = Pick<Session, "causes" | "pendingBreak">;
type Cause = Session["causes"][number];

/**
 * The end of the last call of this session, as far as the snapshot or what was `known` before tells; null where there
 * was none. A call that is over and disposed is in no snapshot any more, so whoever shows it must remember it.
 */
export function lastCallEnd(snapshot: Snapshot, known: string | null): string | null {
  const { session } = snapshot;
  if (session === null) return null;
  return [known, ...[...snapshot.legs, ...snapshot.toDispose].map((one) => one.endedAt)]
    .filter((end) => end !== null && Date.parse(end) > Date.parse(session.startedAt))
    .reduce(later, null);
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(other) > Date.parse(one) ? other : one;
}

/**
 * The agent's one state: a call before a pause, because it is what he does now, then the first open cause in the order
 * of `CAUSES`. Ready counts from the end of the last call (`lastEnd`) where that is later than the session's own change
 * of state, which knows nothing of calls.
 */
export function agentView(snapshot: Snapshot, lastEnd: string | null = null): AgentView {
  const session = snapshot.session;
  if (session === null)
    return { state: "signed-off", word: "Not logged in", since: null, dueAt: null, next: null, act: null };
  const leg = leadingLeg(snapshot.legs.filter((one) => one.state !== "ended"));
  const cause = leadingCause(session);
  const act = actOf(session, leg !== null);
  if (leg !== null) return { ...legView(leg), dueAt: null, next: afterCall(session), act };
  if (cause !== null)
    return { ...causeView(cause), since: cause.since, dueAt: cause.dueAt, next: beside(session, cause), act };
  const next = session.pendingBreak === null ? null : `${session.pendingBreak.reason} comes next`;
  return { state: "ready", word: "Ready", since: later(session.since, lastEnd), dueAt: null, next, act };
}

/** A call's state as a colour, a word and a time; also where no session stands around it. */
export function legView(leg: Leg): Pick<AgentView, "state" | "word" | "since"> {
  switch (leg.state) {
    case "ringing":
      return { state: "ringing", word: "Ringing", since: leg.startedAt };
    case "dialling":
      return { state: "ringing", word: "Calling", since: leg.startedAt };
    default:
      return {
        state: "talking",
        // Whoever asks a colleague talks with him, whether the caller hears music or not.
        word: leg.hand?.asks != null ? "Asking" : leg.state === "held" ? "On hold" : "Talking",
        since: leg.answeredAt ?? leg.startedAt,
      };
  }
}

/** Of several open causes the one that counts, first to last: the same order in which a session's time is counted. */
const CAUSES: readonly PauseCause[] = ["phone-lost", "supervisor", "break", "wrap-up", "login-in-pause", "capacity"];

/** The open cause that says the state; null where none is open. */
export function leadingCause({ causes }: Pick<Paused, "causes">): Cause | null {
  return CAUSES.map((name) => causes.find((one) => one.cause === name)).find((one) => one !== undefined) ?? null;
}

/** A pause as a colour and a word: the same for the agent himself and for who watches him. */
export function causeView(cause: Cause): Pick<AgentView, "state" | "word"> {
  switch (cause.cause) {
    case "phone-lost":
      return cause.reason === "missed-calls"
        ? { state: "fault", word: "Calls missed" }
        : { state: "fault", word: "Phone lost" };
    case "supervisor":
      return { state: "paused", word: cause.by === null ? "Paused by a supervisor" : `Paused by ${cause.by.name}` };
    case "break":
      return { state: "paused", word: cause.reason ?? "Break" };
    case "wrap-up":
      return { state: "wrap-up", word: "Wrap-up" };
    case "login-in-pause":
      return { state: "paused", word: "Not ready yet" };
    case "capacity":
      return { state: "paused", word: "Busy with other work" };
  }
}

/** What begins or goes on when the call is over. */
function afterCall(session: Session): string | null {
  const reason = session.pendingBreak?.reason ?? breakOf(session)?.reason;
  if (reason) return `${reason} after this call`;
  const cause = leadingCause(session);
  // A wrap-up during a call is that of the call before.
  if (cause === null || cause.cause === "wrap-up" || SAID_BELOW.includes(cause.cause)) return null;
  return `then: ${causeView(cause).word}`;
}

/** What has a line of its own under the status bar is not said in it as well. */
const SAID_BELOW: readonly PauseCause[] = ["phone-lost", "supervisor", "login-in-pause"];

/** What holds him beside the cause that is shown. */
function beside(session: Session, shown: Cause): string | null {
  const others = session.causes.filter((one) => one !== shown && !SAID_BELOW.includes(one.cause));
  const words = others.map((one) => causeView(one).word);
  if (session.pendingBreak !== null) words.push(session.pendingBreak.reason);
  return words.length === 0 ? null : `also: ${words.join(", ")}`;
}

const breakOf = (session: Paused) => session.causes.find((one) => one.cause === "break");

/**
 * What the one button does, first that applies. Only acts that change something are offered: nobody resumes from a
 * supervisor's pause or from a lost telephone, but he may take his break meanwhile.
 *
 * a break is asked for       cancel-break
 * a break is open            resume
 * calls were missed          ready            (a lost telephone of another kind comes back by itself)
 * wrap-up, no call           end-wrap-up
 * not ready since login      ready
 * else                       pause
 */
function actOf(session: Session, onCall: boolean): AgentAct {
  const open = (name: PauseCause) => session.causes.find((one) => one.cause === name);
  if (session.pendingBreak !== null) return "cancel-break";
  if (open("break")) return "resume";
  if (open("phone-lost")?.reason === "missed-calls") return "ready";
  if (open("wrap-up") && !onCall) return "end-wrap-up";
  if (open("login-in-pause")) return "ready";
  return "pause";
}

/** How much of a wrap-up is left, from 1 down to 0. */
export function wrapUpLeft(since: string, dueAt: string, now: number): number {
  const whole = Date.parse(dueAt) - Date.parse(since);
  return whole <= 0 ? 0 : Math.max(0, Math.min(1, (Date.parse(dueAt) - now) / whole));
}
