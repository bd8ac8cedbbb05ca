export const KINDS = ["pure", "store", "model", "server", "asterisk", "browser"] as const;
export type Kind = (typeof KINDS)[number];

/** What `./perch test ARGS` runs. */
export type TestPlan = {
  /** Type check, lint and import fences. */
  checks: boolean;
  vitest: boolean;
  /** The kinds that may run; what they need is installed first. */
  kinds: readonly Kind[];
  vitestArgs: string[];
};

const isKind = (word: string): word is Kind => (KINDS as readonly string[]).includes(word);

/** Without arguments all of it; kinds and `checks` choose among it, anything else goes to Vitest as it is. */
export const planTests = (args: string[]): TestPlan => {
  const kinds = args.filter(isKind);
  const rest = args.filter((word) => !isKind(word) && word !== "checks");
  const checks = args.length === 0 || args.includes("checks");
  return {
    checks,
    vitest: args.length === 0 || kinds.length > 0 || rest.length > 0,
    kinds: kinds.length > 0 ? kinds : KINDS,
    vitestArgs: [...kinds.flatMap((kind) => ["--project", kind]), ...rest],
  };
};

/** The parts of Vitest's JSON report that count. */
export type VitestReport = {
  numPassedTests: number;
  numTotalTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

export type Count = { passed: number; failed: number };

/**
 * Counts what ran. A test that was skipped has not passed, and a file that could not be loaded is one failure. Tests
 * that a name filter left out are not part of the run.
 */
export const countReport = (report: VitestReport, exitCode: number, filtered: boolean): Count => {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const results = report.testResults.flatMap((file) => file.assertionResults);
  const failedTests = results.filter((result) => statusOf(result) === "failed").length;
  const skipped = filtered ? 0 : report.numTotalTests - report.numPassedTests - failedTests;
  const failed = failedTests + skipped + unloaded.length;
  // An error outside of any test fails the run without failing a test.
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
};

const statusOf = (result: unknown): unknown =>
  typeof result === "object" && result !== null && "status" in result ? result.status : undefined;

/** The one line others count by. */
export const closingLine = ({ passed, failed }: Count): string => `${passed} passed, ${failed} failed`;
