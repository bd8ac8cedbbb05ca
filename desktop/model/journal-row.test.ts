import { expect, test } from "vitest";
import { journalRow } from "./journal-row.ts";

test("a line of the journal is read in columns", () => {
  const line = {
    eventtype: "APP_START",
    userdeftype: "",
    num: "+390555550102",
    exten: "+390550001002",
    channame: "PJSIP/trunk~1-00000014",
    appname: "Queue",
    appdata: "q2,,,,180",
    eventextra: "",
    peer: "",
  };
  expect(journalRow(line)).toEqual({
    event: "APP_START",
    leg: "PJSIP/trunk~1-00000014",
    number: "+390555550102",
    dialled: "+390550001002",
    doing: "Queue(q2,,,,180)",
    more: "",
  });
});

test("events of our own are told by their own name", () => {
  expect(journalRow({ eventtype: "USER_DEFINED", userdeftype: "PERCH_HOLD" }).event).toBe("PERCH_HOLD");
});

test("what is no line has empty columns", () => {
  expect(journalRow(null).event).toBe("");
  expect(journalRow("text").leg).toBe("");
});
