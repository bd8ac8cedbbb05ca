import { expect, it } from "vitest";
import { ContactTracker } from "./contact-tracker.ts";

const status = (ContactStatus: string, port = 5060, RoundtripUsec = "1500") => ({
  Event: "ContactStatus",
  EndpointName: "desk1",
  AOR: "desk1",
  URI: `sip:desk1@192.0.2.1:${port}`,
  ContactStatus,
  RoundtripUsec,
  UserAgent: "Yealink SIP-T46U 108.86.0.20",
});
const registered = {
  endpoint: "desk1",
  registered: true,
  address: "192.0.2.1:5060",
  roundTripMs: 1.5,
  userAgent: "Yealink SIP-T46U 108.86.0.20",
};

it("tells a contact that came, stopped answering, answers again, and went", () => {
  const tracker = new ContactTracker();
  expect(tracker.take(status("NonQualified", 5060, "0"))).toEqual({ ...registered, roundTripMs: null });
  expect(tracker.take(status("Reachable"))).toEqual(registered);
  expect(tracker.take(status("Reachable", 5060, "1900"))).toBeNull();
  expect(tracker.take(status("Reachable", 5060, "90000"))).toMatchObject({ roundTripMs: 90 });
  expect(tracker.take(status("Reachable"))).toEqual(registered);
  expect(tracker.take(status("Unreachable"))).toMatchObject({ registered: false, address: "192.0.2.1:5060" });
  expect(tracker.take(status("Unreachable"))).toBeNull();
  expect(tracker.take(status("Reachable"))).toEqual(registered);
  expect(tracker.take(status("Removed"))).toMatchObject({ registered: false, address: null });
  expect(tracker.take(status("Removed"))).toBeNull();
});

it("follows a telephone that moves, although the end of the old contact comes last", () => {
  const tracker = new ContactTracker();
  tracker.take(status("Reachable", 5060));
  expect(tracker.take(status("Reachable", 5070))).toMatchObject({ registered: true, address: "192.0.2.1:5070" });
  expect(tracker.take(status("Removed", 5060))).toBeNull();
});

it("does not take a trunk for a telephone", () => {
  const tracker = new ContactTracker();
  expect(tracker.take({ ...status("Reachable"), EndpointName: "trunk~1" })).toBeNull();
  expect(tracker.read([{ Endpoint: "trunk~1", Uri: "sip:x", Status: "Reachable" }])).toEqual([]);
});

it("reads the whole list, and goes on from there", () => {
  const tracker = new ContactTracker();
  tracker.take({ ...status("Reachable"), EndpointName: "gone" });
  const item = {
    Endpoint: "desk1",
    Uri: "sip:desk1@192.0.2.1:5060",
    Status: "Reachable",
    RoundtripUsec: "1500",
    UserAgent: registered.userAgent,
  };
  expect(tracker.read([item])).toEqual([registered]);
  expect(tracker.take(status("Removed"))).toMatchObject({ registered: false });
});

it("tells a contact whose event comes after it was read in a list", () => {
  const tracker = new ContactTracker();
  const item = {
    Endpoint: "desk1",
    Uri: "sip:desk1@192.0.2.1:5060",
    Status: "Reachable",
    RoundtripUsec: "1500",
    UserAgent: registered.userAgent,
  };
  tracker.beginRead();
  expect(tracker.read([item])).toEqual([registered]);
  expect(tracker.take(status("Reachable"))).toEqual(registered);
  expect(tracker.take(status("Reachable"))).toBeNull();
});

it("believes what it heard while the list was on its way rather than the list", () => {
  const tracker = new ContactTracker();
  tracker.take(status("Reachable"));
  tracker.beginRead();
  tracker.take(status("Removed"));
  const item = { Endpoint: "desk1", Uri: "sip:desk1@192.0.2.1:5060", Status: "Reachable" };
  expect(tracker.read([item])).toEqual([]);
});
