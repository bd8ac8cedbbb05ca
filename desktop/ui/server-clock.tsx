import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";

/** How far the server's clock is ahead of this browser's, and where it was stopped, in milliseconds. */
const Clock = createContext<{ skewMs: number; stoppedAt: number | null }>({ skewMs: 0, stoppedAt: null });

/** Everything below counts by the server's clock. */
export function ServerClock(props: { skewMs: number; children: ReactNode }) {
  const { skewMs } = props;
  const clock = useMemo(() => ({ skewMs, stoppedAt: null }), [skewMs]);
  return <Clock value={clock}>{props.children}</Clock>;
}

/** Stops the clock for everything below while `at` is given: what is not known any more must not count on. */
export function StoppedClock(props: { at: string | null; children: ReactNode }) {
  const { skewMs } = useContext(Clock);
  const stoppedAt = props.at === null ? null : Date.parse(props.at);
  const clock = useMemo(() => ({ skewMs, stoppedAt }), [skewMs, stoppedAt]);
  return <Clock value={clock}>{props.children}</Clock>;
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
  const { skewMs, stoppedAt } = useContext(Clock);
  const now = useSyncExternalStore(subscribe, () => second);
  return stoppedAt ?? Math.max(now * 1000, Date.now() - 1000) + skewMs;
}
