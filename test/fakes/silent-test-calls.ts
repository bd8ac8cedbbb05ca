import type { TestCalls } from "../../server/test-calls.ts";

/** A telephone system on which nobody tries a telephone out. */
export const silentTestCalls: TestCalls = {
  ring: async () => ({ ok: false, why: "telephones cannot be tried out here" }),
  tell: async () => ({ ok: true }),
  voice: async () => null,
  hangUp: async () => ({ ok: true }),
  onEvent: () => () => {},
};
