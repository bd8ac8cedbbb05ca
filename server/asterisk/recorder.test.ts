import { expect, it } from "vitest";
import { readRecordingName } from "./recorder.ts";

it("a recording's name says its call, its channel and its queue", () => {
  expect(readRecordingName("node1-1795371284.0_node1-1795371284.2_q5_1.raw")).toEqual({
    source: "node1-1795371284.0_node1-1795371284.2_q5_1",
    linkedId: "node1-1795371284.0",
    channelId: "node1-1795371284.2",
    queueId: 5,
  });
  expect(readRecordingName("node1-1.0_node1-1.2_out_12.raw")).toMatchObject({ queueId: null });
});

it.each([
  "a.raw",
  "node1-1.0_node1-1.2_q5_1",
  "node1-1.0_node1-1.2_q0_1.raw",
  "../node1-1.0_node1-1.2_q5_1.raw",
  ".raw",
])("%s is none", (name) => {
  expect(readRecordingName(name)).toBeNull();
});
