import { useState } from "react";

/** An act on the server: whether it is under way, and what went wrong the last time it was tried. */
export interface Act {
  busy: boolean;
  error: unknown;
  /** Runs it; resolves with whether it was done. A second click while the first is under way does nothing. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** For one control, or a group of which one acts at a time. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    busy,
    error,
    clear: () => setError(null),
    async run(act) {
      if (busy) return false;
      setBusy(true);
      setError(null);
      try {
        await act();
        return true;
      } catch (problem) {
        setError(problem);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
