import { takesPattern } from "../../contract/dial-pattern.ts";
import { Refusal } from "../refusal.ts";
import { leaseState, takingOf } from "./lease-state.ts";

/** Who holds a telephone that somebody else wants. */
export interface Holder {
  agentId: number;
  agentName: string;
  sessionId: number;
  since: Date;
  unattendedSince: Date | null;
  freeAt: Date | null;
}

/** A telephone as the decision sees it. */
export interface TelephoneFacts {
  id: number;
  name: string;
  endpoint: string;
  enabled: boolean;
  /** `remote`: the line of an agent who is reached by a number outside. Nothing registers there. */
  line: "sip" | "remote";
  ownerAgentId: number | null;
  registered: boolean;
  onCall: boolean;
  holder: Holder | null;
}

export interface AgentFacts {
  id: number;
  typology: "external" | "remote";
  hotdesk: boolean;
  /** An external agent who may work on a line of his own as well. */
  remoteAllowed: boolean;
}

/** Everything a login is decided on. */
export interface LoginFacts {
  agent: AgentFacts;
  /** The session he has already, with its telephone. */
  open: { since: Date; telephone: { id: number; name: string } } | null;
  /** What he asked for: null is nothing, "unknown" is an id that no telephone has. */
  asked: TelephoneFacts | "unknown" | null;
  /** He wants to work on his line, wherever else he could sit. */
  remote: boolean;
  /** The number that would be rung there; null: none is known. */
  number: string | null;
  /** The patterns of the house's ways outside. */
  ways: readonly string[];
  /** His own telephones, by name; his line is one of them. */
  personal: TelephoneFacts[];
  noneRegistered: boolean;
  confirmTakeover: boolean;
  /** The session whose holder gives its telephone to him, or whose telephone a supervisor gives him; null: none. */
  givenBy: number | null;
  /** For the words alone: instants are said in the house's zone, those of today without their date. */
  now: Date;
  timeZone: string;
}

/** Yes: sit down at this telephone, after its holder has been put out where there is one. */
export interface Seat {
  telephone: TelephoneFacts;
  takeOverFrom: Holder | null;
}

/** Which telephone a login gets, or why none. The first reason that would have to change is the one that is said. */
export function decideLogin(facts: LoginFacts): Seat | Refusal {
  const { open } = facts;
  if (open !== null) {
    return new Refusal("session.already-open", `You are logged in already, on ${open.telephone.name}.`, {
      telephone: open.telephone,
      since: open.since.toISOString(),
    });
  }
  const wanted = wantedTelephone(facts);
  return wanted instanceof Refusal ? wanted : decideTelephone(wanted, facts);
}

function wantedTelephone(facts: LoginFacts): TelephoneFacts | Refusal {
  const { agent, asked, remote, personal } = facts;
  if (asked === "unknown") return unknownTelephone();
  const line = personal.find((one) => one.line === "remote");
  if (remote || agent.typology === "remote" || (asked !== null && asked.id === line?.id)) {
    return wantedLine(facts, line);
  }
  if (agent.hotdesk) return asked ?? new Refusal("telephone.required", "Choose the telephone you sit at.");
  const telephones = personal.filter((one) => one.line === "sip");
  const own = telephones.find((one) => one.enabled) ?? telephones[0];
  if (own === undefined) {
    return new Refusal(
      "session.no-telephone",
      "Your account has neither hotdesk nor a telephone of its own. An administrator can give you one of them.",
    );
  }
  if (asked === null) return own;
  if (asked.ownerAgentId === agent.id) return asked;
  return new Refusal("telephone.personal", `Without hotdesk you log in on your own telephone, ${own.name}.`);
}

/** Who works at a number outside has one place, his line. */
function wantedLine(
  { agent, asked, number, ways }: LoginFacts,
  line: TelephoneFacts | undefined,
): TelephoneFacts | Refusal {
  if (!mayWorkRemotely(agent)) {
    return new Refusal("session.remote-not-permitted", "Your account does not allow working at a number outside.");
  }
  if (line === undefined || number === null) {
    return new Refusal(
      "session.no-telephone",
      "Your account has no number at which you can be reached. An administrator can enter one.",
    );
  }
  if (asked !== null && asked !== "unknown" && asked.id !== line.id) {
    return new Refusal("telephone.personal", `You work at a number outside: log in on ${line.name}.`);
  }
  if (ways.some((pattern) => takesPattern(pattern, number))) return line;
  return new Refusal(
    "session.remote-unreachable",
    `No outbound route leads to ${number}. An administrator can add one, or correct your number.`,
    { number },
  );
}

export const mayWorkRemotely = (agent: AgentFacts): boolean => agent.typology === "remote" || agent.remoteAllowed;

