/**
 * What an agent dials on a telephone to say something about himself. These are acts on a session and no calls: they
 * count neither as being on a call nor in any report.
 */
export type StarCode = "break" | "log-in" | "log-out" | "resume";

/** A dialled code with what was dialled behind it: the agent's number after *11, the reason's digit after *10. */
export interface DialledCode {
  code: StarCode;
  rest: string;
}

const FORMS: readonly [StarCode, RegExp][] = [
  ["break", /^\*10([0-9]?)$/],
  ["log-in", /^\*11((?:[0-9]{2,8})?)$/],
  ["log-out", /^\*12()$/],
  ["resume", /^\*13()$/],
];

/** Says by keypad how his newest call without an outcome ended. An agent who works by telephone is rung to it. */
export const DISPOSE_CODE = "*14";

/** With six digits behind it, made up for one call: a prompt is said on this telephone. */
export const SAY_PROMPT_CODE = "*15";
const SAY_PROMPT = /^\*15([0-9]{6})$/;

/** With six digits behind it, made up for one call: a project is tried on this telephone. */
export const TRY_PROJECT_CODE = "*16";
const TRY_PROJECT = /^\*16([0-9]{6})$/;
export const TRY_PROJECT_PATTERN = "_*16XXXXXX";

/** The same as the dial plan's patterns say it. */
export const STAR_CODE_PATTERNS: readonly string[] = [
  "*10",
  "_*10X",
  "*11",
  ...[2, 3, 4, 5, 6, 7, 8].map((digits) => `_*11${"X".repeat(digits)}`),
  "*12",
  "*13",
  DISPOSE_CODE,
  "_*15XXXXXX",
];

/** Reads what was dialled; null is any other number. */
export function readStarCode(dialled: string): DialledCode | null {
  for (const [code, form] of FORMS) {
    const match = form.exec(dialled);
    if (match !== null) return { code, rest: match[1] ?? "" };
  }
  return null;
}

/** The digits behind the code by which a prompt is said; null is any other number. */
export const readSayPrompt = (dialled: string): string | null => SAY_PROMPT.exec(dialled)?.[1] ?? null;

/** The digits behind the code by which a project is tried; null is any other number. */
export const readTryProject = (dialled: string): string | null => TRY_PROJECT.exec(dialled)?.[1] ?? null;

/** Whether what was dialled on a telephone is said to us, and no call. */
export const isStarCode = (dialled: string): boolean =>
  readStarCode(dialled) !== null ||
  dialled === DISPOSE_CODE ||
  readSayPrompt(dialled) !== null ||
  readTryProject(dialled) !== null;
