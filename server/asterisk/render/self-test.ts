import { SELF_TEST_CONTEXT } from "../names.ts";

/** A test call ends by itself after so long, whatever becomes of who asked for it. */
const TEST_SECONDS = 60;

/** Where a telephone that is tried out arrives once picked up: it hears music, and what it does is told as events. */
export function renderSelfTest(): string {
  return [
    `[${SELF_TEST_CONTEXT}]`,
    `exten => s,1,MusicOnHold(default,${TEST_SECONDS})`,
    " same => n,Hangup(16)",
    "",
  ].join("\n");
}
