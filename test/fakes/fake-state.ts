/** What the fake Asterisk holds, and how Asterisk lists it over its manager interface. */

/** A member as Asterisk would hold it. */
export interface FakeMember {
  queue: string;
  endpoint: string;
  agentName: string;
  paused: boolean;
  reason: string;
}

export interface FakeChannel {
  name: string;
  id: string;
  linkedId: string;
  state: "Down" | "Ring" | "Ringing" | "Up";
  caller: { number: string; name: string };
  connected: { number: string; name: string };
  context: string;
  exten: string;
  /** The queue it waits in, when it is a caller. */
  queue: string | null;
  joinedAt: number;
}

/** A channel as every event about it shows it. */
export const snapshot = (channel: FakeChannel, prefix = ""): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      Channel: channel.name,
      ChannelState: { Down: "0", Ring: "4", Ringing: "5", Up: "6" }[channel.state],
      ChannelStateDesc: channel.state,
      CallerIDNum: channel.caller.number || "<unknown>",
      CallerIDName: channel.caller.name || "<unknown>",
      ConnectedLineNum: channel.connected.number || "<unknown>",
      ConnectedLineName: channel.connected.name || "<unknown>",
      AccountCode: "",
      Context: channel.context,
      Exten: channel.exten,
      Priority: "1",
      Uniqueid: channel.id,
      Linkedid: channel.linkedId,
    }).map(([name, value]) => [prefix + name, value]),
  );

export const contactList = (contacts: ReadonlyMap<string, boolean>) =>
  [...contacts].map(([endpoint, registered]) => ({
    Event: "ContactList",
    ObjectType: "contact",
    ObjectName: `${endpoint}@@${endpoint}`,
    Uri: `sip:${endpoint}@127.0.0.1:40000`,
    Aor: endpoint,
    Endpoint: endpoint,
    Status: registered ? "Reachable" : "Unreachable",
    RoundtripUsec: registered ? "1500" : "N/A",
  }));
export const channelList = (channels: readonly FakeChannel[]) =>
  channels.map((channel) => ({
    Event: "CoreShowChannel",
    ...snapshot(channel),
    Application: channel.queue === null ? "" : "Queue",
    ApplicationData: channel.queue ?? "",
    Duration: "00:00:01",
    BridgeId: "",
  }));
export const queueList = (members: readonly FakeMember[], channels: readonly FakeChannel[]) => [
  ...members.map((member) => ({
    Event: "QueueMember",
    Queue: member.queue,
    Name: member.agentName,
    Location: `PJSIP/${member.endpoint}`,
    StateInterface: `PJSIP/${member.endpoint}`,
    Membership: "dynamic",
    Penalty: "0",
    Status: "1",
    Paused: member.paused ? "1" : "0",
    PausedReason: member.reason,
  })),
  ...channels.flatMap((channel) =>
    channel.queue === null
      ? []
      : [
          {
            Event: "QueueEntry",
            Queue: channel.queue,
            Position: "1",
            Channel: channel.name,
            Uniqueid: channel.id,
            CallerIDNum: channel.caller.number || "unknown",
            CallerIDName: channel.caller.name || "unknown",
            ConnectedLineNum: "unknown",
            ConnectedLineName: "unknown",
            Wait: String(Math.floor((Date.now() - channel.joinedAt) / 1000)),
            Priority: "0",
          },
        ],
  ),
];
