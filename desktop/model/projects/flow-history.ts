import type { Flow } from "../../../contract/flow.ts";

/** A flow with what it was before, and what was taken back. Steps share what they did not change, so many cost little. */
export interface FlowHistory {
  past: readonly Step[];
  now: Flow;
  future: readonly Step[];
  /** What the last change was, while more of the same is still the same step. */
  open: string | null;
}

interface Step {
  flow: Flow;
  /** What was done to it, in words: "Move 3 blocks". */
  words: string;
}

/** More steps than anybody takes back; the oldest are forgotten then. */
const MOST_STEPS = 1000;

export const beginHistory = (flow: Flow): FlowHistory => ({ past: [], now: flow, future: [], open: null });

/** A change. Those with the same `merge` in a row are one step: typing in a field, pushing with the arrows. */
export function changed(history: FlowHistory, flow: Flow, words: string, merge: string | null = null): FlowHistory {
  if (flow === history.now) return history;
  if (merge !== null && merge === history.open) return { ...history, now: flow, future: [] };
  const past = [...history.past, { flow: history.now, words }].slice(-MOST_STEPS);
  return { past, now: flow, future: [], open: merge };
}

/** What comes next is a step of its own. */
export const closed = (history: FlowHistory): FlowHistory =>
  history.open === null ? history : { ...history, open: null };

export function undone(history: FlowHistory): FlowHistory {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: last.flow,
    future: [{ flow: history.now, words: last.words }, ...history.future],
    open: null,
  };
}

export function redone(history: FlowHistory): FlowHistory {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, { flow: history.now, words: next.words }], now: next.flow, future, open: null };
}

export const undoWords = (history: FlowHistory): string | null => history.past.at(-1)?.words ?? null;
export const redoWords = (history: FlowHistory): string | null => history.future[0]?.words ?? null;
