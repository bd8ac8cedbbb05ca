import type { HandTelephony } from "../call-hands.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { RecordingTelephony } from "../recorder.ts";
import type { Answer, Member, TelephonyEvent, TelephonyState } from "../telephony.ts";
import type { TestingTelephony } from "../test-calls.ts";
import { createAgiServer } from "./agi-server.ts";
import { Ami, type AmiList } from "./ami.ts";
import type { AmiFields, AmiMessage } from "./ami-parser.ts";
import { createCallHands } from "./call-hands.ts";
import { createConfigurator } from "./configurator.ts";
import { ContactTracker } from "./contact-tracker.ts";
import { recordingsFolder } from "./daemon.ts";
import { LegTracker } from "./leg-tracker.ts";
import { limitedCall } from "./limited-call.ts";
import { createLogKeeper } from "./log-keeper.ts";
import {
  CALLBACK_CONTEXT,
  CALLBACK_WAIT_CONTEXT,
  CALLER_SOUND_VARIABLE,
  CLICK_TO_DIAL_CONTEXT,
  endpointOfInterface,
  NUMBERS_FAMILY,
  queueIdOf,
  queueName,
  REMOTE_AFTER_CONTEXT,
  REMOTE_CALLBACK_CONTEXT,
  REMOTE_WAYS_CONTEXT,
  remoteAgentOfChannel,
  SEATS_FAMILY,
  stateInterface,
  TEST_CALL_PREFIX,
  telephoneInterface,
} from "./names.ts";
import { createRecorder } from "./recorder.ts";
import { freeRemote, readRemoteInUse } from "./remote-state.ts";
import type { AsteriskInstance } from "./render/instance.ts";
import { readSeat, writeSeat } from "./seat-value.ts";
import { createTestCalls, isTestChannel } from "./test-calls.ts";

/** How long the telephone rings for its own agent when he clicked to dial. */
const CLICK_RING_MS = 30_000;

