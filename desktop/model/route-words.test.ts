import { expect, it } from "vitest";
import type { OpeningTimes } from "../../contract/calendar-time.ts";
import type { InboundAction } from "../../contract/views.ts";
import { actionsAt, calendarAt, moved, type RouteNames, routeAt, routeWords } from "./route-words.ts";

const names: RouteNames = {
  queues: [{ id: 1, name: "Support" }],
  projects: [{ id: 2, name: "Welcome" }],
  telephones: [{ id: 3, fullName: "Reception" }],
  agents: [{ id: 4, fullName: "Anna Rossi" }],
  calendars: [{ id: 5, name: "Office" }],
};
const office: OpeningTimes = {
  timeZone: "Europe/Rome",
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" })),
  exceptions: [],
};
const calendars = new Map([[5, office]]);
const actions: InboundAction[] = [
  { queue: 1, when: { calendar: 5, is: "open" } },
  { agent: 4 },
  { number: "0612345", when: { calendar: 5, is: "closed" } },
  { hangup: true, cause: "busy" },
];
const tuesday = new Date("2026-11-24T09:00:00Z");
const sunday = new Date("2026-11-29T09:00:00Z");

it("a route is said as a whole", () => {
  expect(routeWords(actions, names)).toBe(
    "Support queue while Office is open › Anna Rossi › 0612345 while Office is closed › busy tone",
  );
});

it("a route is said for an instant", () => {
  expect(routeAt(actions, tuesday, calendars, names)).toBe("Support queue, else Anna Rossi, else busy tone");
  expect(routeAt(actions, sunday, calendars, names)).toBe("Anna Rossi, else 0612345, else busy tone");
});

it("a route that says no end ends, and what stands behind an end never has its turn", () => {
  expect(routeAt([{ project: 2 }, { telephone: 3 }], sunday, calendars, names)).toBe(
    "Welcome project, else Reception, else hang up",
  );
  expect(routeAt([{ hangup: true }, { queue: 1 }], sunday, calendars, names)).toBe("hang up");
});

it("an action whose calendar is gone has no turn", () => {
  expect(actionsAt([{ queue: 1, when: { calendar: 9, is: "closed" } }], sunday, calendars)).toEqual([]);
});

it("a calendar says until when it is as it is", () => {
  expect(calendarAt(office, tuesday)).toEqual({ open: true, until: "2026-11-24T17:00:00.000Z" });
  expect(calendarAt({ ...office, week: [] }, tuesday)).toEqual({ open: false, until: null });
});

it("actions change places", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b"], 0, 5)).toEqual(["a", "b"]);
});
