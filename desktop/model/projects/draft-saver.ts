import type { Flow, FlowIssue } from "../../../contract/flow.ts";
import { RefusalError } from "../refusal-error.ts";

/** How a draft stands to what the server keeps. */
export type SaveState =
  | { is: "saved" }
  /** Changes that are not sent yet. */
  | { is: "waiting" }
  | { is: "saving" }
  /** Nobody answers; it is tried again. */
  | { is: "unreachable"; error: unknown }
  /** The server said no; a further change tries again. */
  | { is: "refused"; error: unknown }
  /** Somebody else has saved meanwhile. */
  | { is: "conflict"; by: string | null; at: string | null; revision: number };

export interface SavedDraft {
  revision: number;
  issues: FlowIssue[];
}

export interface SaverHands {
  /** Sends the draft; throws what the server or the line said. */
  save: (flow: Flow, revision: number) => Promise<SavedDraft>;
  /** Runs it later; answers how to call it off. */
  after: (ms: number, act: () => void) => () => void;
  onState: (state: SaveState) => void;
  onSaved: (saved: SavedDraft, flow: Flow) => void;
}

export interface DraftSaver {
  /** The flow is now this; it is sent a moment after the last change. */
  changed(flow: Flow): void;
  /** Sends what waits at once; resolves when it is kept, or with false where it could not be. */
  flush(): Promise<boolean>;
  /** Goes on from another revision: after a conflict, or when the draft was read again. */
  restart(flow: Flow, revision: number): void;
  revision(): number;
  stop(): void;
}

const CALM_MS = 800;
const AGAIN_MS = 3000;

/** Keeps a draft at the server: one request at a time, a moment after the last change, again after silence. */
export function createDraftSaver(hands: SaverHands, flow: Flow, revision: number): DraftSaver {
  let kept = flow;
  let wanted = flow;
  let from = revision;
  let callOff: (() => void) | null = null;
  let running: Promise<boolean> | null = null;
  let conflict = false;
  /** What the server said no to: the same would be refused again, so it waits for the next change. */
  let refused: Flow | null = null;
  let stopped = false;

  const plan = (ms: number) => {
    callOff?.();
    callOff = stopped || conflict ? null : hands.after(ms, () => void send());
  };
  const send = (): Promise<boolean> => {
    callOff?.();
    callOff = null;
    running ??= sendOne().finally(() => {
      running = null;
      if (wanted !== kept && wanted !== refused && callOff === null) plan(CALM_MS);
    });
    return running;
  };
  const sendOne = async (): Promise<boolean> => {
    if (wanted === kept) return true;
    if (wanted === refused) return false;
    const sent = wanted;
    hands.onState({ is: "saving" });
    try {
      const saved = await hands.save(sent, from);
      // Meanwhile it may have been begun anew from another revision.
      if (stopped) return true;
      from = saved.revision;
      kept = sent;
      hands.onSaved(saved, sent);
      hands.onState(wanted === kept ? { is: "saved" } : { is: "waiting" });
      return true;
    } catch (error) {
      failed(error, sent);
      return false;
    }
  };
  const failed = (error: unknown, sent: Flow) => {
    if (error instanceof RefusalError && error.code === "project.changed") {
      conflict = true;
      const { by, at, revision: theirs } = error.problem;
      hands.onState({
        is: "conflict",
        by: typeof by === "string" ? by : null,
        at: typeof at === "string" ? at : null,
        revision: typeof theirs === "number" ? theirs : from,
      });
    } else if (error instanceof RefusalError) {
      refused = sent;
      hands.onState({ is: "refused", error });
    } else {
      hands.onState({ is: "unreachable", error });
      plan(AGAIN_MS);
    }
  };

  return {
    changed(next) {
      if (next === wanted) return;
      wanted = next;
      if (conflict) return;
      if (running === null) hands.onState(wanted === kept ? { is: "saved" } : { is: "waiting" });
      plan(CALM_MS);
    },
    async flush() {
      if (running !== null) await running;
      return conflict ? false : send();
    },
    restart(next, at) {
      conflict = false;
      kept = next;
      wanted = next;
      from = at;
      callOff?.();
      callOff = null;
      hands.onState({ is: "saved" });
    },
    revision: () => from,
    stop() {
      stopped = true;
      callOff?.();
    },
  };
}
