/**
 * The names we give things inside Asterisk, and how they are read back. What is written here stands in the journal,
 * so a name once given keeps its meaning for ever.
 */

import { remoteEndpoint } from "../telephony.ts";

/** A queue by its id: names of queues may change, hold anything, and must not break the reports. */
export const queueName = (queueId: number): string => `q${queueId}`;

/** A prompt as a class of music. */
export const musicClass = (promptId: number): string => `prompt-${promptId}`;

/** The id behind `q<id>`; null for a queue that is not ours. */
export function queueIdOf(name: string): number | null {
  return /^q[1-9][0-9]{0,14}$/.test(name) ? Number(name.slice(1)) : null;
}

/** Holds a `~`, which no username may, so that no telephone can be taken for a trunk. */
export const trunkEndpoint = (trunkId: number): string => `trunk~${trunkId}`;

/** How the name of a trunk's channel begins. */
export const TRUNK_CHANNEL = "PJSIP/trunk~";

export const isTrunkEndpoint = (endpoint: string): boolean => endpoint.startsWith("trunk~");

/** Where a remote agent's line is rung: its dial plan finds the number and the way there. */
export const REMOTE_CONTEXT = "perch-remote";
/** The numbers of remote agents, by the routes that lead outside. */
export const REMOTE_WAYS_CONTEXT = "perch-remote-ways";
/** What whoever picked up there hears before he gets the call: a subroutine on that channel. */
export const REMOTE_ACCEPT_CONTEXT = "perch-remote-accept";
/** Says in the journal whose line the channel to the outside is a part of: a subroutine on it before it is dialled. */
export const REMOTE_MARK_CONTEXT = "perch-remote-mark";
/** The line is free again: a subroutine, run when it hangs up. */
export const REMOTE_OVER_CONTEXT = "perch-remote-over";
/** Where the number outside goes on once the caller has gone, or was rung back to: its agent is asked for the outcome. */
export const REMOTE_AFTER_CONTEXT = "perch-remote-after";
export const DISPOSE_DIALOGUE = "dispose";
/** Where whoever is rung back enters, once picked up. */
export const REMOTE_CALLBACK_CONTEXT = "perch-remote-callback";
export const REMOTE_CALLBACK_DIALOGUE = "remote-callback";
/** The user-defined journal event of a channel to the outside that is a part of a remote agent's line: his id. */
export const REMOTE_EVENT = "PERCH_REMOTE";

/** On whom such a line rings: the queue's name and the caller's, as sounds, where they have been spoken. */
export const QUEUE_SOUND_VARIABLE = "PERCH_QUEUE_SOUND";
export const CALLER_SOUND_VARIABLE = "PERCH_CALLER_SOUND";

/** The device whose state says whether a remote agent's line is in use, as queues look at it. */
export const remoteDevice = (agentId: number | string): string => `Custom:perch-remote-${agentId}`;

/** The agent behind `remote~<id>`; null for a telephone. */
function remoteAgentOf(endpoint: string): number | null {
  const found = REMOTE_ENDPOINT.exec(endpoint);
  return found === null ? null : Number(found[1]);
}

/** The telephone-side name of a device as app_queue and Dial want it. */
export function telephoneInterface(endpoint: string): string {
  const agentId = remoteAgentOf(endpoint);
  return agentId === null ? `PJSIP/${endpoint}` : `Local/${agentId}@${REMOTE_CONTEXT}/n`;
}

/** What a queue looks at to know whether it may ring there. */
export function stateInterface(endpoint: string): string {
  const agentId = remoteAgentOf(endpoint);
  return agentId === null ? telephoneInterface(endpoint) : remoteDevice(agentId);
}

/** The endpoint of an interface as given above; null for any other. */
export function endpointOfInterface(name: string): string | null {
  const remote = REMOTE_INTERFACE.exec(name)?.[1];
  if (remote !== undefined) return remoteEndpoint(Number(remote));
  return name.startsWith("PJSIP/") && name.length > 6 ? name.slice(6) : null;
}

export type ChannelParty =
  | { kind: "telephone"; endpoint: string }
  | { kind: "trunk"; trunkId: number }
  | { kind: "local"; name: string }
  | { kind: "other"; name: string };

const REMOTE_ENDPOINT = /^remote~([1-9][0-9]{0,14})$/;
const REMOTE_INTERFACE = /^Local\/([1-9][0-9]{0,14})@perch-remote(?:\/n)?$/;
/** The half of a remote agent's line that rings; the other half dials his number. */
const REMOTE_CHANNEL = /^Local\/([1-9][0-9]{0,14})@perch-remote-[0-9a-f]+;1$/;

/** Whether a channel is the half of a remote agent's line that dials. */
export const isRemoteDialler = (name: string): boolean =>
  /^Local\/[1-9][0-9]{0,14}@perch-remote-[0-9a-f]+;2$/.test(name);

/** The agent of such a channel, or of the half that rings; null for any other channel. */
export function remoteAgentOfChannel(name: string): string | null {
  return /^Local\/([1-9][0-9]{0,14})@perch-remote-[0-9a-f]+;[12]$/.exec(name)?.[1] ?? null;
}

