/** One browser at which somebody has a live line. */
export interface Desktop {
  /** The same for all windows of one browser: they share its sign-in. Never sent, never logged. */
  signIn: string;
  address: string;
  since: Date;
}

/** Which people have a desktop connected right now, and where. The live socket says so; sessions listen. */
export interface Desktops {
  /** A line was opened; a program's that is nowhere in particular may say nothing more. */
  came(staffId: number, desktop?: Desktop): void;
  left(staffId: number, desktop?: Desktop): void;
  connected(staffId: number): boolean;
  /** Those that are connected, the longest first. */
  of(staffId: number): Desktop[];
  /** Told when somebody's first desktop comes and when his last one leaves. The answer ends it. */
  subscribe(listener: (staffId: number, connected: boolean) => void): () => void;
}

const NOWHERE: Desktop = { signIn: "", address: "", since: new Date(0) };

/** Nobody is connected yet. */
export function createDesktops(): Desktops {
  const lines = new Map<number, Desktop[]>();
  const listeners = new Set<(staffId: number, connected: boolean) => void>();
  const change = (staffId: number, act: (mine: Desktop[]) => Desktop[]) => {
    const before = lines.get(staffId) ?? [];
    const after = act(before);
    if (after.length === 0) lines.delete(staffId);
    else lines.set(staffId, after);
    if ((before.length === 0) === (after.length === 0)) return;
    for (const listener of listeners) listener(staffId, after.length > 0);
  };
  return {
    came: (staffId, desktop = NOWHERE) => change(staffId, (mine) => [...mine, desktop]),
    left: (staffId, desktop = NOWHERE) =>
      change(staffId, (mine) => {
        const place = mine.indexOf(desktop);
        return place === -1 ? mine : mine.toSpliced(place, 1);
      }),
    connected: (staffId) => lines.has(staffId),
    of: (staffId) => lines.get(staffId) ?? [],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
