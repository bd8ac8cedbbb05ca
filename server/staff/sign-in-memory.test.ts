import { expect, it } from "vitest";
import { createSignInMemory } from "./sign-in-memory.ts";

const now = new Date("2026-11-22T09:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const anna = { staffId: 1, role: "agent", hotdesk: true } as const;
const until = { now, expiresAt: later(3600_000) };

it("remembers who is behind a token for ten seconds, and never beyond the end of the sign-in", () => {
  const memory = createSignInMemory();
  memory.keep("one", anna, until, memory.place());
  memory.keep("two", anna, { now, expiresAt: later(2000) }, memory.place());
  expect(memory.recall("one", later(9999))).toEqual(anna);
  expect(memory.recall("one", later(10_000))).toBeNull();
  expect(memory.recall("two", later(1999))).toEqual(anna);
  expect(memory.recall("two", later(2000))).toBeNull();
  expect(memory.recall("three", now)).toBeNull();
});

it("forgets one person or everybody at once", () => {
  const memory = createSignInMemory();
  memory.keep("one", anna, until, memory.place());
  memory.keep("two", { ...anna, staffId: 2 }, until, memory.place());
  memory.forget(1);
  expect([memory.recall("one", now), memory.recall("two", now)?.staffId]).toEqual([null, 2]);
  memory.forget("all");
  expect(memory.recall("two", now)).toBeNull();
});

it("does not keep what was read before something was forgotten", () => {
  const memory = createSignInMemory();
  const place = memory.place();
  memory.forget(1);
  memory.keep("one", anna, until, place);
  expect(memory.recall("one", now)).toBeNull();
});

it("stays small however many sign in", () => {
  const memory = createSignInMemory();
  for (let n = 0; n < 20_001; n += 1) memory.keep(String(n), anna, until, memory.place());
  expect([memory.recall("0", now), memory.recall("20000", now)]).toEqual([null, anna]);
});
