import type { AmiMessage } from "../../server/asterisk/ami-parser.ts";
import { INBOUND_CONTEXT, queueName, TELEPHONES_CONTEXT } from "../../server/asterisk/names.ts";
import { fakeActions } from "./fake-actions.ts";
import { createFakeManager } from "./fake-manager.ts";
import { type FakeChannel, type FakeMember, snapshot } from "./fake-state.ts";

export interface FakeRing {
  /** The telephone's channel: the leg's id. */
  channelId: string;
  /** The caller's channel. */
  callerChannelId: string;
  linkedId: string;
}

export interface FakeAsterisk {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** Every action received except Login and Ping, in order. */
  readonly actions: AmiMessage[];
  readonly linked: boolean;
  members(): FakeMember[];
  /** Its own database, by `/family/key`. */
  readonly database: ReadonlyMap<string, string>;
  /** The telephone's contact appears, answers, or goes; tells whoever is linked. */
  setContact(endpoint: string, registered: boolean): void;
  /** A caller comes through a trunk and waits in a queue; the answer is his channel's id. */
  joinQueue(options: { queueId: number; number: string; name?: string; trunkId?: number }): string;
  /** The caller gives up, or was taken: he leaves the queue. */
  leaveQueue(callerChannelId: string): void;
  /** A queue rings a telephone for a caller that waits, or that comes now. */
  ring(options: {
    endpoint: string;
    queueId: number;
    number: string;
    name?: string;
    callerChannelId?: string;
  }): FakeRing;
  /** A telephone calls another one. */
  call(options: { from: string; to: string; exten: string }): FakeRing;
  /** A telephone dials out. */
  dial(options: { from: string; exten: string }): string;
  answer(channelId: string): void;
  hold(channelId: string, held: boolean): void;
  /** One channel ends. A queue's caller who still waits leaves the queue. */
  hangUp(channelId: string): void;
  /** The next `times` actions of that name are answered Error. */
  refuse(action: string, why: string, times?: number): void;
  /** The next `times` actions of that name are never answered. */
  ignore(action: string, times?: number): void;
  /** Cuts the connection; with `refuseNew` nobody gets in until `accept`. */
  dropLink(refuseNew?: boolean): void;
  accept(): void;
  /** As after a restart of Asterisk: no channels and no callers; members stay, as `persistentmembers` keeps them. */
  restart(): void;
  /** Queue members as if they had been lost, or added by somebody else's hand. */
  setMembers(members: FakeMember[]): void;
  emit(event: string, fields: Record<string, string>): void;
  stop(): Promise<void>;
}

