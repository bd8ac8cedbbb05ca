import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** How far the server's clock is ahead of this browser's, in milliseconds. */
const Skew = createContext(0);

/** Everything below counts by the server's clock. */
export function ServerClock(props: { skewMs: number; children: ReactNode }) {
  return <Skew value={props.skewMs}>{props.children}</Skew>;
}

let second = Math.floor(Date.now() / 1000);
let ticking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    const now = Math.floor(Date.now() / 1000);
    if (now === second) return;
    second = now;
    for (const one of listeners) one();
  }, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

/** The server's time in milliseconds; the component is drawn again each second, by one timer for the whole page. */
export function useServerNow(): number {
  const skewMs = useContext(Skew);
  const now = useSyncExternalStore(subscribe, () => second);
  return Math.max(now * 1000, Date.now() - 1000) + skewMs;
}