/** Moving during a session: the same rule as at login, and not while somebody talks on either telephone. */
export function decideMove(
  facts: Omit<LoginFacts, "open" | "personal" | "remote" | "number" | "ways"> & {
    current: { id: number; name: string; onCall: boolean };
  },
): Seat | "stay" | Refusal {
  const { current, asked, agent } = facts;
  if (asked === "unknown" || asked === null) return unknownTelephone();
  if (asked.id === current.id) return "stay";
  if (current.onCall) return onCall(current.name, "You are on a call on");
  if (!agent.hotdesk && asked.ownerAgentId !== agent.id) {
    return new Refusal("telephone.personal", "Without hotdesk you can move to telephones of your own only.");
  }
  if (asked.line === "remote" ? !mayWorkRemotely(agent) : agent.typology === "remote") {
    return new Refusal("telephone.personal", `Your account does not allow working at ${asked.name}.`);
  }
  return decideTelephone(asked, facts);
}

/** Whether this agent may take this telephone now. */
function decideTelephone(
  telephone: TelephoneFacts,
  facts: Pick<LoginFacts, "agent" | "noneRegistered" | "confirmTakeover" | "givenBy" | "now" | "timeZone">,
): Seat | Refusal {
  const { agent, noneRegistered, confirmTakeover, givenBy, now, timeZone } = facts;
  const say = (at: Date) => spoken(at, now, timeZone);
  const named = { telephone: { id: telephone.id, name: telephone.name } };
  if (telephone.ownerAgentId !== null && telephone.ownerAgentId !== agent.id) {
    return new Refusal("telephone.personal", `${telephone.name} is somebody's own telephone.`, named);
  }
  if (!telephone.enabled) return new Refusal("telephone.disabled", `${telephone.name} is switched off.`, named);
  const { holder } = telephone;
  if (holder !== null) {
    const claim = givenBy === holder.sessionId ? "given" : noneRegistered && confirmTakeover ? "confirmed" : "choice";
    if (takingOf(leaseState(holder), claim) === "refuse") return heldBy(telephone, holder, noneRegistered, say);
    if (telephone.onCall) return onCall(telephone.name, `${holder.agentName} is on a call on`);
  }
  if (!telephone.registered && !noneRegistered) {
    return new Refusal(
      "telephone.not-registered",
      `${telephone.name} is not connected. Check its cable and power.`,
      named,
    );
  }
  return { telephone, takeOverFrom: holder };
}

function unknownTelephone(): Refusal {
  return new Refusal("telephone.unknown", "There is no such telephone.");
}

/** "… on a call on Desk 12": nothing is taken away from under a conversation. */
export function onCall(telephoneName: string, who: string): Refusal {
  return new Refusal("telephone.on-call", `${who} ${telephoneName}. Try again when the call has ended.`);
}

/** A held telephone as the one who wants it is told: by whom, since when, free when. */
export function heldWords(telephone: TelephoneFacts, holder: Holder, now: Date, timeZone: string): Refusal {
  return heldBy(telephone, holder, false, (at) => spoken(at, now, timeZone));
}

/** Who holds it, since when, whether he forgot to log out, and when it frees itself. */
function heldBy(
  telephone: TelephoneFacts,
  holder: Holder,
  needsConfirmation: boolean,
  say: (at: Date) => string,
): Refusal {
  const left = holder.unattendedSince !== null;
  const free = holder.freeAt === null ? "" : `; free at ${say(holder.freeAt)}`;
  const title = `${telephone.name} is busy: held by ${holder.agentName} since ${say(holder.since)}${left ? ", did not log out" : ""}${free}.`;
  return new Refusal("telephone.held", title, {
    telephone: { id: telephone.id, name: telephone.name },
    heldBy: { id: holder.agentId, name: holder.agentName, since: holder.since.toISOString() },
    notLoggedOut: left,
    needsConfirmation,
    ...(holder.freeAt === null ? {} : { freeAt: holder.freeAt.toISOString() }),
  });
}

/** Making one takes longer than all the rest of a refusal; there are as many zones as houses. */
const formats = new Map<string, Record<"date" | "day" | "clock", Intl.DateTimeFormat>>();
function formatsOf(timeZone: string) {
  const kept = formats.get(timeZone);
  if (kept !== undefined) return kept;
  const made = {
    date: new Intl.DateTimeFormat("en-GB", { timeZone }),
    day: new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short" }),
    clock: new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }),
  };
  formats.set(timeZone, made);
  return made;
}

/** An instant in words: the time alone where it is today in the zone of the house. */
export function spoken(at: Date, now: Date, timeZone: string): string {
  const { date, day, clock } = formatsOf(timeZone);
  const time = clock.format(at);
  return date.format(at) === date.format(now) ? time : `${day.format(at)}, ${time}`;
}