/** The port of telephony.ts, spoken to one Asterisk over its manager interface. Its files must have been written. */
export function createAsteriskTelephony(deps: {
  instance: AsteriskInstance;
  clock: Clock;
  log: Log;
}): TestingTelephony & RecordingTelephony & HandTelephony {
  const { instance, clock, log } = deps;
  const contacts = new ContactTracker();
  const legs = new LegTracker();
  let listener: (event: TelephonyEvent) => void = () => {};

  /** A fault of the listener is one event's, not the link's. */
  const tell = (event: TelephonyEvent) => {
    try {
      listener(event);
    } catch (error) {
      log.error({ err: error, event: event.type }, "an event of the telephone system was not taken");
    }
  };

  const take = (event: AmiMessage) => {
    if (event.Event === "ContactStatus") {
      const contact = contacts.take(event);
      if (contact !== null) tell({ type: "contact.changed", contact });
      return;
    }
    if (testCalls.take(event)) return;
    const limited = limitedCall(event);
    if (limited !== null) tell(limited);
    for (const each of legs.take(event)) tell(each);
  };
  const ami = new Ami({
    ...instance.manager,
    host: "127.0.0.1",
    clock,
    log,
    onEvent: take,
    onUp(uptimeSeconds) {
      log.info("linked to Asterisk");
      const at = clock.now().getTime();
      tell(
        uptimeSeconds === null
          ? { type: "link.up" }
          : { type: "link.up", startedAt: new Date(at - uptimeSeconds * 1000) },
      );
    },
    onDown(why) {
      legs.linkLost();
      testCalls.linkLost();
      tell({ type: "link.down", why });
    },
  });
  const testCalls = createTestCalls(ami);
  /** Ids of channels are given once. */
  let callbacks = 0;
  const startedAt = clock.now().getTime();
  let voicePort = instance.voice.port;
  const voice = createAgiServer({
    clock,
    log,
    secret: instance.voice.secret,
    soundDir: instance.directories.data,
  });
  const configurator = createConfigurator({ isUp: () => ami.up, instance, voicePort: () => voicePort, clock, log });
  const logKeeper = createLogKeeper({
    directory: instance.directories.log,
    rotate: () => ami.action("LoggerRotate"),
    clock,
    log,
  });

  /** `done` are the words of a no that means: it is so already. */
  const ask = async (action: string, fields: AmiFields, done?: RegExp): Promise<Answer> => {
    const reply = await ami.action(action, fields);
    return reply.ok || done?.test(reply.why) === true ? { ok: true } : reply;
  };

  let reading: Promise<TelephonyState> | null = null;
  const readState = async (): Promise<TelephonyState> => {
    contacts.beginRead();
    legs.beginRead();
    // Before the channels: a line in use of which no channel is found afterwards is in use no more.
    const inUse = await readRemoteInUse(ami);
    const [contactList, queueList, channelList] = await Promise.all([
      ami.list("PJSIPShowContacts"),
      ami.list("QueueStatus"),
      ami.list("CoreShowChannels"),
    ]);
    const queueItems = itemsOf(queueList);
    const channelItems = itemsOf(channelList).filter(({ Uniqueid }) => !isTestChannel(Uniqueid));
    const lines = new Set(channelItems.map(remoteAgentOn));
    await freeRemote(
      ami,
      inUse.filter((agentId) => !lines.has(agentId)),
      log,
    );
    return {
      contacts: contacts.read(itemsOf(contactList)),
      members: queueItems.flatMap(memberOf),
      ...legs.read(channelItems, queueItems, clock.now()),
      linkedIds: [...new Set(channelItems.map(({ Linkedid }) => Linkedid ?? ""))],
    };
  };

  return {
    testCalls,
    recorder: createRecorder({ ami, folder: recordingsFolder(instance.directories), log }),
    hands: createCallHands(ami, tell),
    get status() {
      return ami.up ? "up" : "down";
    },
    async start(toBeTold) {
      listener = toBeTold;
      voicePort = await voice.start(instance.voice.port);
      ami.start();
      logKeeper.start();
    },
    async stop() {
      logKeeper.stop();
      ami.stop();
      await voice.stop();
      await configurator.stop();
    },
    configure: (config) => configurator.configure(config),
    readState() {
      // Who asks while it is being read gets the same: the trackers follow one reading at a time.
      reading ??= readState().finally(() => {
        reading = null;
        contacts.endRead();
        legs.endRead();
      });
      return reading;
    },
    async addMember(member) {
      const first = await ask("QueueAdd", addition(member));
      if (first.ok || !first.why.includes("Already there")) return first;
      // From an earlier session, with another name perhaps, and paused or not as it was then: made anew.
      const removed = await ask("QueueRemove", place(member.queueId, member.endpoint), NOT_THERE);
      return removed.ok ? ask("QueueAdd", addition(member)) : removed;
    },
    removeMember: (queueId, endpoint) => ask("QueueRemove", place(queueId, endpoint), NOT_THERE),
    setPaused: (endpoint, paused, reason) =>
      ask("QueuePause", { Interface: telephoneInterface(endpoint), Paused: paused, Reason: reason }, NOT_FOUND),
    async seat(seat) {
      if (seat.internal !== null) {
        const { internal, endpoint } = seat;
        const answer = await ask("DBPut", { Family: NUMBERS_FAMILY, Key: internal, Val: endpoint });
        if (!answer.ok) return answer;
      }
      return ask("DBPut", { Family: SEATS_FAMILY, Key: seat.endpoint, Val: writeSeat(seat) });
    },
    unseat: (endpoint) => ask("DBDel", { Family: SEATS_FAMILY, Key: endpoint }, NO_ENTRY),
    async readSeats() {
      const list = await ami.list("DBGetTree", { Family: SEATS_FAMILY });
      if (!list.ok && NO_ENTRY.test(list.why)) return [];
      return itemsOf(list).flatMap(
        ({ Key = "", Val = "" }) => readSeat(Key.slice(Key.lastIndexOf("/") + 1), Val) ?? [],
      );
    },
    onVoice: (name, handler) => voice.serve(name, handler),
    async ringBack(number, agentId, dialogue) {
      if (!/^\+?[0-9]{1,20}$/.test(number)) return { ok: false, why: "not a number that can be dialled" };
      callbacks += 1;
      return ask("Originate", {
        Channel: `Local/${number}@${REMOTE_WAYS_CONTEXT}/n`,
        // Nobody's call: the journal's readers leave it out.
        ChannelId: `${TEST_CALL_PREFIX}callback-${startedAt}-${callbacks}`,
        Context: dialogue === "dispose" ? REMOTE_AFTER_CONTEXT : REMOTE_CALLBACK_CONTEXT,
        Exten: dialogue === "dispose" ? String(Math.trunc(agentId)) : "s",
        Priority: 1,
        // The line whose limits count, and which is in use meanwhile.
        Variable: `__PERCH_REMOTE=${Math.trunc(agentId)}`,
        Timeout: CLICK_RING_MS,
        Async: true,
      });
    },
    async standIn({ channelId, queueId, number, shown, place }) {
      if (!/^\+?[0-9]{1,20}$/.test(number)) return { ok: false, why: "not a number that can be dialled" };
      const plain = (words: string) => words.replace(/[^\p{L}\p{N} .'+-]/gu, "").slice(0, 60);
      const variables = {
        PERCH_SHOWN_NAME: plain(shown.name),
        PERCH_SHOWN_NUMBER: plain(shown.number),
        PERCH_TO: number,
        PERCH_PLACE: Math.trunc(place),
      };
      return ask("Originate", {
        Channel: `Local/s@${CALLBACK_WAIT_CONTEXT}/n`,
        ChannelId: channelId,
        OtherChannelId: `${channelId};2`,
        Context: CALLBACK_CONTEXT,
        Exten: queueName(queueId),
        Priority: 1,
        Variable: Object.entries(variables)
          .map(([name, value]) => `${name}=${value}`)
          .join(","),
        Timeout: CLICK_RING_MS,
        Async: true,
      });
    },
    // By its unique id, which Asterisk takes where no channel has such a name.
    hangUp: (channelId) => ask("Hangup", { Channel: channelId }, NO_CHANNEL),
    nameCaller: (channelId, sound) =>
      ask("Setvar", { Channel: channelId, Variable: CALLER_SOUND_VARIABLE, Value: sound }),
    async dialFrom(endpoint, to) {
      if (!/^\+?[0-9*#]{1,32}$/.test(to)) return { ok: false, why: "not a number that can be dialled" };
      return ask("Originate", {
        Channel: telephoneInterface(endpoint),
        Context: CLICK_TO_DIAL_CONTEXT,
        Exten: to,
        Priority: 1,
        CallerID: `"${to}" <${to}>`,
        Timeout: CLICK_RING_MS,
        Async: true,
      });
    },
  };
}

const NOT_THERE = /Not there|No such queue/;
const NOT_FOUND = /^Interface not found/;
const NO_ENTRY = /not found|could not be deleted/i;
const NO_CHANNEL = /^No such channel/;

const place = (queueId: number, endpoint: string): AmiFields => ({
  Queue: queueName(queueId),
  Interface: telephoneInterface(endpoint),
});

const addition = (member: Member): AmiFields => ({
  ...place(member.queueId, member.endpoint),
  StateInterface: stateInterface(member.endpoint),
  MemberName: member.agentName,
  Paused: member.paused,
  Reason: member.pauseReason,
});

function memberOf(item: AmiMessage): Member[] {
  const queueId = item.Event === "QueueMember" ? queueIdOf(item.Queue ?? "") : null;
  const endpoint = endpointOfInterface(item.Location ?? "");
  if (queueId === null || endpoint === null) return [];
  return [
    {
      queueId,
      endpoint,
      agentName: item.Name ?? "",
      paused: item.Paused === "1",
      pauseReason: item.PausedReason || null,
    },
  ];
}

/** Whose line a channel belongs to: it is a half of it, or a number outside that is asked for the outcome. */
const remoteAgentOn = ({ Channel = "", Context = "", Exten = "" }: AmiMessage): string | null =>
  Context === REMOTE_AFTER_CONTEXT ? Exten : remoteAgentOfChannel(Channel);

/** A state that is half read would be "repaired" against: better none. */
function itemsOf(list: AmiList): AmiMessage[] {
  if (!list.ok) throw new Error(`the telephone system's state cannot be read: ${list.why}`);
  return list.items;
}
