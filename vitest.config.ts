import { defineConfig } from "vitest/config";

/**
 * The six kinds of tests, fastest first: `pure` needs nothing, `store` a PostgreSQL, `model` plays random lives of a
 * house over one, `server` also needs a fake Asterisk, `asterisk` the real one with real phones, `browser` Chromium on
 * top of that. A file says its kind by its place and ending.
 */
const kind = (name: string, include: string[], timeoutMs: number, maxWorkers: number, groupOrder: number) => ({
  test: {
    name,
    include,
    exclude: ["node_modules/**"],
    testTimeout: timeoutMs,
    hookTimeout: Math.max(timeoutMs, 60_000),
    maxWorkers,
    // A loaded machine is slower than expect.poll's one second.
    expect: { poll: { timeout: 15_000 } },
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    projects: [
      kind("pure", ["{contract,server,desktop,cli,demo,bench}/**/*.test.ts"], 10_000, 2, 0),
      kind("store", ["server/**/*.store-test.ts"], 60_000, 2, 1),
      kind("model", ["test/model/**/*.test.ts"], 60_000, 2, 2),
      kind("server", ["test/server/**/*.test.ts"], 60_000, 2, 3),
      // They wait for telephones to ring most of the time.
      kind("asterisk", ["test/asterisk/**/*.test.ts"], 120_000, 3, 4),
      kind("browser", ["test/e2e/**/*.test.ts"], 180_000, 2, 5),
    ],
  },
});
