/** So many refused calls of one telephone within WINDOW_MS are more than a mistake. */
const MANY = 5;
const WINDOW_MS = 10 * 60_000;
/** A telephone that goes on is told of again after so long. */
const AGAIN_MS = 60 * 60_000;
/** More telephones at once are no telephones of this house. */
const MOST = 10_000;

interface Counted {
  at: number[];
  toldAt: number | null;
}

/** Counts calls that limits refused, by who made them, and says when it is time to tell somebody. */
export class RefusalCount {
  readonly #counts = new Map<string, Counted>();

  /** How many there were lately, where that has to be told now; null: not (again). */
  take(who: string, now: number): number | null {
    const counted = this.#counts.get(who) ?? { at: [], toldAt: null };
    this.#counts.delete(who);
    this.#counts.set(who, counted);
    counted.at = [...counted.at.filter((at) => at > now - WINDOW_MS), now].slice(-1000);
    if (this.#counts.size > MOST) {
      const [oldest] = this.#counts.keys();
      if (oldest !== undefined) this.#counts.delete(oldest);
    }
    const told = counted.toldAt !== null && counted.toldAt > now - AGAIN_MS;
    if (counted.at.length < MANY || told) return null;
    counted.toldAt = now;
    return counted.at.length;
  }
}
