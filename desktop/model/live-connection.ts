import { CLOSE, type ServerFrame, SILENCE_MS } from "../../contract/protocol.ts";
import { heard, type LiveState, lost, nothingYet, waitMs } from "./live-state.ts";

type Ended = Exclude<LiveState["status"], "connecting" | "live" | "stale">;

/** Codes with which the server says that trying again is of no use; the reason beside is in words for a person. */
const ENDS = new Map<number, Ended>([
  [CLOSE.signInRequired, "sign-in-required"],
  [CLOSE.elsewhere, "elsewhere"],
  [CLOSE.replaced, "replaced"],
]);

/** One line to the server while it lasts. */
export interface Line {
  close(): void;
}

/** What a line tells. */
export interface Ears {
  message(data: unknown): void;
  closed(code: number, reason: string): void;
}

/** What the connection needs from the browser. */
export interface Surroundings {
  open: (ears: Ears) => Line;
  now: () => number;
  /** Calls back after so many milliseconds; the answer cancels it. */
  after: (ms: number, act: () => void) => () => void;
  chance: () => number;
}

export interface LiveConnection {
  state(): LiveState;
  subscribe(listener: () => void): () => void;
  /** Opens the line; nothing when it is open already. */
  start(): void;
  /** Closes it and forgets what it said: the next start begins from nothing. */
  stop(): void;
}

/**
 * The line to the server: one snapshot, then events. A gap, a closed socket or silence makes the state stale at once
 * and opens a new line, which begins with a new snapshot; nothing is patched together across two lines.
 */
export function createLiveConnection(surroundings: Surroundings): LiveConnection {
  const { now, after } = surroundings;
  let state = nothingYet;
  let line: Line | null = null;
  let attempt = 0;
  let running = false;
  let cancelRetry = () => {};
  let cancelSilence = () => {};
  const listeners = new Set<() => void>();

  const become = (next: LiveState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };

  function connect(): void {
    cancelRetry();
    const mine: Line = surroundings.open({
      message: (data) => {
        if (mine === line) receive(data);
      },
      closed: (code, reason) => {
        if (mine === line) closed(code, reason);
      },
    });
    line = mine;
    watchSilence();
  }

  function closed(code: number, reason: string): void {
    line = null;
    cancelSilence();
    const status = ENDS.get(code);
    if (status === undefined) retry();
    else end(status, reason.trim() || null);
  }

  function receive(data: unknown): void {
    const frame = asFrame(data);
    const next = frame && heard(state, frame, now());
    if (frame === null || next === null || next.again) {
      drop();
    } else if (next.state.status === "outdated") {
      end("outdated");
    } else {
      if ("snapshot" in frame) attempt = 0;
      watchSilence();
      become(next.state);
    }
  }

  /** This line is of no use any more: leave it and try another. */
  function drop(): void {
    const old = line;
    line = null;
    old?.close();
    cancelSilence();
    retry();
  }

  function retry(): void {
    become(lost(state));
    cancelRetry = after(waitMs(attempt, surroundings.chance()), connect);
    attempt += 1;
  }

  function end(status: Ended, words: string | null = null): void {
    stopLine();
    become({ ...state, status, words });
  }

  function watchSilence(): void {
    cancelSilence();
    cancelSilence = after(SILENCE_MS, drop);
  }

  function stopLine(): void {
    running = false;
    cancelRetry();
    cancelSilence();
    const old = line;
    line = null;
    old?.close();
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (running) return;
      running = true;
      attempt = 0;
      become(nothingYet);
      connect();
    },
    stop() {
      stopLine();
      become(nothingYet);
    },
  };
}

function asFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? (value as ServerFrame) : null;
  } catch {
    return null;
  }
}
