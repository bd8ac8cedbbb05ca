import { useSyncExternalStore } from "react";

/** What was chosen for a call in this browser. The server knows it too; this spares the card a question. */
export interface Disposed {
  path: string[];
  name: string;
  at: string;
  contactId: number | null;
}

const KEY = "perch.disposed";
/** As many as a shift may bring; older ones are asked from the server. */
const KEPT = 300;

let known: Record<string, Disposed> = read();
const listeners = new Set<() => void>();

/** What this browser's agent chose, by leg. */
export function useDisposed(): Readonly<Record<string, Disposed>> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
}

/** Notes what was chosen for a call. */
export function noteDisposed(legId: string, disposed: Disposed): void {
  const entries = Object.entries(known).filter(([id]) => id !== legId);
  known = Object.fromEntries([...entries.slice(-KEPT), [legId, disposed]]);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(known));
  } catch {
    // Without storage it lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function read(): Record<string, Disposed> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, Disposed>;
  } catch {
    return {};
  }
}
