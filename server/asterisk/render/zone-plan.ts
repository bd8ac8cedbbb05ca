import { turnWithin } from "../../../contract/calendar-time.ts";
import { offsetMs } from "../../../contract/house-days.ts";

/**
 * What a zone's clocks show, without a database of zones: Asterisk reads the one of its machine and takes UTC, without
 * a word, where there is none, as in a private root. So the turns of the clocks are written out, for the years below.
 */
const FIRST_YEAR = 2026;
const YEARS = 20;

const STEP_MS = 5 * 86_400_000;

interface ZoneTurns {
  /** Ahead of UTC at the beginning, seconds. */
  offset: number;
  /** From `at` on, seconds since 1970, the clocks are `by` seconds further ahead. */
  turns: readonly { at: number; by: number }[];
}

const known = new Map<string, ZoneTurns>();

/** The turns of a zone's clocks in the years that are written out. */
function zoneTurns(zone: string): ZoneTurns {
  const already = known.get(zone);
  if (already !== undefined) return already;
  const begin = Date.UTC(FIRST_YEAR, 0, 1);
  const end = Date.UTC(FIRST_YEAR + YEARS, 0, 1);
  const turns: { at: number; by: number }[] = [];
  for (let from = begin; from < end; from += STEP_MS) {
    for (const at of turnWithin(from, from + STEP_MS, zone)) {
      turns.push({ at: at / 1000, by: (offsetMs(at, zone) - offsetMs(from, zone)) / 1000 });
    }
  }
  const found = { offset: offsetMs(begin, zone) / 1000, turns };
  known.set(zone, found);
  return found;
}

/** An expression: what the zone's clocks show at an instant, as seconds that read as UTC. `instant` is an expression. */
export function wallClock(zone: string, instant: string): string {
  const { offset, turns } = zoneTurns(zone);
  const parts = turns.map(({ at, by }) => `(${instant} >= ${at}) * ${by}`);
  return `$[${[instant, offset, ...parts].join(" + ")}]`;
}
