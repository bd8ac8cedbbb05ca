import type { JournalDamage, JournalFact, JournalLanguage } from "../journal.ts";
import { JOURNAL_FIELDS, type JournalField, type JournalRecord } from "./journal-fields.ts";
import { mendJournalLine } from "./mend-journal-line.ts";
import {
  ASK_OVER_EVENT,
  ASKED_EVENT,
  ATTENDED_EVENT,
  CALLBACK_ASKED_EVENT,
  CALLBACK_EVENT,
  CALLBACK_TAKEN_EVENT,
  isRemoteDialler,
  KEYS_ASKED_EVENT,
  partyOfChannel,
  QUEUE_OUTCOME_EVENT,
  queueIdOf,
  RECORDING_EVENT,
  REMOTE_CONTEXT,
  REMOTE_EVENT,
  ROUTE_EVENT,
  SENT_EVENT,
  TEST_CALL_PREFIX,
} from "./names.ts";
import { readPlainLine } from "./plain-journal-line.ts";

/** A line longer than this is no line of the journal's: names and extensions are at most 80 characters each there. */
export const LONGEST_LINE = 65_536;

/** The user-defined events of the journal that we write ourselves; AMI knows what Asterisk's own journal leaves out. */
export const HOLD_EVENT = "PERCH_HOLD";
export const UNHOLD_EVENT = "PERCH_UNHOLD";
export const LISTENED_EVENT = "PERCH_LISTENED";
export const RESTART_EVENT = "PERCH_RESTART";

/** CEL's event names (Asterisk 22, "CEL Specification") in our words. What is not listed tells nothing that is folded. */
const KINDS = new Map<string, JournalFact["kind"]>([
  ["CHAN_START", "channel.started"],
  ["ANSWER", "channel.answered"],
  ["HANGUP", "channel.ended"],
  ["CHAN_END", "channel.ended"],
  ["BRIDGE_ENTER", "bridge.entered"],
  ["BRIDGE_EXIT", "bridge.left"],
  ["APP_START", "app.started"],
  ["APP_END", "app.ended"],
  ["BLINDTRANSFER", "transfer.blind"],
  ["ATTENDEDTRANSFER", "transfer.attended"],
  ["PICKUP", "pickup"],
  ["PARK_START", "parked"],
  ["PARK_END", "unparked"],
  ["FORWARD", "forwarded"],
  ["LINKEDID_END", "linked.ended"],
  ["LOCAL_OPTIMIZE", "local.optimised"],
  [QUEUE_OUTCOME_EVENT, "queue.outcome"],
  [CALLBACK_ASKED_EVENT, "callback.asked"],
  [CALLBACK_EVENT, "callback.waits"],
  [CALLBACK_TAKEN_EVENT, "callback.taken"],
  [ROUTE_EVENT, "routed"],
  [REMOTE_EVENT, "remote"],
  [RECORDING_EVENT, "recorded"],
  [ATTENDED_EVENT, "transfer.attended"],
  [SENT_EVENT, "transfer.blind"],
  [ASKED_EVENT, "asked"],
  [ASK_OVER_EVENT, "asked.over"],
  [KEYS_ASKED_EVENT, "asked.by-keys"],
  [HOLD_EVENT, "hold"],
  [UNHOLD_EVENT, "unhold"],
  [LISTENED_EVENT, "listened"],
  [RESTART_EVENT, "restart"],
]);

const FIELDS = JOURNAL_FIELDS.map((field) => field.toLowerCase() as JournalField);

/** The journal of Asterisk: CEL, a JSON object a line (asterisk.md, "The journal"). Pure. */
export const journalLanguage: JournalLanguage = {
  read: readJournalLine,
  mend: mendJournalLine,
  factOf: factOfRecord,
  restartOf: (linkedId, atUs) => ownLine(RESTART_EVENT, atUs, linkedId, "", ""),
  // A call bears the id of its first channel.
  endOf: (linkedId, atUs) => ownLine("LINKEDID_END", atUs, linkedId, linkedId, ""),
};

