import type { CallHands, Destination, HandAnswer, HandState } from "../call-hands.ts";
import type { TelephonyEvent } from "../telephony.ts";
import type { Ami } from "./ami.ts";
import type { AmiFields, AmiMessage } from "./ami-parser.ts";
import {
  CONSULT_CONTEXT,
  HAND_CONTEXT,
  HAND_SEND_CONTEXT,
  PARKING_LOT,
  partyOfChannel,
  QUEUES_CONTEXT,
  queueName,
  TELEPHONES_CONTEXT,
  telephoneInterface,
} from "./names.ts";

/** Two who talk with each other: the telephone's channel and the other's. */
interface Couple {
  own: AmiMessage;
  other: AmiMessage;
}

const not = (state: HandState): HandAnswer => ({ ok: false, why: state, state });

/** Calls in hand over the manager; what it leads to stands in the dial plan (render/hand-plan.ts). */
export function createCallHands(ami: Pick<Ami, "action" | "list">, tell: (event: TelephonyEvent) => void): CallHands {
  /** Whom the telephone shows to have called: the one who asked. Now it is the one who was put by. */
  const joined = (asked: AmiMessage, { CallerIDNum, CallerIDName, Channel = "" }: AmiMessage) =>
    tell({
      type: "leg.joined",
      channelId: asked.Uniqueid ?? "",
      other: { number: known(CallerIDNum), name: known(CallerIDName) },
      outside: partyOfChannel(Channel).kind === "trunk",
    });
  const ask = async (action: string, fields: AmiFields): Promise<HandAnswer> => {
    const reply = await ami.action(action, fields);
    if (reply.ok) return { ok: true };
    return NO_CHANNEL.test(reply.why) ? not("over") : reply;
  };
  /** In order, until one is refused. */
  const inOrder = async (...asks: [string, AmiFields][]): Promise<HandAnswer> => {
    for (const [action, fields] of asks) {
      const answer = await ask(action, fields);
      if (!answer.ok) return answer;
    }
    return { ok: true };
  };
  const variable = async (channel: string, name: string): Promise<string> => {
    const reply = await ami.action("Getvar", { Channel: channel, Variable: name });
    return reply.ok ? (reply.message.Value ?? "") : "";
  };
  const channels = async (): Promise<AmiMessage[] | HandAnswer> => {
    const list = await ami.list("CoreShowChannels");
    return list.ok ? list.items : list;
  };
  const coupleOf = async (channelId: string): Promise<Couple | HandAnswer> => {
    const all = await channels();
    if (!Array.isArray(all)) return all;
    const own = all.find(({ Uniqueid }) => Uniqueid === channelId);
    if (own === undefined) return not("over");
    const others = all.filter((each) => each !== own && own.BridgeId !== "" && each.BridgeId === own.BridgeId);
    const [other] = others;
    if (other === undefined) return not("alone");
    return others.length > 1 ? not("several") : { own, other };
  };
  /** Who was put by, with the telephone that did it; null where nobody is. */
  const waitingFor = async (channelId: string): Promise<Couple | null> => {
    if ((await variable(channelId, "PERCH_WAITS")) !== "yes") return null;
    const name = await variable(channelId, "PERCH_OTHER");
    const all = await channels();
    if (!Array.isArray(all)) return null;
    const own = all.find(({ Uniqueid }) => Uniqueid === channelId);
    const other = all.find(({ Channel }) => Channel === name);
    return own === undefined || other === undefined ? null : { own, other };
  };
  /** Takes two who talk apart: the telephone goes to that extension, the other hears music. */
  const takeApart = ({ own, other }: Couple, context: string, exten: string): Promise<HandAnswer> =>
    inOrder(
      setting(own, "PERCH_OTHER", other.Channel),
      setting(other, "PERCH_OTHER", own.Channel),
      setting(other, "PERCH_BACK", backTo(own)),
      ["Redirect", { ...goTo(own, context, exten), ...extra(other, HAND_CONTEXT, "wait") }],
    );

  return {
    tell: (channelId, what) => ask("PJSIPNotify", { Channel: channelId, Variable: `Event=${what}` }),
    async hold(channelId) {
      const couple = await coupleOf(channelId);
      return "own" in couple ? takeApart(couple, HAND_CONTEXT, "hold") : couple;
    },
    async resume(channelId) {
      const couple = await waitingFor(channelId);
      return couple === null ? not("nobody-waits") : ask("Redirect", goTo(couple.own, HAND_CONTEXT, "back"));
    },
    async end(channelId) {
      const couple = await waitingFor(channelId);
      if (couple === null) return not("nobody-waits");
      return inOrder(
        setting(couple.own, "PERCH_WAITS", "no"),
        ["Hangup", { Channel: couple.other.Channel ?? "" }],
        ["Hangup", { Channel: couple.own.Channel ?? "" }],
      );
    },
    async sendOn(channelId, to) {
      const waiting = await waitingFor(channelId);
      if (waiting !== null) {
        const { own, other } = waiting;
        const exten = extenOf(to);
        return inOrder(setting(own, "PERCH_GIVEN", `${other.Uniqueid}|${exten}`), [
          "Redirect",
          { ...goTo(own, HAND_CONTEXT, "sent"), ...extra(other, HAND_SEND_CONTEXT, exten) },
        ]);
      }
      const couple = await coupleOf(channelId);
      if (!("own" in couple)) return couple;
      const Context = "queueId" in to ? QUEUES_CONTEXT : TELEPHONES_CONTEXT;
      return ask("BlindTransfer", { Channel: couple.own.Channel ?? "", Context, Exten: extenOf(to) });
    },
    async parked() {
      const list = await ami.list("ParkedCalls", { ParkingLot: PARKING_LOT });
      if (!list.ok) throw new Error(`who is parked cannot be read: ${list.why}`);
      return list.items.flatMap(({ ParkingSpace = "" }) => (ParkingSpace === "" ? [] : [ParkingSpace.slice(-1)]));
    },
    async consult(channelId, to) {
      const waiting = await waitingFor(channelId);
      if (waiting !== null) return ask("Redirect", goTo(waiting.own, CONSULT_CONTEXT, to));
      const couple = await coupleOf(channelId);
      return "own" in couple ? takeApart(couple, CONSULT_CONTEXT, to) : couple;
    },
    async handOver(channelId) {
      const waiting = await waitingFor(channelId);
      if (waiting === null) return not("nobody-waits");
      const asked = await coupleOf(channelId);
      if (!("own" in asked)) return "state" in asked && asked.state === "alone" ? not("unanswered") : asked;
      const given = await inOrder(
        setting(waiting.other, "PERCH_OTHER", asked.other.Channel),
        setting(waiting.own, "PERCH_GIVEN", `${waiting.other.Uniqueid}|${asked.other.Uniqueid}`),
        ["Redirect", goTo(waiting.other, HAND_CONTEXT, "give")],
      );
      // He has gone in this moment: the consultation goes on, and is none any more.
      if (!given.ok) await inOrder(setting(waiting.own, "PERCH_GIVEN", ""));
      else joined(asked.other, waiting.other);
      return given;
    },
    async endConsult(channelId) {
      const couple = await waitingFor(channelId);
      return couple === null ? not("nobody-waits") : ask("Redirect", goTo(couple.own, HAND_CONTEXT, "cancel"));
    },
  };
}

const NO_CHANNEL = /No such channel|does not exist|not exist/i;

const extenOf = (to: Destination): string => ("queueId" in to ? queueName(to.queueId) : to.number);

const setting = (channel: AmiMessage, name: string, value = ""): [string, AmiFields] => [
  "Setvar",
  { Channel: channel.Channel ?? "", Variable: name, Value: value },
];

const goTo = (channel: AmiMessage, context: string, exten: string): AmiFields => ({
  Channel: channel.Channel ?? "",
  Context: context,
  Exten: exten,
  Priority: 1,
});

const extra = (channel: AmiMessage, context: string, exten: string): AmiFields => ({
  ExtraChannel: channel.Channel ?? "",
  ExtraContext: context,
  ExtraExten: exten,
  ExtraPriority: 1,
});

/** The telephone that is rung for somebody who would else wait for ever. */
function backTo({ Channel = "" }: AmiMessage): string {
  const party = partyOfChannel(Channel);
  return party.kind === "telephone" ? telephoneInterface(party.endpoint) : "";
}

const known = (value = ""): string => (value === "<unknown>" ? "" : value);
