import { expect, it } from "vitest";
import type { BlockContext } from "../block.ts";
import { agentPause } from "./agent-pause.ts";

it("asks again where a key is pressed that is no digit", async () => {
  const keys = ["*", "7"];
  const asked: unknown[] = [];
  const context = {
    options: { ask: "ask", variable: "agent", prefill: false, reason: "ask", name: "", announce: false },
    memory: { agent: { agentId: 1, language: null } },
    caller: { ask: async () => keys.shift() ?? null, say: async () => "" },
    house: {
      agents: {
        pause: async (_: number, reason: object) => {
          asked.push(reason);
          return "done";
        },
      },
    },
    note: () => {},
  };
  expect(await agentPause.run(context as unknown as BlockContext<never>)).toBe("done");
  expect(asked).toEqual([{ key: 7 }]);
});
