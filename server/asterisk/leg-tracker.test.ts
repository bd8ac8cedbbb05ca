import { describe, expect, it } from "vitest";
import type { AmiMessage } from "./ami-parser.ts";
import { LegTracker } from "./leg-tracker.ts";

const AT = "1795349358.250000";
const at = new Date(1_795_349_358_250);
const trunk = {
  Channel: "PJSIP/trunk~3-00000000",
  ChannelState: "6",
  CallerIDNum: "0171555",
  CallerIDName: "Carla",
  Context: "perch-inbound",
  Exten: "030100",
  Uniqueid: "node1-1795349358.0",
  Linkedid: "node1-1795349358.0",
  Timestamp: AT,
};
const desk = {
  Channel: "PJSIP/desk1-00000001",
  ChannelState: "0",
  CallerIDNum: "1001",
  CallerIDName: "Desk 1",
  Context: "perch-telephones",
  Exten: "s",
  Uniqueid: "node1-1795349359.1",
  Linkedid: trunk.Linkedid,
  Timestamp: AT,
};
const dest = { DestChannel: desk.Channel, DestUniqueid: desk.Uniqueid, DestLinkedid: desk.Linkedid };
const joined: AmiMessage = { ...trunk, Event: "QueueCallerJoin", Queue: "q1" };
const called: AmiMessage = { ...trunk, ...dest, Event: "AgentCalled", Queue: "q1" };
const dialled: AmiMessage = { ...trunk, ...dest, Event: "DialBegin" };
const started = {
  type: "leg.started",
  leg: {
    channelId: desk.Uniqueid,
    linkedId: trunk.Linkedid,
    endpoint: "desk1",
    direction: "to-telephone",
    other: { number: "0171555", name: "Carla" },
    queueId: 1,
    outside: true,
    at,
  },
};

describe("a call in hand", () => {
  const held = (Held: "yes" | "no") => ({ ...desk, Event: "UserEvent", UserEvent: "PerchHeld", Held });
  const asks = (State: string, To = "") => ({ ...desk, Event: "UserEvent", UserEvent: "PerchAsk", State, To });
  const channelId = desk.Uniqueid;

  it("is held while either the telephone holds or the other was put by", () => {
    const tracker = new LegTracker();
    tracker.take(called);
    expect(tracker.take(held("yes"))).toEqual([{ type: "leg.held", channelId, held: true, at, putBy: true }]);
    expect(tracker.take(held("yes"))).toEqual([]);
    expect(tracker.take({ ...desk, Event: "Hold" })).toEqual([]);
    expect(tracker.take(held("no"))).toEqual([{ type: "leg.held", channelId, held: true, at }]);
    expect(tracker.take({ ...desk, Event: "Unhold" })).toEqual([{ type: "leg.held", channelId, held: false, at }]);
  });

  it.each([
    ["BUSY", false, "busy"],
    ["NOANSWER", false, "unanswered"],
    ["CHANUNAVAIL", false, "unreachable"],
    ["CANCEL", false, "called-off"],
    ["CANCEL", true, "called-off"],
    ["ANSWER", true, "hung-up"],
  ])("asks somebody, which ends with %s (answered: %s) as %s", (status, talking, ended) => {
    const tracker = new LegTracker();
    tracker.take(called);
    const asked = { type: "leg.asks", channelId, asks: { to: "202", talking: false } };
    expect(tracker.take(asks("begun", "202"))).toEqual([asked]);
    if (talking) {
      expect(tracker.take({ ...desk, Event: "DialEnd", DestUniqueid: "node1-1.9", DialStatus: "ANSWER" })).toEqual([
        { ...asked, asks: { to: "202", talking: true } },
      ]);
    }
    expect(tracker.take(asks(status))).toEqual([{ type: "leg.asks", channelId, asks: null, ended }]);
  });

  it("that waits in the dial plan is found held when the link is new", () => {
    const waiting = { ...desk, Event: "CoreShowChannel", ChannelState: "6", Context: "perch-hand", Exten: "hold" };
    expect(new LegTracker().read([waiting], [], at).legs).toMatchObject([{ channelId, held: true, putBy: true }]);
  });
});