/** A manager on a loopback port that answers as Asterisk 22 does and lets a test play telephones and callers. */
export async function startFakeAsterisk(options: { port?: number; secret?: string } = {}): Promise<FakeAsterisk> {
  const username = "perch";
  const secret = options.secret ?? "fake-secret";
  const manager = createFakeManager(username, secret);
  const { emit } = manager;
  const members = new Map<string, FakeMember>();
  const contacts = new Map<string, boolean>();
  const channels = new Map<string, FakeChannel>();
  const database = new Map<string, string>();
  let lastChannel = 0;

  const newChannel = (fields: Partial<FakeChannel> & { endpoint: string }): FakeChannel => {
    lastChannel += 1;
    const { endpoint, ...rest } = fields;
    const id = `fake-${Math.floor(Date.now() / 1000)}.${lastChannel}`;
    const channel: FakeChannel = {
      name: `PJSIP/${endpoint}-${lastChannel.toString(16).padStart(8, "0")}`,
      id,
      linkedId: id,
      state: "Down",
      caller: { number: "", name: "" },
      connected: { number: "", name: "" },
      context: TELEPHONES_CONTEXT,
      exten: "",
      queue: null,
      joinedAt: 0,
      ...rest,
    };
    channels.set(channel.id, channel);
    emit("Newchannel", snapshot(channel));
    return channel;
  };
  const setState = (channel: FakeChannel, state: FakeChannel["state"]) => {
    channel.state = state;
    emit("Newstate", snapshot(channel));
  };
  const channelOf = (id: string): FakeChannel => {
    const channel = channels.get(id);
    if (channel === undefined) throw new Error(`the fake Asterisk has no channel ${id}`);
    return channel;
  };
  const waitingIn = (queue: string) => [...channels.values()].filter((channel) => channel.queue === queue);

  const joinQueue: FakeAsterisk["joinQueue"] = ({ queueId, number, name = "", trunkId = 1 }) => {
    const caller = newChannel({
      endpoint: `trunk~${trunkId}`,
      state: "Ring",
      caller: { number, name },
      context: INBOUND_CONTEXT,
      exten: "100",
    });
    setState(caller, "Up");
    caller.queue = queueName(queueId);
    caller.joinedAt = Date.now();
    const waiting = String(waitingIn(caller.queue).length);
    emit("QueueCallerJoin", { ...snapshot(caller), Queue: caller.queue, Position: waiting, Count: waiting });
    return caller.id;
  };
  const leaveQueue = (callerChannelId: string) => {
    const caller = channelOf(callerChannelId);
    if (caller.queue === null) return;
    const queue = caller.queue;
    caller.queue = null;
    emit("QueueCallerLeave", {
      ...snapshot(caller),
      Queue: queue,
      Position: "1",
      Count: String(waitingIn(queue).length),
    });
  };
  const ringTelephone = (from: FakeChannel, endpoint: string): FakeChannel => {
    const telephone = newChannel({ endpoint, linkedId: from.linkedId, connected: from.caller });
    emit("DialBegin", { ...snapshot(from), ...snapshot(telephone, "Dest"), DialString: endpoint });
    return telephone;
  };

  const ringToDial = (endpoint: string, number: string, id?: string) => {
    const own = id === undefined ? {} : { id, linkedId: id };
    const channel = newChannel({ endpoint, connected: { number, name: "" }, ...own });
    emit("DialBegin", { ...snapshot(channel, "Dest"), DialString: endpoint });
  };
  const hangUp = (channelId: string) => {
    const channel = channelOf(channelId);
    if (channel.queue !== null) {
      const fields = {
        ...snapshot(channel),
        Queue: channel.queue,
        Position: "1",
        OriginalPosition: "1",
        HoldTime: "1",
      };
      emit("QueueCallerAbandon", fields);
      leaveQueue(channelId);
    }
    channels.delete(channelId);
    emit("Hangup", { ...snapshot(channel), Cause: "16", "Cause-txt": "Normal Clearing" });
  };

  const handlers = fakeActions({ members, contacts, channels, database, hangUp, ringToDial });

  const port = await manager.listen(options.port ?? 0, handlers);
  return {
    host: "127.0.0.1",
    port,
    username,
    secret,
    actions: manager.actions,
    get linked() {
      return manager.linked;
    },
    database,
    members: () => [...members.values()].map((member) => ({ ...member })),
    setContact(endpoint, registered) {
      const known = contacts.has(endpoint);
      if (!registered && !known) return;
      if (registered) contacts.set(endpoint, true);
      else contacts.delete(endpoint);
      emit("ContactStatus", {
        URI: `sip:${endpoint}@127.0.0.1:40000`,
        ContactStatus: registered ? "Reachable" : "Removed",
        AOR: endpoint,
        EndpointName: endpoint,
        RoundtripUsec: registered ? "1500" : "0",
      });
    },
    joinQueue,
    leaveQueue,
    ring({ endpoint, queueId, number, name = "", callerChannelId }) {
      const caller = channelOf(callerChannelId ?? joinQueue({ queueId, number, name }));
      const telephone = ringTelephone(caller, endpoint);
      emit("AgentCalled", {
        ...snapshot(caller),
        ...snapshot(telephone, "Dest"),
        Queue: queueName(queueId),
        Interface: `PJSIP/${endpoint}`,
        MemberName: endpoint,
      });
      setState(telephone, "Ringing");
      return { channelId: telephone.id, callerChannelId: caller.id, linkedId: caller.linkedId };
    },
    call({ from, to, exten }) {
      const caller = newChannel({ endpoint: from, state: "Ring", caller: { number: from, name: "" }, exten });
      const telephone = ringTelephone(caller, to);
      setState(telephone, "Ringing");
      return { channelId: telephone.id, callerChannelId: caller.id, linkedId: caller.linkedId };
    },
    dial: ({ from, exten }) =>
      newChannel({ endpoint: from, state: "Ring", caller: { number: from, name: "" }, exten }).id,
    answer(channelId) {
      const channel = channelOf(channelId);
      setState(channel, "Up");
      for (const caller of channels.values()) {
        if (caller.linkedId === channel.linkedId && caller.queue !== null) leaveQueue(caller.id);
      }
    },
    hold: (channelId, held) => emit(held ? "Hold" : "Unhold", snapshot(channelOf(channelId))),
    hangUp,
    refuse: (action, why, times = 1) => manager.refuse(action, why, times),
    ignore: (action, times = 1) => manager.refuse(action, null, times),
    dropLink: manager.dropLink,
    accept: manager.accept,
    restart() {
      channels.clear();
      manager.dropLink();
    },
    setMembers(wanted) {
      members.clear();
      for (const member of wanted) members.set(`${member.queue} ${member.endpoint}`, member);
    },
    emit,
    stop: manager.stop,
  };
}