/**
 * Who a channel belongs to, by its name: `PJSIP/1001-0000002a` is telephone 1001, `PJSIP/trunk~3-00000001` trunk 3,
 * `Local/7@perch-remote-00000001;1` the line of the remote agent 7.
 */
export function partyOfChannel(name: string): ChannelParty {
  const end = name.lastIndexOf("-");
  if (name.startsWith("PJSIP/") && end > 6) {
    const endpoint = name.slice(6, end);
    const trunk = /^trunk~([1-9][0-9]{0,14})$/.exec(endpoint);
    return trunk === null ? { kind: "telephone", endpoint } : { kind: "trunk", trunkId: Number(trunk[1]) };
  }
  const remote = REMOTE_CHANNEL.exec(name)?.[1];
  if (remote !== undefined) return { kind: "telephone", endpoint: remoteEndpoint(Number(remote)) };
  return name.startsWith("Local/") ? { kind: "local", name } : { kind: "other", name };
}

/** Where a telephone's calls enter the dial plan. */
export const TELEPHONES_CONTEXT = "perch-telephones";
/** What of it a call can be sent on to by a transfer: numbers, places, rooms; not what somebody dials about himself. */
export const NUMBERS_CONTEXT = "perch-numbers";
/** What can be dialled and is nobody's number. */
export const NOBODY_CONTEXT = "perch-nobody";
/** Where a trunk's calls enter it. */
export const INBOUND_CONTEXT = "perch-inbound";

/** Where a telephone that was rung for click-to-dial enters it, once picked up. */
export const CLICK_TO_DIAL_CONTEXT = "perch-click-to-dial";

/** Where a telephone that is tried out enters it, once picked up. */
export const SELF_TEST_CONTEXT = "perch-self-test";
/** Begins the unique id of the channel of such a call. Its lines in the journal are nobody's call. */
export const TEST_CALL_PREFIX = "perch-test-";

/** The user-defined journal event after a queue visit that ended without an agent: `q<id>|<QUEUESTATUS>`. */
export const QUEUE_OUTCOME_EVENT = "PERCH_QUEUE";
/** The user-defined journal event of a caller who asked to be called back on account of a queue: `q<id>`. */
export const CALLBACK_ASKED_EVENT = "PERCH_CALLBACK";
/** The user-defined journal event of an outbound call, before it is dialled: `trunk~<id>|<prefix name or nothing>`. */
export const ROUTE_EVENT = "PERCH_ROUTE";

/** The user-defined journal event of click-to-dial, when the telephone was picked up: the number that is dialled now. */
export const CLICK_TO_DIAL_EVENT = "PERCH_DIAL";

/** The user-defined journal event of a recording that begins: its file's name without its ending. Nothing: it ends. */
export const RECORDING_EVENT = "PERCH_RECORDING";
/** Records the channel it is run on, or not: a subroutine. */
export const RECORDING_CONTEXT = "perch-recording";
/** Under which name a channel is recorded now. */
export const RECORDING_VARIABLE = "PERCH_FILE";

/** Who we are to the manager interface. */
export const MANAGER_USER = "perch";

/** The journal's file under the log directory. */
export const JOURNAL_FILE = "cel-custom/journal.jsonl";

/** The realm telephones sign in to. It is part of every HA1, so it can never change. */
export const SIP_REALM = "perch";

/** Finds out who speaks on a telephone that dials: a subroutine of the dial plan. */
export const SEAT_CONTEXT = "perch-seat";
/** Shows who is called to whoever calls him: a subroutine too, run on the telephone that is about to ring. */
export const CALLEE_CONTEXT = "perch-callee";

/** Asterisk's own database, which it keeps while we are away: who holds a telephone (`id|internal|callerId|language|name|number`). */
export const SEATS_FAMILY = "perch-seat";
/** And at which telephone an internal number was last; that telephone's seat says whether it still is. */
export const NUMBERS_FAMILY = "perch-number";

/** Where a caller goes on whom nobody took back from his parking place in time. */
export const PARK_BACK_CONTEXT = "perch-park-back";
export const PARKING_LOT = "perch";
/** Takes the call that rings at a telephone: a subroutine. */
export const PICKUP_CONTEXT = "perch-pickup";
/** A room in which several talk: a digit is one of the house's, a name one that a project leads to. */
export const roomName = (name: string): string => `room-${name}`;
/** Where a dialogue enters it: behind a letter, so that no name is one of Asterisk's own extensions. */
export const roomExtension = (name: string): string => `r${name}`;

