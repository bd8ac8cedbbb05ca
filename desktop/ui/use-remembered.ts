import { useState } from "react";

/** State of this browser that survives a reload: a choice of columns, the last telephone. Lost storage is no fault. */
export function useRemembered<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => remembered(key) ?? initial);
  return [
    value,
    (next) => {
      setValue(next);
      remember(key, next);
    },
  ];
}

/** What was remembered under the key in this browser, or null. */
export function remembered<Value>(key: string): Value | null {
  try {
    const text = localStorage.getItem(`perch.${key}`);
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null;
  }
}

/** Keeps a value in this browser. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`perch.${key}`, JSON.stringify(value));
  } catch {
    // Private windows and full disks refuse; the choice then lasts as long as the page.
  }
}
