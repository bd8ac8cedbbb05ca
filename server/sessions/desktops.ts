/** Which people have a desktop connected right now, and how many each. The live socket says so; sessions listen. */
export interface Desktops {
  came(staffId: number): void;
  left(staffId: number): void;
  connected(staffId: number): boolean;
  /** Told when somebody's first desktop comes and when his last one leaves. The answer ends it. */
  subscribe(listener: (staffId: number, connected: boolean) => void): () => void;
}

/** Nobody is connected yet. */
export function createDesktops(): Desktops {
  const counts = new Map<number, number>();
  const listeners = new Set<(staffId: number, connected: boolean) => void>();
  const change = (staffId: number, by: 1 | -1) => {
    const before = counts.get(staffId) ?? 0;
    const after = Math.max(before + by, 0);
    if (after === 0) counts.delete(staffId);
    else counts.set(staffId, after);
    if ((before === 0) === (after === 0)) return;
    for (const listener of listeners) listener(staffId, after > 0);
  };
  return {
    came: (staffId) => change(staffId, 1),
    left: (staffId) => change(staffId, -1),
    connected: (staffId) => counts.has(staffId),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
