/**
 * Outbound patterns. A pattern is digits with three wild cards (X is 0-9, Z is 1-9, N is 2-9), may begin with + and
 * may end with a dot, which stands for one or more of what can be dialled. The same language as Asterisk's dialplan.
 */

const WILD: Record<string, string> = { X: "[0-9]", Z: "[1-9]", N: "[2-9]", ".": "[0-9*#+]+", "+": "\\+" };

/** Whether a text can be a pattern at all: what the contract's schema accepts. */
export function isPattern(text: string): boolean {
  return /^\+?[0-9XZN]+\.?$/.test(text);
}

/** Whether a dialled number takes this route. False for what is no pattern. */
export function takesPattern(pattern: string, number: string): boolean {
  if (!isPattern(pattern)) return false;
  return new RegExp(`^${[...pattern].map((one) => WILD[one] ?? one).join("")}$`).test(number);
}
