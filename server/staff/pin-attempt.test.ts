import { expect, it } from "vitest";
import { countAttempt, type PinAttempts } from "./pin-attempt.ts";

const rule = { attempts: 3, lockMs: 900_000 };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute));
const none: PinAttempts = { failures: 0, lastAt: at(0), lockedUntil: null };
const counted = (known: PinAttempts, now: Date) => countAttempt(known, now, rule) ?? expect.unreachable();

it("locks with the third wrong one in a row, and counts nothing more while it is locked", () => {
  const second = counted(counted(none, at(0)), at(1));
  expect(second).toEqual({ failures: 2, lastAt: at(1), lockedUntil: null });
  const third = counted(second, at(2));
  expect(third).toEqual({ failures: 3, lastAt: at(2), lockedUntil: at(17) });
  expect(countAttempt(third, at(16), rule)).toBeNull();
});

it("begins anew when the lock is over", () => {
  const third = counted(counted(counted(none, at(0)), at(1)), at(2));
  expect(counted(third, at(17))).toEqual({ failures: 1, lastAt: at(17), lockedUntil: null });
});

it("forgets failures of longer ago than a lock lasts", () => {
  const second = counted(counted(none, at(0)), at(1));
  expect(counted(second, at(17)).failures).toBe(1);
  expect(counted(second, at(16)).failures).toBe(3);
});

it("locks at the first where the house says so", () => {
  expect(countAttempt(none, at(0), { ...rule, attempts: 1 })?.lockedUntil).toEqual(at(15));
});
