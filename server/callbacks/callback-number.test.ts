import { describe, expect, test } from "vitest";
import type { CallRules, OutboundRouteConfig } from "../telephony-config.ts";
import { numberingOf } from "../trunks/numbering.ts";
import { type CallingRules, callableNumber } from "./callback-number.ts";

const ALLOWED: CallRules = {
  ...{ destinations: ["national", "mobile"], callsAtOnce: 2, minutesPerDay: null, hours: null },
};
const route = (over: Partial<OutboundRouteConfig> = {}): OutboundRouteConfig => ({
  ...{ routeId: 1, pattern: "0X.", trunkId: 1, stripDigits: 1, callerId: null, prefix: null },
  ...over,
});
const rules = (over: Partial<CallingRules> = {}): CallingRules => ({
  routes: [route()],
  limits: { numbering: numberingOf("IT"), everybody: ALLOWED },
  emergencyNumbers: ["112"],
  agentIds: [7],
  isOurs: (number) => number.endsWith("0001001"),
  ...over,
});

describe("a number that is to be called back", () => {
  test.each([
    ["+390555550101", "callable"],
    ["0555550101", "callable"],
    ["333 123-4567", "callable"],
    ["", "no-number"],
    ["12", "no-number"],
    ["123456789012345678901", "no-number"],
    ["112", "not-allowed"],
    ["+390550001001", "not-allowed"],
    ["899123456", "not-allowed"],
    ["+442079460000", "not-allowed"],
    ["0044207946000", "not-allowed"],
    ["+8816123456", "not-allowed"],
  ] as const)("%s is %s", (number, answer) => {
    expect(callableNumber(number, rules())).toBe(answer);
  });

  test("is none where no route leads there", () => {
    expect(callableNumber("0555550101", rules({ routes: [] }))).toBe("no-number");
    expect(callableNumber("0555550101", rules({ routes: [route({ pattern: "03X." })] }))).toBe("no-number");
  });

  test("is one that an agent of the queue may call, by every route that takes it", () => {
    const only = (agentIds: number[], endpoints: string[] = []) =>
      rules({ routes: [route(), route({ routeId: 2, pattern: "00X.", permitted: { agentIds, endpoints } })] });
    expect(callableNumber("0555550101", only([7]))).toBe("callable");
    expect(callableNumber("0555550101", only([8]))).toBe("not-allowed");
    expect(callableNumber("3331234567", only([8]))).toBe("callable");
    expect(callableNumber("0555550101", only([], ["desk-1"]))).toBe("callable");
  });

  test("is none of a route that may not take its kind, or nothing at all", () => {
    const of = (more: Partial<CallRules>) => rules({ routes: [route({ rules: { ...ALLOWED, ...more } })] });
    expect(callableNumber("3331234567", of({ destinations: ["national"] }))).toBe("not-allowed");
    expect(callableNumber("0555550101", of({ destinations: null }))).toBe("callable");
    expect(callableNumber("0555550101", of({ callsAtOnce: 0 }))).toBe("not-allowed");
    expect(callableNumber("0555550101", of({ minutesPerDay: 0 }))).toBe("not-allowed");
  });
});
