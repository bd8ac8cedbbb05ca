/** What a telephone system is told to be: the part of the port (telephony.ts) that is configuration. */

import type { OpeningTimes } from "../contract/calendar-time.ts";
import type { DestinationClass } from "../contract/views.ts";
import type { TransferCodes } from "./transfer-code.ts";
import type { VoiceLanguage } from "./voice-dialogue.ts";

export interface TelephoneConfig {
  endpoint: string;
  ha1Md5: string;
  ha1Sha256: string;
  internal: string | null;
  displayName: string;
  /** Where it stands; those of one place take each other's calls. */
  place: string | null;
  /** Nobody's own: while nobody sits there it may be kept from calling outside. */
  shared: boolean;
}

/** An agent's internal number. It rings the telephone he sits at; while he sits at none, calls go where this says. */
export interface AgentNumberConfig {
  internal: string;
  /** Null: busy. */
  awayNumber: string | null;
}

/** The line of an agent who is reached by a number outside. */
export interface RemoteLineConfig {
  agentId: number;
  /** As it is dialled in the house: an outbound route leads there. Null: only one that a seat says is rung. */
  number: string | null;
  /** Whoever picks up has to press 1 before he gets the call, so that no mailbox does. */
  acceptByKey: boolean;
  /** In which he is asked. */
  language: VoiceLanguage;
}

/** What holds for every telephone of the house. */
export interface CallingConfig {
  language: VoiceLanguage;
  emergencyNumbers: string[];
  idleTelephonesMayCall: "internal" | "anything";
  /** Which keys a telephone presses in a call to send the other on: see `transfer-code.ts`. */
  transferCodes: TransferCodes;
  /** How long somebody who is asked by such keys rings. */
  askedRingSeconds: number;
}

export interface QueueConfig {
  queueId: number;
  name: string;
  strategy: string;
  ringSeconds: number;
  maxWaitSeconds: number;
  /** So many of a hundred calls are recorded; none where it is not said. */
  recordPercent?: number;
  /** After its calls numbers outside stay on the line, for the outcome by keypad; not where it is not said. */
  disposesByPhone?: boolean;
  /** Nothing but the music of the house where it is not said. */
  sounds?: QueueSoundsConfig;
}

/** What callers who wait hear, and agents before they get a call. Sounds are names of files as they are played. */
export interface QueueSoundsConfig {
  announcements?: {
    position: "no" | "yes" | "limit" | "more";
    limit: number;
    /** How long it will take, once, where that is known. */
    wait: boolean;
    thanks: boolean;
    everySeconds: number;
    leastSeconds: number;
  };
  periodic?: { sound: string; firstSeconds: number; everySeconds: number };
  /** One of the configuration's `music`. */
  musicPromptId?: number;
  /** The queue's name, spoken. The file may come later, or never. */
  name?: string;
  /** Agents at telephones hear the name, too. */
  nameToAgents?: boolean;
}

/** A prompt as music. */
export interface MusicConfig {
  promptId: number;
  sound: string;
}

export interface TrunkConfig {
  trunkId: number;
  name: string;
  host: string;
  port: number;
  match: string[];
  username: string | null;
  password: string | null;
  /** It is asked now and then whether it is there, so that a call need not find out. */
  watched?: boolean;
}

/** When the house is open, in a zone of the IANA database. */
export interface CalendarConfig extends OpeningTimes {
  calendarId: number;
}

/** What may take a caller. */
export type InboundTarget =
  | { to: "queue"; queueId: number }
  /** An IVR project, which we lead: while we are away the next action has its turn. */
  | { to: "project"; projectId: number }
  | { to: "telephone"; endpoint: string }
  /** By the agent's internal number, at whatever telephone they sit. */
  | { to: "agent"; internal: string }
  /** As a telephone of the house would dial it. */
  | { to: "number"; number: string }
  | { to: "hang-up"; cause: "normal" | "busy" | "rejected" | "unallocated" };

/** `when`: only while that calendar is open, or closed; always where it is not said. */
export type InboundActionConfig = InboundTarget & { when?: { calendarId: number; is: "open" | "closed" } };

export interface InboundRouteConfig {
  number: string;
  /** In order: where one does not take the caller, the next has its turn. */
  actions: InboundActionConfig[];
  /** Of calls to this number, whatever their queue says; null or not said: as the queue says. */
  recordPercent?: number | null;
}

/** How numbers are dialled in a country, and what kind of destination their first digits lead to. */
export interface Numbering {
  countryCode: string;
  /** What is dialled before the code of another country: 00. */
  abroad: string[];
  /** What is dialled before a number of the same country and is no part of it; null: nothing. */
  national: string | null;
  /** No number of the country has more digits, without what is dialled before it. */
  longest: number;
  /** By the first digits with the code of the country and without anything before it; the longest that fits counts. */
  prefixes: { prefix: string; is: DestinationClass }[];
}

/** What is allowed outside. Null: nothing is said here, and what is said more generally counts. */
export interface CallRules {
  destinations: readonly DestinationClass[] | null;
  callsAtOnce: number | null;
  /** Talked on one day. */
  minutesPerDay: number | null;
  /** Only while that calendar is open, or at any time. */
  hours: { calendarId: number } | "any" | null;
}

/** Limits against the abuse of telephones. What is said of an agent goes before what is said of a telephone. */
export interface CallLimitsConfig {
  numbering: Numbering;
  /** Whose midnight ends a day. */
  timeZone: string;
  everybody: CallRules;
  telephones: { endpoint: string; rules: CallRules }[];
  agents: { agentId: number; rules: CallRules }[];
}

export interface OutboundRouteConfig {
  /** None where routes are not told apart. */
  routeId?: number;
  /** Digits, X Z N classes as dial plans know them, a final dot for "and more". */
  pattern: string;
  trunkId: number;
  stripDigits: number;
  callerId: string | null;
  /** The route's prefix name, written beside the call in the journal. */
  prefix: string | null;
  recordPercent?: number;
  /** Tried in order where the trunk before cannot take the call. */
  backupTrunkIds?: number[];
  /** Who alone may use it; null, or not said: everybody. */
  permitted?: { endpoints: string[]; agentIds: number[] } | null;
  /** What holds beside the limits of who calls. */
  rules?: CallRules | null;
}

/** All of the configuration, always whole: rendering it twice gives the same bytes. */
export interface TelephonyConfig {
  telephones: TelephoneConfig[];
  agentNumbers: AgentNumberConfig[];
  remoteLines: RemoteLineConfig[];
  calling: CallingConfig;
  queues: QueueConfig[];
  trunks: TrunkConfig[];
  inboundRoutes: InboundRouteConfig[];
  outboundRoutes: OutboundRouteConfig[];
  /** None but the house's where it is not said. */
  music?: MusicConfig[];
  /** None where it is not said. */
  calendars?: CalendarConfig[];
  /** Without them everybody may call everywhere. */
  limits?: CallLimitsConfig;
}
