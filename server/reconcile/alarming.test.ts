import { expect, it } from "vitest";
import { ALARM_TIMES, alarming } from "./alarming.ts";

const entry = {
  comparer: "members",
  difference: "missing q5 desk12",
  words: "Anna was missing in Sales on Desk 12.",
  agentId: 7,
  refused: null,
};

it("alarms nobody of what happened once or twice", () => {
  expect(alarming([entry], new Map([[entry.difference, ALARM_TIMES - 1]]))).toEqual([]);
  expect(alarming([entry], new Map())).toEqual([]);
});

it("alarms once of a difference that came back, however often the round found it", () => {
  const alarms = alarming([entry, entry], new Map([[entry.difference, 4]]));
  expect(alarms).toHaveLength(1);
  expect(alarms[0]).toMatchObject({ subject: "members: missing q5 desk12", times: 4 });
  expect(alarms[0]?.words).toContain("Anna was missing in Sales on Desk 12. It was put right each time");
});

it("says of a repair that is refused what the telephone system says, and no name in its kind", () => {
  const [alarm] = alarming([{ ...entry, refused: "No such queue" }], new Map([[entry.difference, 3]]));
  expect(alarm?.words).toContain('"No such queue"');
  expect(alarm?.kind).toBe("members differ again and again");
});
