import { useEffect, useSyncExternalStore } from "react";
import type { Problem } from "../../../../contract/refusal.ts";
import { RefusalError, UnreachableError } from "../../../model/refusal-error.ts";

/** What is being played on the page, one sound at a time. */
interface Playing {
  address: string | null;
  /** Why the last one could not be heard. */
  problem: Error | null;
}

let now: Playing = { address: null, problem: null };
const listeners = new Set<() => void>();
let player: HTMLAudioElement | null = null;

function tell(next: Playing): void {
  now = next;
  for (const listener of listeners) listener();
}

function stop(): void {
  player?.pause();
  player = null;
  if (now.address !== null) tell({ address: null, problem: null });
}

function play(address: string): void {
  stop();
  const made = new Audio(address);
  player = made;
  const ended = (problem: Error | null) => {
    if (player === made) tell({ address: null, problem });
  };
  made.onended = () => ended(null);
  made.onerror = () => void whyNot(address).then(ended);
  tell({ address, problem: null });
  made.play().catch(() => {
    // Told by onerror, or it was stopped before it began.
  });
}

/** A player says only that it failed; the server says why. */
async function whyNot(address: string): Promise<Error> {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) return new RefusalError((await answer.json()) as Problem);
  } catch {
    return new UnreachableError();
  }
  const title = "This browser could not play it.";
  return new RefusalError({ type: "about:blank", code: "prompt.no-audio", title, status: 400 });
}

/** Plays sounds, one at a time for the whole page; leaving the page ends it. */
export function useSound(): Playing & { toggle: (address: string) => void } {
  const state = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
  return { ...state, toggle: (address) => (now.address === address ? stop() : play(address)) };
}

/** For the page that has sounds: nothing plays on behind it, and no complaint either. */
export function useQuietAfter(): void {
  useEffect(
    () => () => {
      stop();
      tell({ address: null, problem: null });
    },
    [],
  );
}
