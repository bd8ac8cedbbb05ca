import type { Snapshot } from "../../contract/snapshot.ts";
import type { Leg, Session, ToDispose } from "../../contract/views.ts";

/** What the frame shows of an agent: one state, in a word, since when, and what takes it further. */
export interface AgentView {
  /** Colour and shape. */
  state: "signed-off" | "ready" | "ringing" | "talking" | "wrap-up" | "paused" | "fault";
  word: string;
  since: string | null;
  /** When a wrap-up ends by itself. */
  dueAt: string | null;
  /** A pause asked for while something else went on: it begins when that ends. */
  next: string | null;
  /** What the agent may do about it now. */
  act: "pause" | "resume" | "end-wrap-up" | null;
}

/** One call as the card shows it, whether it goes on, has just ended, or waits to be disposed. */
export interface CallView {
  legId: string;
  phase: "ringing" | "dialling" | "talking" | "held" | "ended";
  type: Leg["type"];
  number: string;
  name: string;
  contact: Leg["contact"];
  queue: Leg["queue"];
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
}

const going = (leg: Leg) => leg.state !== "ended";
const PHASES = ["talking", "held", "ringing", "dialling", "ended"] as const;

/** The leg that matters most now: what is talked, then what rings, then what was last. Null where there is none. */
export function leadingLeg(legs: readonly Leg[]): Leg | null {
  for (const phase of PHASES) {
    const found = legs.filter((leg) => leg.state === phase).at(-1);
    if (found !== undefined) return found;
  }
  return null;
}

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
 * The agent's one state. A call comes before a pause: what he does now, not what is planned. Ready counts from the end
 * of the last call (`lastEnd`) where that is later than the session's own change of state, which knows nothing of calls.
 */
export function agentView(snapshot: Snapshot, lastEnd: string | null = null): AgentView {
  const session = snapshot.session;
  const leg = leadingLeg(snapshot.legs.filter(going));
  const pause = pauseOf(session);
  if (session === null)
    return { state: "signed-off", word: "Not logged in", since: null, dueAt: null, next: null, act: null };
  if (leg !== null) {
    const next = pause === null || pause.state === "wrap-up" ? null : pause.word;
    const act = next === null ? "pause" : pause?.act === "resume" ? "resume" : null;
    return { ...legView(leg), dueAt: null, next, act };
  }
  if (pause !== null) return pause;
  return { state: "ready", word: "Ready", since: later(session.since, lastEnd), dueAt: null, next: null, act: "pause" };
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
        word: leg.state === "held" ? "On hold" : "Talking",
        since: leg.answeredAt ?? leg.startedAt,
      };
  }
}

const CAUSES = ["phone-lost", "wrap-up", "supervisor", "break", "capacity", "login-in-pause"] as const;

/** Of several causes the one to show first; a break that waits behind a wrap-up is told as what comes next. */
function pauseOf(session: Session | null): AgentView | null {
  if (session === null || session.causes.length === 0) return null;
  const cause = CAUSES.map((name) => session.causes.find((one) => one.cause === name)).find((one) => one !== undefined);
  if (cause === undefined) return null;
  const common = { since: cause.since, dueAt: null, next: null };
  const waiting = session.causes.find((one) => one.cause === "break" && one !== cause)?.reason ?? null;
  switch (cause.cause) {
    case "phone-lost":
      return { ...common, state: "fault", word: "Telephone lost", next: waiting, act: null };
    case "wrap-up":
      return { ...common, state: "wrap-up", word: "Wrap-up", dueAt: cause.dueAt, next: waiting, act: "end-wrap-up" };
    case "supervisor":
      return { ...common, state: "paused", word: cause.reason ?? "Paused by a supervisor", act: null };
    case "break":
      return { ...common, state: "paused", word: cause.reason ?? "Paused", act: "resume" };
    case "capacity":
      return { ...common, state: "paused", word: "Busy with other work", act: null };
    case "login-in-pause":
      return { ...common, state: "paused", word: "Paused since login", act: "resume" };
  }
}

/**
 * The call on the card: what goes on now; else the one that was opened by hand; else the last one that ended and is
 * not `done`, that is disposed or put off. Null leaves the place to the agent's day.
 */
export function callOnCard(
  snapshot: Snapshot,
  opened: string | null,
  last: string | null,
  done: (legId: string) => boolean,
): CallView | null {
  const now = leadingLeg(snapshot.legs.filter(going));
  if (now !== null) return ofLiveLeg(now);
  const justEnded = snapshot.legs.at(-1)?.legId ?? null;
  for (const legId of [opened, last, justEnded]) {
    if (legId === null || (done(legId) && legId !== opened)) continue;
    const ended = snapshot.legs.find((leg) => leg.legId === legId);
    if (ended !== undefined && ended.answeredAt !== null) return ofLiveLeg(ended);
    const waiting = snapshot.toDispose.find((one) => one.legId === legId);
    if (waiting !== undefined) return ofWaiting(waiting);
  }
  return null;
}

function ofLiveLeg(leg: Leg): CallView {
  const { legId, type, number, name, contact, queue, startedAt, answeredAt, endedAt } = leg;
  return { legId, phase: leg.state, type, number, name, contact, queue, startedAt, answeredAt, endedAt };
}

function ofWaiting(one: ToDispose): CallView {
  const { legId, type, number, name, contact, queue, startedAt, answeredAt, endedAt } = one;
  return { legId, phase: "ended", type, number, name, contact, queue, startedAt, answeredAt, endedAt };
}

/** Who it is, as well as we know: the contact, else the name that came with the call, else the number. */
export function callerName(call: Pick<CallView, "contact" | "name" | "number">): string {
  return call.contact?.name ?? (call.name.trim() || call.number || "Number withheld");
}

/** How much of a wrap-up is left, from 1 down to 0. */
export function wrapUpLeft(since: string, dueAt: string, now: number): number {
  const whole = Date.parse(dueAt) - Date.parse(since);
  return whole <= 0 ? 0 : Math.max(0, Math.min(1, (Date.parse(dueAt) - now) / whole));
}
