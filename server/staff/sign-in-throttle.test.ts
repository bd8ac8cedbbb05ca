import { expect, it } from "vitest";
import { createSignInThrottle } from "./sign-in-throttle.ts";

const at = (seconds: number) => new Date(seconds * 1000);

it("lets ten wrong ones pass, then makes each wait longer, up to five minutes", () => {
  const throttle = createSignInThrottle();
  const waits: number[] = [];
  let now = 0;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const wait = throttle.waitMs("anna", at(now)) / 1000;
    waits.push(wait);
    now += wait;
    throttle.failed("anna", at(now));
  }
  expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]);
  expect(throttle.waitMs("bruno", at(now))).toBe(0);
  expect(throttle.waitMs("anna", at(now + 15 * 60))).toBe(0);
});

it("forgets at the first right one", () => {
  const throttle = createSignInThrottle();
  for (let attempt = 0; attempt < 12; attempt += 1) throttle.failed("anna", at(0));
  throttle.succeeded("anna");
  expect(throttle.waitMs("anna", at(0))).toBe(0);
});

it("stays small, however many names are tried", () => {
  const throttle = createSignInThrottle();
  for (let attempt = 0; attempt < 11; attempt += 1) throttle.failed("first", at(0));
  expect(throttle.waitMs("first", at(0))).toBeGreaterThan(0);
  for (let name = 0; name < 10_000; name += 1) throttle.failed(`name ${name}`, at(1));
  expect(throttle.waitMs("first", at(1))).toBe(0);
});
