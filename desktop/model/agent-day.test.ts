import { expect, it } from "vitest";
import type { HistorySession } from "../../contract/views.ts";
import { agentLanes, dayCsv, dayRows, daySums, endText, telephoneLanes } from "./agent-day.ts";

const at = (time: string) => `2026-03-02T${time}:00.000Z`;
const ms = (time: string) => Date.parse(at(time));
const NOW = ms("18:00");
const desk = { id: 9, name: "Desk 9" };
const anna = { id: 1, name: "Anna Rossi" };

const session: HistorySession = {
  id: 5,
  startedAt: at("08:00"),
  endedAt: at("10:00"),
  endReason: "logged-out",
  endedBy: null,
  unclean: false,
  from: at("08:00"),
  to: at("10:00"),
  leases: [
    { id: 7, agent: anna, telephone: desk, startedAt: at("08:00"), endedAt: at("10:00"), endReason: "logged-out" },
  ],
  causes: [],
  calls: [
    {
      legId: "a",
      telephone: desk,
      direction: "inbound",
      number: "100",
      queue: "support",
      startedAt: at("08:10"),
      answeredAt: at("08:11"),
      endedAt: at("08:20"),
    },
    {
      legId: "b",
      telephone: desk,
      direction: "inbound",
      number: "",
      queue: null,
      startedAt: at("09:00"),
      answeredAt: null,
      endedAt: at("09:01"),
    },
  ],
  losses: [{ signal: "phone", reason: "not-registered", from: at("09:30"), to: at("09:40") }],
  states: [
    { state: "ready", reason: null, from: at("08:00"), to: at("08:11") },
    { state: "on-call", reason: null, from: at("08:11"), to: at("08:20") },
    { state: "break", reason: "Coffee", from: at("08:20"), to: at("10:00") },
  ],
  sums: [
    { state: "ready", ms: 660_000 },
    { state: "on-call", ms: 540_000 },
    { state: "break", ms: 6_000_000 },
  ],
};
const spans = (id: string, sessions = [session]) =>
  agentLanes(sessions, NOW).find((lane) => lane.id === id)?.spans ?? [];

it("draws a ring and the talk after it, and a ring that nobody answered", () => {
  expect(spans("calls").map(({ word, from, to, about }) => [word, from, to, about])).toEqual([
    ["Ringing", ms("08:10"), ms("08:11"), "inbound, 100, support"],
    ["Talking", ms("08:11"), ms("08:20"), "inbound, 100, support"],
    ["Not answered", ms("09:00"), ms("09:01"), "inbound"],
  ]);
});

it("calls a break by its name, and lets what is open go on until now", () => {
  expect(spans("state").map(({ word }) => word)).toEqual(["Ready", "On call", "Coffee"]);
  const [lease] = session.leases;
  const open = { ...session, leases: lease === undefined ? [] : [{ ...lease, endedAt: null, endReason: null }] };
  expect(spans("telephone", [open])).toMatchObject([{ to: NOW, about: "goes on" }]);
});

it("draws each signal by itself: well, lost, well again", () => {
  expect(spans("phone").map(({ word, from }) => [word, from])).toEqual([
    ["registered", ms("08:00")],
    ["lost", ms("09:30")],
    ["registered", ms("09:40")],
  ]);
  expect(spans("desktop").map(({ word, to }) => [word, to])).toEqual([["connected", ms("10:00")]]);
});

it("keeps signals inside the session and one after the other, however they overlap", () => {
  const losses = [
    { signal: "phone" as const, reason: null, from: at("07:00"), to: at("08:30") },
    { signal: "phone" as const, reason: null, from: at("08:20"), to: at("08:40") },
    { signal: "phone" as const, reason: null, from: at("09:50"), to: at("11:00") },
  ];
  expect(spans("phone", [{ ...session, losses }]).map(({ word, from, to }) => [word, from, to])).toEqual([
    ["lost", ms("08:00"), ms("08:30")],
    ["lost", ms("08:30"), ms("08:40")],
    ["registered", ms("08:40"), ms("09:50")],
    ["lost", ms("09:50"), ms("10:00")],
  ]);
});

it("adds the sessions' sums up to their length", () => {
  const { sums, wholeMs } = daySums([session, { ...session, sums: [{ state: "ready", ms: 1 }] }]);
  expect(sums).toEqual([
    { state: "ready", ms: 660_001 },
    { state: "on-call", ms: 540_000 },
    { state: "break", ms: 6_000_000 },
  ]);
  expect(wholeMs).toBe(7_200_001);
});

it("says the same in a table and in a file, with nothing a spreadsheet would calculate", () => {
  const rows = dayRows(agentLanes([session], NOW));
  expect(rows.map(({ lane, word }) => `${lane}: ${word}`)).toEqual([
    "State: Ready",
    "Telephone: Desk 9",
    "Calls: Ringing",
    "State: On call",
    "Calls: Talking",
    "State: Coffee",
    "Calls: Not answered",
    "Phone: lost",
  ]);
  const evil = { lane: "State", key: "x", from: 0, to: 1500, tint: "paused" as const, word: "=1+1", about: 'a "b", c' };
  expect(dayCsv([evil], String)).toBe(`\ufeffFrom,To,Seconds,Lane,What,About\r\n0,1500,2,State,'=1+1,"a ""b"", c"\r\n`);
});

it("tells who sat at a telephone and why they left", () => {
  expect(telephoneLanes(session.leases, NOW)[0]?.spans).toMatchObject([{ word: "Anna Rossi", about: "logged out" }]);
  expect(endText("released", "Sara Bo")).toBe("released by a supervisor (Sara Bo)");
  expect(endText("something-new")).toBe("something-new");
});
