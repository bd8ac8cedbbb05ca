import { expect, test } from "vitest";
import { secretFrom } from "./new-secret.ts";

test("a secret has the length asked for and no characters that look alike", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, nth) => (nth * 37) % 256);
  const secret = secretFrom(bytes, 20);
  expect(secret).toHaveLength(20);
  expect(secret).toMatch(/^[a-zA-Z2-9]+$/);
  expect(secret).not.toMatch(/[lIO0o1]/);
});

test("too few random bytes make no secret", () => {
  expect(() => secretFrom(new Uint8Array([255, 255, 1]), 20)).toThrow(RangeError);
});
