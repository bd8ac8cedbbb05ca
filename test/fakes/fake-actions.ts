import type { AmiMessage } from "../../server/asterisk/ami-parser.ts";
import { endpointOfInterface } from "../../server/asterisk/names.ts";
import { channelList, contactList, type FakeChannel, type FakeMember, queueList } from "./fake-state.ts";

export type FakeAction = (
  action: AmiMessage,
  reply: {
    yes(message: string): void;
    no(message: string): void;
    list(complete: string, items: Record<string, string>[]): void;
  },
) => void;
const memberKey = (action: AmiMessage) => `${action.Queue} ${endpointOfInterface(action.Interface ?? "")}`;

/** What each action of the manager does to the fake, and what it answers, in Asterisk 22's words. */
export function fakeActions(state: {
  members: Map<string, FakeMember>;
  contacts: Map<string, boolean>;
  channels: Map<string, FakeChannel>;
  /** Asterisk's own database, by `/family/key`. */
  database: Map<string, string>;
  hangUp(channelId: string): void;
  /** Rings a telephone that, picked up, dials a number. */
  ringToDial(endpoint: string, number: string, channelId?: string): void;
}): Record<string, FakeAction> {
  const { members, contacts, channels, database, hangUp, ringToDial } = state;
  return {
    Ping: (_action, reply) => reply.yes("Pong"),
    Reload: (_action, reply) => reply.yes("Module Reloaded"),
    ModuleCheck: (_action, reply) => reply.yes("Module is loaded"),
    LoggerRotate: (_action, reply) => reply.yes("Reloaded module: logger"),
    PJSIPShowContacts: (_action, reply) =>
      contacts.size === 0 ? reply.no("No Contacts found") : reply.list("ContactListComplete", contactList(contacts)),
    CoreShowChannels: (_action, reply) => reply.list("CoreShowChannelsComplete", channelList([...channels.values()])),
    QueueStatus: (_action, reply) =>
      reply.list("QueueStatusComplete", queueList([...members.values()], [...channels.values()])),
    DBPut(action, reply) {
      database.set(`/${action.Family}/${action.Key}`, action.Val ?? "");
      reply.yes("Updated database successfully");
    },
    DBDel: (action, reply) =>
      database.delete(`/${action.Family}/${action.Key}`)
        ? reply.yes("Key deleted successfully")
        : reply.no("Database entry could not be deleted"),
    DBGetTree: (action, reply) =>
      reply.list(
        "DBGetTreeComplete",
        [...database]
          .filter(([key]) => key.startsWith(`/${action.Family}/`))
          .map(([Key, Val]) => ({ Event: "DBGetTreeResponse", Key, Val })),
      ),
    QueueAdd(action, reply) {
      const endpoint = endpointOfInterface(action.Interface ?? "");
      if (endpoint === null || !action.Queue) return reply.no("'Interface' not specified.");
      if (members.has(memberKey(action))) return reply.no("Unable to add interface: Already there");
      members.set(memberKey(action), {
        queue: action.Queue,
        endpoint,
        agentName: action.MemberName ?? "",
        paused: action.Paused === "true",
        reason: action.Reason ?? "",
      });
      reply.yes("Added interface to queue");
    },
    QueueRemove: (action, reply) =>
      members.delete(memberKey(action))
        ? reply.yes("Removed interface from queue")
        : reply.no("Unable to remove interface: Not there"),
    QueuePause(action, reply) {
      const endpoint = endpointOfInterface(action.Interface ?? "");
      const concerned = [...members.values()].filter(
        (member) => member.endpoint === endpoint && (!action.Queue || member.queue === action.Queue),
      );
      if (concerned.length === 0) return reply.no("Interface not found");
      for (const member of concerned) {
        member.paused = action.Paused === "true";
        member.reason = action.Reason ?? "";
      }
      reply.yes(action.Paused === "true" ? "Interface paused successfully" : "Interface unpaused successfully");
    },
    Originate(action, reply) {
      reply.yes("Originate successfully queued");
      const endpoint = endpointOfInterface(action.Channel ?? "");
      if (endpoint !== null) ringToDial(endpoint, action.Exten ?? "", action.ChannelId);
    },
    Hangup(action, reply) {
      const channel = [...channels.values()].find((each) => each.name === action.Channel);
      if (channel === undefined) return reply.no("No such channel");
      reply.yes("Channel Hungup");
      hangUp(channel.id);
    },
  };
}
