import { expect, it } from "vitest";
import { isAskedCall } from "./asked-call.ts";

const AT = Date.parse("2026-03-02T09:00:00Z");
const asked = { number: "+390551234567", at: AT };
const call = (number: string, afterMs: number) => ({ number, startedAt: new Date(AT + afterMs).toISOString() });

it("knows the call it asked for, also with a prefix before its number", () => {
  expect(isAskedCall(call("+390551234567", 400), asked)).toBe(true);
  expect(isAskedCall(call("0390551234567", 400), asked)).toBe(true);
  expect(isAskedCall(call("+390551234567", -900), asked)).toBe(true);
});

it("takes no call for its own that was dialled on the telephone", () => {
  expect(isAskedCall(call("+390551234567", 400), null)).toBe(false);
  expect(isAskedCall(call("+390557654321", 400), asked)).toBe(false);
  expect(isAskedCall(call("+390551234567", 60_000), asked)).toBe(false);
  expect(isAskedCall(call("+390551234567", -60_000), asked)).toBe(false);
});