/** A line of ours, of the same form as Asterisk's. `text` is what the event says, where it says something. */
export function ownLine(event: string, atUs: number, linkedId: string, channelId: string, text: string): string {
  const line: JournalRecord = {
    eventtype: event,
    eventtime: `${Math.floor(atUs / 1e6)}.${String(atUs % 1e6).padStart(6, "0")}`,
    userdeftype: event,
    uniqueid: channelId,
    linkedid: linkedId,
    channame: "",
    appname: "",
    appdata: "",
    eventextra: text === "" ? "" : JSON.stringify({ extra: text }),
    exten: "",
    context: "",
    num: "",
    peer: "",
    accountcode: "",
    name: "",
  };
  return JSON.stringify(line);
}

/** One line as written. Damage is an answer, with its reason in words. */
export function readJournalLine(text: string): JournalFact | JournalDamage {
  if (text.length > LONGEST_LINE) return { damaged: `longer than ${LONGEST_LINE} bytes` };
  const plain = readPlainLine(text);
  if (plain !== null) return factOfLine(plain);
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return { damaged: "not a JSON object" };
  }
  // PostgreSQL keeps neither U+0000 nor half of a surrogate pair; both reach us only as escapes.
  if (text.includes("\\u") && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(JSON.stringify(record)))
    return { damaged: "has a character that is none" };
  return factOfRecord(record);
}

/** The fact in a line's parsed record. */
export function factOfRecord(record: unknown): JournalFact | JournalDamage {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return { damaged: "not a JSON object" };
  for (const field of FIELDS) {
    if (typeof (record as Partial<JournalRecord>)[field] !== "string") return { damaged: `without ${field}` };
  }
  return factOfLine(record as JournalRecord);
}

function factOfLine(line: JournalRecord): JournalFact | JournalDamage {
  const atUs = microseconds(line.eventtime);
  if (atUs === null) return { damaged: "its time cannot be read" };
  const kind = kindOf(line);
  if (kind !== "restart" && (line.uniqueid === "" || line.linkedid === "")) return { damaged: "without an id" };
  const extra = extraOf(line);
  if (extra === null) return { damaged: "its extra part cannot be read" };
  return {
    kind,
    atUs,
    linkedId: line.linkedid,
    channelId: line.uniqueid,
    channelName: line.channame,
    party: partyOfChannel(line.channame),
    callerNumber: line.num,
    callerName: line.name,
    // The half of a remote agent's line that rings begins at his id; it dials nothing.
    exten: line.context === REMOTE_CONTEXT ? "s" : line.exten,
    context: line.context,
    app: line.appname,
    appData: line.appdata,
    accountCode: line.accountcode,
    bridgeId: extra.bridge ?? null,
    extra,
  };
}

function kindOf({ eventtype, channame }: JournalRecord): JournalFact["kind"] {
  // The way to one of the house's own is nobody's outbound call.
  if (eventtype === ROUTE_EVENT && isRemoteDialler(channame)) return "other";
  return KINDS.get(eventtype) ?? "other";
}

/** `seconds.microseconds` to microseconds; exact, because it stays far below 2^53. */
function microseconds(time: string): number | null {
  const dot = time.length - 7;
  if (dot < 9 || dot > 11 || time[dot] !== ".") return null;
  let us = 0;
  for (let index = 0; index < time.length; index += 1) {
    if (index === dot) continue;
    const digit = time.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return null;
    us = us * 10 + digit;
  }
  return us;
}

