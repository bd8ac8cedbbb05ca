/** A number this desktop asked the server to call. */
export interface AskedCall {
  number: string;
  /** When, in milliseconds of the server's clock. */
  at: number;
}

/** Clocks of browser and server agree only roughly, and the telephone is rung a moment after the click. */
const BEFORE_MS = 2_000;
const AFTER_MS = 15_000;

/** Whether a call is the one that was asked for, and not dialled on the telephone: begun with it, to the same number. */
export function isAskedCall(call: { number: string; startedAt: string }, asked: AskedCall | null): boolean {
  if (asked === null) return false;
  const late = Date.parse(call.startedAt) - asked.at;
  if (late < -BEFORE_MS || late > AFTER_MS) return false;
  // An outbound route may put digits before the number, or take some away.
  const [one, other] = [digits(call.number), digits(asked.number)];
  return one.endsWith(other) || other.endsWith(one);
}

const digits = (number: string) => number.replace(/\D/g, "");