/** What is done with a call from the desktop: who is held, who holds, and what comes of it. */
export const HAND_CONTEXT = "perch-hand";
/** The same telephone asks somebody before it sends on whom it has put by. */
export const CONSULT_CONTEXT = "perch-hand-consult";
/** Run when a telephone that has put somebody by hangs up: a subroutine. */
export const HAND_LEFT_CONTEXT = "perch-hand-left";
/** Where a telephone goes on when nobody (more) is at the other end of what it dialled. */
export const OVER_CONTEXT = "perch-over";
/** Sends on somebody who is put by. */
export const HAND_SEND_CONTEXT = "perch-hand-send";
/** Queues by their names, for whoever is sent there; nobody dials them. */
export const QUEUES_CONTEXT = "perch-queues";
/** The user-defined journal events of a transfer from the desktop: `transferee|target` and `transferee|number`, ids. */
export const ATTENDED_EVENT = "PERCH_ATTENDED";
export const SENT_EVENT = "PERCH_SENT";
/** Of a consultation by keys, on the connection that calls who is asked: the name of the channel that asks. */
export const KEYS_ASKED_EVENT = "PERCH_KEYS_ASKED";
/** Of a consultation from the desktop: the number that is asked, and how it ended where the caller is taken back. */
export const ASKED_EVENT = "PERCH_ASKED";
export const ASK_OVER_EVENT = "PERCH_ASK_OVER";
/** Told over the manager by a telephone: whether it holds somebody, and how its consultation goes. */
export const HELD_USER_EVENT = "PerchHeld";
export const ASK_USER_EVENT = "PerchAsk";

/** Keeps the place in a queue of somebody who is called back: the half that waits there, by the queue's name. */
export const CALLBACK_CONTEXT = "perch-callback";
/** The half that dials him once somebody has taken it. */
export const CALLBACK_WAIT_CONTEXT = "perch-callback-wait";
export const CALLBACK_WAYS_CONTEXT = "perch-callback-ways";
/** Run on the channel of whoever took it: a subroutine. */
export const CALLBACK_TAKEN_CONTEXT = "perch-callback-taken";
/** The user-defined journal events of the half that waits, and of whoever has taken it: the number that is called back. */
export const CALLBACK_EVENT = "PERCH_CALLED_BACK";
export const CALLBACK_TAKEN_EVENT = "PERCH_CALLS_BACK";
/** Whether a channel is that half: for whoever takes it, the customer. */
export const isStandIn = (name: string): boolean => /^Local\/s@perch-callback-wait-[0-9a-f]+;1$/.test(name);

/** What a dialogue has done by the dial plan: subroutines that wait in a queue, ring somebody, enter a room. */
export const DIALOGUE_QUEUE_CONTEXT = "perch-dialogue-queue";
export const DIALOGUE_DIAL_CONTEXT = "perch-dialogue-dial";
export const DIALOGUE_ROOM_CONTEXT = "perch-dialogue-room";
/** The keys by which a caller may leave the queue he waits in, where a dialogue let him in. */
export const QUEUE_KEYS_CONTEXT = "perch-queue-keys";
export const QUEUE_KEY_CONTEXT = "perch-queue-key";
export const QUEUE_KEYS_VARIABLE = "PERCH_WAIT_KEYS";
/**
 * What became of a queue or somebody who was rung: `QUEUE <QUEUESTATUS>`, `KEY 5`, `DIAL <DIALSTATUS>`; TALKING until
 * that is known, and for good where the call was over with the talk.
 */
export const OUTCOME_VARIABLE = "PERCH_OUTCOME";
export const TALKING = "TALKING";

/** Set when a call that was handed to us has been led to its end; without it the dial plan apologises. */
export const VOICE_DONE_VARIABLE = "PERCH_DONE";
/** What shows us that it is Asterisk that hands a call over. */
export const VOICE_SECRET_VARIABLE = "PERCH_VOICE";
/** The dialogues of star codes, by the name under which the dial plan asks for them. */
export const STAR_CODES_DIALOGUE = "star-codes";
/** The dialogue of an IVR project, and which project it is. */
export const PROJECT_DIALOGUE = "project";
/** The dialogue of one that is tried. */
export const TRIAL_DIALOGUE = "trial";

/** Whether somebody may call outside: a subroutine that answers why not, or nothing. */
export const LIMITS_CONTEXT = "perch-limits";
/** What is said of one telephone, agent or route. */
export const RULES_CONTEXT = "perch-rules";
/** What kind of destination a number is. */
export const DESTINATIONS_CONTEXT = "perch-destinations";
/** Who alone may use a route. */
export const permittedContext = (routeId: number): string => `perch-permitted-${routeId}`;
/** Counts a call outside, on the channel that goes there: a subroutine. */
export const OUTSIDE_CONTEXT = "perch-outside";
/** Run when it was answered, on the same channel: Dial's `U` takes a context and runs its `s`. */
export const OUTSIDE_UP_CONTEXT = "perch-outside-up";
/** Where a call goes on that may not be made. */
export const REFUSED_CONTEXT = "perch-refused";
/** Asterisk's own database: who talked outside today, `day|seconds`. */
export const SPENT_FAMILY = "perch-spent";
/** The user-defined journal event of such a call, `why|kind of destination`, and the same told over the manager. */
export const LIMIT_EVENT = "PERCH_LIMIT";
export const LIMIT_USER_EVENT = "PerchLimit";

/** Whether a calendar is open: a subroutine that answers 1 or 0. */
export const CALENDAR_CONTEXT = "perch-calendar";
export const calendarName = (calendarId: number): string => `c${calendarId}`;
export const calendarDays = (calendarId: number): string => `perch-days-${calendarId}`;