/** What stands on a third of all lines. */
const BRIDGE = /^\{"bridge_id":"([^"\\]*)","bridge_technology":"([^"\\]*)"\}$/;
/** Of bridges in which nobody hears anybody: whoever is parked is in one. */
const HOLDING = "holding_bridge";

function extraOf(line: JournalRecord): Record<string, string> | null {
  const extra: Record<string, string> = {};
  // What app_queue and Dial name themselves on the channel that they ring (asterisk.md, "The journal").
  if (line.appname === "AppQueue") extra.rungBy = "queue";
  else if (line.appname === "AppDial") extra.rungBy = "dial";
  if (line.linkedid.startsWith(TEST_CALL_PREFIX)) extra.test = "yes";
  // Ids end in a counter that begins at 0 with the process.
  if (line.eventtype === "CHAN_START" && line.uniqueid.endsWith(".0")) extra.anew = "yes";
  if (line.appname === "Queue") {
    const queueId = queueIdOf(line.appdata.split(",", 1)[0] ?? "");
    if (queueId !== null) extra.queue = String(queueId);
  }
  if (line.eventtype === "BRIDGE_ENTER" && line.peer !== "") extra.peers = line.peer;
  if (line.eventextra === "") return extra;
  const bridge = BRIDGE.exec(line.eventextra);
  if (bridge !== null) {
    extra.bridge = bridge[1] ?? "";
    if (bridge[2] === HOLDING) extra.parking = "yes";
    return extra;
  }
  let more: unknown;
  try {
    more = JSON.parse(line.eventextra);
  } catch {
    return null;
  }
  if (typeof more !== "object" || more === null) return null;
  const value = (name: string): string => String((more as Record<string, unknown>)[name] ?? "");
  switch (line.eventtype) {
    case "BRIDGE_ENTER":
    case "BRIDGE_EXIT":
      extra.bridge = value("bridge_id");
      if (value("bridge_technology") === HOLDING) extra.parking = "yes";
      break;
    case "HANGUP":
      extra.cause = value("hangupcause");
      extra.source = value("hangupsource");
      extra.dialStatus = value("dialstatus");
      break;
    case "BLINDTRANSFER":
      extra.to = value("extension");
      extra.transferee = value("transferee_channel_uniqueid");
      break;
    case "ATTENDEDTRANSFER":
      extra.second = value("channel2_uniqueid");
      extra.transferee = value("transferee_channel_uniqueid");
      extra.target = value("transfer_target_channel_uniqueid");
      break;
    case "PICKUP":
      extra.picker = value("pickup_channel_uniqueid");
      extra.pickerName = value("pickup_channel");
      Object.assign(extra, pickerOf(extra.pickerName));
      break;
    default:
      Object.assign(extra, ofOurs(line.eventtype, value("extra")));
  }
  return extra;
}

/** Only telephones take calls over. */
function pickerOf(name: string): { pickerEndpoint?: string } {
  const party = partyOfChannel(name);
  return party.kind === "telephone" ? { pickerEndpoint: party.endpoint } : {};
}

/** A user-defined event holds one text; ours are `first|rest`. */
function ofOurs(type: string, text: string): Record<string, string> {
  const bar = text.indexOf("|");
  const first = bar < 0 ? text : text.slice(0, bar);
  const rest = bar < 0 ? "" : text.slice(bar + 1);
  if (type === QUEUE_OUTCOME_EVENT) return { queue: String(queueIdOf(first) ?? ""), outcome: rest };
  if (type === CALLBACK_EVENT || type === CALLBACK_TAKEN_EVENT) return { to: text };
  if (type === CALLBACK_ASKED_EVENT) return { queue: String(queueIdOf(first) ?? "") };
  if (type === ROUTE_EVENT) return { prefix: rest };
  if (type === LISTENED_EVENT) return { from: first };
  if (type === RECORDING_EVENT) return { recording: first };
  if (type === ATTENDED_EVENT) return { transferee: first, target: rest };
  if (type === SENT_EVENT) return { transferee: first, to: rest };
  if (type === KEYS_ASKED_EVENT) return { asker: text };
  if (type === ASKED_EVENT) return { to: text };
  if (type === ASK_OVER_EVENT) return { dialStatus: text };
  return {};
}