describe("a queue call", () => {
  it("is told once, whichever of the two events of its ring comes first", () => {
    for (const order of [
      [called, dialled],
      [dialled, called],
    ]) {
      const tracker = new LegTracker();
      tracker.take(joined);
      expect(tracker.take({ ...desk, Event: "Newchannel" })).toEqual([]);
      expect(order.flatMap((event) => tracker.take(event))).toEqual([started]);
    }
  });

  it("is answered, held, resumed and ended, each once", () => {
    const tracker = new LegTracker();
    tracker.take(called);
    const of = (Event: string, ChannelState = "6") => tracker.take({ ...desk, Event, ChannelState });
    expect(of("Newstate", "5")).toEqual([]);
    expect(of("Newstate")).toEqual([{ type: "leg.answered", channelId: desk.Uniqueid, at }]);
    expect(of("Newstate")).toEqual([]);
    expect(of("Hold")).toEqual([{ type: "leg.held", channelId: desk.Uniqueid, held: true, at }]);
    expect(of("Hold")).toEqual([]);
    expect(of("Unhold")).toEqual([{ type: "leg.held", channelId: desk.Uniqueid, held: false, at }]);
    expect(of("Hangup")).toEqual([{ type: "leg.ended", channelId: desk.Uniqueid, at, outcome: "answered" }]);
    expect(of("Hangup")).toEqual([]);
    expect(of("Hold")).toEqual([]);
  });

  it.each<[string, string | null, boolean, string, string?]>([
    ["rang and nobody answered", "NOANSWER", true, "unanswered"],
    ["never said that it rings", "NOANSWER", false, "failed"],
    ["could not be reached", "CHANUNAVAIL", false, "failed"],
    ["had no way through", "CONGESTION", false, "failed"],
    ["said no", "BUSY", true, "refused"],
    ["said no to a queue", "NOANSWER", true, "refused", "17"],
    ["broke down", "NOANSWER", true, "failed", "38"],
    ["was taken back", "CANCEL", true, "withdrawn"],
    ["forwards what a queue offers it", "CANCEL", false, "failed", "23"],
    ["ended without a word of why", null, true, "withdrawn"],
  ])("that %s ends so", (_, DialStatus, rang, outcome, Cause = "0") => {
    const tracker = new LegTracker();
    tracker.take(called);
    if (rang) tracker.take({ ...desk, Event: "Newstate", ChannelState: "5" });
    if (DialStatus !== null) tracker.take({ ...trunk, ...dest, Event: "DialEnd", DialStatus });
    // A queue says it twice.
    if (DialStatus !== null) tracker.take({ ...trunk, ...dest, Event: "DialEnd", DialStatus: "CANCEL" });
    expect(tracker.take({ ...desk, Event: "Hangup", Cause })).toEqual([
      { type: "leg.ended", channelId: desk.Uniqueid, at, outcome },
    ]);
  });

  it("counts a waiting caller from his joining to his leaving, or to his end", () => {
    const tracker = new LegTracker();
    const waiting = {
      queueId: 1,
      channelId: trunk.Uniqueid,
      caller: { number: "0171555", name: "Carla" },
      joinedAt: at,
    };
    const left = { type: "queue.left", queueId: 1, channelId: trunk.Uniqueid, at };
    expect(tracker.take(joined)).toEqual([{ type: "queue.joined", waiting }]);
    expect(tracker.take({ ...trunk, Event: "QueueCallerLeave", Queue: "q1" })).toEqual([left]);
    expect(tracker.take({ ...trunk, Event: "Hangup" })).toEqual([]);
    tracker.take(joined);
    expect(tracker.take({ ...trunk, Event: "Hangup" })).toEqual([left]);
  });

  it("leaves queues alone that are not ours", () => {
    expect(new LegTracker().take({ ...joined, Queue: "support" })).toEqual([]);
  });
});

