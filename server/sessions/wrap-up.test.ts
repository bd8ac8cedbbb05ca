import { expect, it } from "vitest";
import { wrapUpUntil } from "./wrap-up.ts";

const leg = {
  state: "ended" as const,
  answeredAt: "2026-03-01T08:00:00.000Z",
  endedAt: "2026-03-01T08:05:00.000Z",
  queue: { id: 1, name: "support" },
};
const rule = { wrapUpSeconds: 30, mandatoryDisposition: false };
const until = (over: object, ruleOver: object = {}, disposed = false) =>
  wrapUpUntil({ ...leg, ...over }, { ...rule, ...ruleOver }, disposed, 600)?.toISOString() ?? null;

it.each([
  ["as long as the queue says", until({}), "2026-03-01T08:05:30.000Z"],
  [
    "until disposed, at most the maximum, where that is mandatory",
    until({}, { mandatoryDisposition: true }),
    "2026-03-01T08:15:00.000Z",
  ],
  ["never longer than the maximum", until({}, { wrapUpSeconds: 3600 }), "2026-03-01T08:15:00.000Z"],
  ["not at all where the queue wants none", until({}, { wrapUpSeconds: 0 }), null],
  ["not when it was disposed during the call", until({}, { mandatoryDisposition: true }, true), null],
  ["not after a call that nobody answered", until({ answeredAt: null }), null],
  ["not after a call of no queue", until({ queue: null }), null],
  ["not while the call goes on", until({ state: "talking", endedAt: null }), null],
])("wraps up %s", (_, answer, expected) => {
  expect(answer).toBe(expected);
});
