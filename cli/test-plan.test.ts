import { describe, expect, it } from "vitest";
import { closingLine, countReport, KINDS, planTests } from "./test-plan.ts";

describe("what ./perch test runs", () => {
  it("is everything when nothing is said", () => {
    expect(planTests([])).toEqual({ checks: true, vitest: true, kinds: KINDS, vitestArgs: [] });
  });

  it("is one kind, with Vitest's own arguments", () => {
    expect(planTests(["asterisk", "-t", "adopts"])).toEqual({
      checks: false,
      vitest: true,
      kinds: ["asterisk"],
      vitestArgs: ["--project", "asterisk", "-t", "adopts"],
    });
  });

  it("is the checks alone", () => {
    expect(planTests(["checks"])).toMatchObject({ checks: true, vitest: false });
  });

  it("is a file, of whatever kind", () => {
    expect(planTests(["cli/test-plan"])).toMatchObject({ vitest: true, kinds: KINDS, vitestArgs: ["cli/test-plan"] });
  });
});

describe("counting", () => {
  const file = (...statuses: string[]) => ({
    status: statuses.includes("failed") ? "failed" : "passed",
    assertionResults: statuses.map((status) => ({ status })),
  });

  it("counts a skipped test as failed", () => {
    const report = { numPassedTests: 1, numTotalTests: 3, testResults: [file("passed", "skipped", "todo")] };
    expect(countReport(report, 0, false)).toEqual({ passed: 1, failed: 2 });
    expect(countReport(report, 0, true)).toEqual({ passed: 1, failed: 0 });
  });

  it("counts a file that did not load", () => {
    const report = {
      numPassedTests: 1,
      numTotalTests: 2,
      testResults: [file("passed", "failed"), { status: "failed", assertionResults: [] }],
    };
    expect(countReport(report, 1, false)).toEqual({ passed: 1, failed: 2 });
  });

  it("counts an error outside of any test", () => {
    expect(countReport({ numPassedTests: 1, numTotalTests: 1, testResults: [file("passed")] }, 1, false)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it("closes with one plain line", () => {
    expect(closingLine({ passed: 12, failed: 0 })).toBe("12 passed, 0 failed");
  });
});