describe("a telephone that dials", () => {
  it("is told with the number it dialled", () => {
    const events = new LegTracker().take({ ...desk, Event: "Newchannel", ChannelState: "4", Exten: "0171777" });
    expect(events).toMatchObject([
      {
        type: "leg.started",
        leg: { direction: "from-telephone", other: { number: "0171777", name: "" }, outside: null },
      },
    ]);
  });

  it("is told with the number it will dial when it was rung for that", () => {
    const events = new LegTracker().take({ ...dest, Event: "DialBegin", DestConnectedLineNum: "1002", Timestamp: AT });
    expect(events).toMatchObject([{ leg: { direction: "from-telephone", other: { number: "1002" }, queueId: null } }]);
  });
});

describe("what is read after the link was down", () => {
  const inQueue = { ...trunk, Application: "Queue", ApplicationData: "q1,,,,60" };
  const talking = {
    ...desk,
    ChannelState: "6",
    ConnectedLineNum: "0171555",
    ConnectedLineName: "Carla",
    Application: "AppQueue",
    ApplicationData: "(Outgoing Line)",
  };
  const now = new Date(1_795_349_400_000);

  it("is a leg with its queue, its caller and its beginning as far as its id tells", () => {
    const { legs } = new LegTracker().read([inQueue, talking], [], now);
    expect(legs).toEqual([
      {
        ...started.leg,
        at: new Date(1_795_349_359_000),
        answeredAt: new Date(1_795_349_359_000),
        held: false,
      },
    ]);
  });

  it("keeps what was known, and forgets what has gone", () => {
    const tracker = new LegTracker();
    tracker.take(called);
    tracker.take({ ...desk, Event: "Newstate", ChannelState: "6" });
    tracker.take({ ...desk, Event: "Hold" });
    tracker.linkLost();
    expect(tracker.read([inQueue, talking], [], now).legs).toMatchObject([{ answeredAt: at, held: true, at }]);
    tracker.linkLost();
    expect(tracker.read([], [], now)).toEqual({ legs: [], waiting: [] });
    expect(tracker.take({ ...desk, Event: "Hangup" })).toEqual([]);
  });

  it("tells the beginning of a leg that was read before its event came", () => {
    const tracker = new LegTracker();
    expect(tracker.read([inQueue, talking], [], now).legs).toHaveLength(1);
    expect(tracker.take(called)).toEqual([started]);
    expect(tracker.take(dialled)).toEqual([]);
  });

  it("does not bring back what ended while the lists were on their way", () => {
    const tracker = new LegTracker();
    const entry = { Event: "QueueEntry", Queue: "q1", Uniqueid: trunk.Uniqueid, Wait: "1" };
    tracker.take(joined);
    tracker.take(called);
    tracker.beginRead();
    tracker.take({ ...desk, Event: "Hangup" });
    tracker.take({ ...trunk, Event: "Hangup" });
    expect(tracker.read([inQueue, talking], [entry], now)).toEqual({ legs: [], waiting: [] });
  });

  it("still tells the end of a leg that a list did not show any more", () => {
    const tracker = new LegTracker();
    tracker.take(called);
    tracker.beginRead();
    expect(tracker.read([], [], now).legs).toEqual([]);
    expect(tracker.take({ ...desk, Event: "Hangup" })).toMatchObject([{ type: "leg.ended" }]);
  });

  it("tells a telephone that dials from one that rings", () => {
    const dials = { ...desk, ChannelState: "4", Exten: "0171777", Application: "Dial", ApplicationData: "PJSIP/x" };
    const rings = { ...desk, Uniqueid: "node1-1795349359.9", ChannelState: "5", ConnectedLineNum: "<unknown>" };
    const { legs } = new LegTracker().read([dials, rings], [], now);
    expect(legs.map((leg) => [leg.direction, leg.other.number, leg.answeredAt])).toEqual([
      ["from-telephone", "0171777", null],
      ["to-telephone", "", null],
    ]);
  });

  it("is a waiting caller with the moment he joined", () => {
    const entry = { Event: "QueueEntry", Queue: "q1", Uniqueid: trunk.Uniqueid, CallerIDNum: "unknown", Wait: "40" };
    const { waiting } = new LegTracker().read([], [entry], now);
    const joinedAt = new Date(now.getTime() - 40_000);
    expect(waiting).toEqual([{ queueId: 1, channelId: trunk.Uniqueid, caller: { number: "", name: "" }, joinedAt }]);
  });
});
