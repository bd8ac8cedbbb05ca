import type { RecordingDetails } from "../../contract/views.ts";

/** What a player has to know of a recording of a call, or of a message, which has the customer's side alone. */
export type PlayedSound = Pick<RecordingDetails, "lengthMs" | "peaks" | "pauses" | "parts" | "legs" | "remarks">;

/** A message as a player shows it. `peaks`: loudness over the time, 0 to 255. */
export function messageSound(lengthMs: number, peaks: number[]): PlayedSound {
  return { lengthMs, peaks: { customer: peaks, house: [] }, pauses: [], parts: [], legs: [], remarks: [] };
}

/** A stretch of a recording, in milliseconds from its beginning. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** Both sides as quiet as this, 0 to 255, say nothing: 36 dB below the loudest there can be. */
const QUIET = 64;
const SHORTEST_SILENCE_MS = 2000;
/** What stays of a silence on either side, so that no word is cut. */
const MARGIN_MS = 400;

/** Stretches in which nobody says anything for a while: they can be skipped. Pure. */
export function silences({ peaks, lengthMs }: Pick<PlayedSound, "peaks" | "lengthMs">): Stretch[] {
  const steps = peaks.customer.length;
  const found: Stretch[] = [];
  let since: number | null = null;
  for (let step = 0; step <= steps; step += 1) {
    const quiet = step < steps && (peaks.customer[step] ?? 0) < QUIET && (peaks.house[step] ?? 0) < QUIET;
    if (quiet) since ??= step;
    else if (since !== null) {
      const fromMs = (since / steps) * lengthMs + MARGIN_MS;
      const toMs = (step / steps) * lengthMs - MARGIN_MS;
      if (toMs - fromMs >= SHORTEST_SILENCE_MS) found.push({ fromMs, toMs });
      since = null;
    }
  }
  return found;
}

/** Where playing goes on that has come into a silence; null outside of one. */
export function afterSilence(stretches: readonly Stretch[], placeMs: number): number | null {
  return stretches.find(({ fromMs, toMs }) => placeMs >= fromMs && placeMs < toMs - 100)?.toMs ?? null;
}

/**
 * One side's wave form as an SVG path over a field of `steps` by 2, its middle at 1: a bar a step, never thinner than a
 * line where nothing is said.
 */
export function wavePath(peaks: readonly number[]): string {
  return peaks
    .map((peak, step) => {
      const height = Math.max(0.02, peak / 255);
      return `M${step} ${(1 - height).toFixed(2)}h1V${(1 + height).toFixed(2)}h-1z`;
    })
    .join("");
}

/** A place within the recording, whatever is asked for. */
export function withinRecording(placeMs: number, lengthMs: number): number {
  return Math.max(0, Math.min(lengthMs, placeMs));
}

/** Where something stands, in per cent of the length. */
export function shareOf(placeMs: number, lengthMs: number): number {
  return lengthMs === 0 ? 0 : (withinRecording(placeMs, lengthMs) / lengthMs) * 100;
}
