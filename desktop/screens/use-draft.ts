import { useState } from "react";

const KEPT = 40;
const drafts = new Map<string, unknown>();

/**
 * State that survives leaving the screen: what was typed about a call is still there when one comes back to it. Kept
 * while the page is open; `clear` forgets it once it is saved.
 */
export function useDraft<Value>(key: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const [value, setValue] = useState<Value>(() => (drafts.has(key) ? (drafts.get(key) as Value) : initial));
  return [
    value,
    (next) => {
      drafts.delete(key);
      drafts.set(key, next);
      const oldest = drafts.keys().next().value;
      if (drafts.size > KEPT && oldest !== undefined) drafts.delete(oldest);
      setValue(next);
    },
    () => {
      drafts.delete(key);
    },
  ];
}
