import { randomBytes } from "node:crypto";

/** A small contact centre of two rooms: what `./perch demo` puts into an empty house. Plain data. */

export const QUEUES = [
  {
    name: "Support",
    strategy: "leastrecent",
    ringSeconds: 15,
    wrapUpSeconds: 30,
    maxWaitSeconds: 180,
    recordPercent: 100,
    number: "+390550001001",
  },
  {
    name: "Sales",
    strategy: "ringall",
    ringSeconds: 20,
    wrapUpSeconds: 20,
    maxWaitSeconds: 180,
    recordPercent: 100,
    number: "+390550001002",
  },
  {
    name: "Billing",
    strategy: "rrmemory",
    ringSeconds: 20,
    wrapUpSeconds: 20,
    mandatoryDisposition: true,
    maxWaitSeconds: 240,
    recordPercent: 100,
    number: "+390550001003",
  },
] as const;

type QueueName = (typeof QUEUES)[number]["name"];

/** Who sits together, and how many of them may be on a break at once. */
export const TEAMS = [
  { name: "Front office", maxOnBreak: 2 },
  { name: "Sales", maxOnBreak: 1 },
] as const;

type TeamName = (typeof TEAMS)[number]["name"];

export interface Person {
  fullName: string;
  username: string;
  internal: string;
  hotdesk: boolean;
  queues: readonly QueueName[];
  team: TeamName;
  /** What happens to him in the demo: the visitor may be him, he works by himself, or he went home without a logout. */
  role: "visitor" | "colleague" | "gone-home";
  desk?: string;
}

export const AGENTS: readonly Person[] = [
  {
    fullName: "Anna Rossi",
    username: "anna",
    internal: "201",
    hotdesk: true,
    queues: ["Support", "Billing"],
    team: "Front office",
    role: "visitor",
  },
  {
    fullName: "Luca Neri",
    username: "luca",
    internal: "202",
    hotdesk: true,
    queues: ["Support"],
    team: "Front office",
    role: "gone-home",
    desk: "desk-2",
  },
  {
    fullName: "Giulia Conti",
    username: "giulia",
    internal: "203",
    hotdesk: true,
    queues: ["Sales"],
    team: "Sales",
    role: "colleague",
    desk: "desk-7",
  },
  {
    fullName: "Marco Greco",
    username: "marco",
    internal: "204",
    hotdesk: true,
    queues: ["Sales", "Billing"],
    team: "Sales",
    role: "colleague",
    desk: "desk-8",
  },
  {
    fullName: "Sara Ricci",
    username: "sara",
    internal: "205",
    hotdesk: true,
    queues: ["Support", "Sales"],
    team: "Front office",
    role: "visitor",
  },
  {
    fullName: "Paolo Villa",
    username: "paolo",
    internal: "206",
    hotdesk: false,
    queues: ["Support"],
    team: "Front office",
    role: "visitor",
  },
];

export interface Device {
  fullName: string;
  username: string;
  internal: string;
  place: string;
  owner?: string;
  /** Plugged in: a real SIP phone runs for it. */
  plugged: boolean;
}

const desk = (number: number, place: string, plugged: boolean): Device => ({
  fullName: `Desk ${number}`,
  username: `desk-${number}`,
  internal: String(100 + number),
  place,
  plugged,
});

export const TELEPHONES: readonly Device[] = [
  desk(1, "Front room", true),
  desk(2, "Front room", true),
  desk(3, "Front room", true),
  desk(4, "Front room", true),
  desk(5, "Front room", false),
  desk(6, "Front room", false),
  desk(7, "Back room", true),
  desk(8, "Back room", true),
  desk(9, "Back room", false),
  {
    fullName: "Paolo's phone",
    username: "paolo-phone",
    internal: "110",
    place: "Back room",
    owner: "paolo",
    plugged: true,
  },
];

/** What the agents log in with from a telephone: *11. Everybody's, as the password is. */
export const DEMO_PIN = "2468";

/** Why people take a break, how many minutes it should last at most, and its key on the telephone. */
export const BREAK_REASONS = [
  { name: "Coffee", maxMinutes: 15, digit: 1 },
  { name: "Lunch", maxMinutes: 45, digit: 2 },
  { name: "Meeting", maxMinutes: null, digit: 3 },
  { name: "Training", maxMinutes: null, digit: 4 },
] as const;

/** Outcome → detail → detail. */
export const DISPOSITIONS: Record<string, Record<string, readonly string[]>> = {
  Solved: { "At once": [], "With a colleague": [] },
  "Call back": { Today: ["Morning", "Afternoon"], "Another day": [] },
  Sale: { New: ["Basic", "Plus"], Renewal: [] },
  Complaint: { Invoice: [], Service: ["Delay", "Quality"] },
  "Wrong number": {},
};

/** Who calls. The numbers are from ranges that belong to nobody real who would mind: a fictional exchange. */
export const CONTACTS = [
  ["Maria Bianchi", "Bianchi Ceramics", "+390555550101"],
  ["Giorgio Ferri", null, "+390555550102"],
  ["Elena Galli", "Galli & Sons", "+390555550103"],
  ["Roberto Costa", "Studio Costa", "+390555550104"],
  ["Francesca Leone", null, "+390555550105"],
  ["Davide Marini", "Marini Boats", "+390555550106"],
  ["Chiara Fontana", null, "+390555550107"],
  ["Stefano Rizzo", "Rizzo Transport", "+390555550108"],
  ["Valentina Serra", "Serra Wines", "+390555550109"],
  ["Antonio Moretti", null, "+390555550110"],
  ["Lucia Barbieri", "Barbieri Law", "+390555550111"],
  ["Matteo Lombardi", "Lombardi Bikes", "+390555550112"],
] as const;

/** Callers nobody knows yet: the visitor makes a contact of them. */
export const STRANGERS = ["+390555550190", "+390555550191", "+390555550192"] as const;

/** A password of the demo's own: printed at start, worth nothing elsewhere. */
export function inventPassword(): string {
  return randomBytes(9).toString("base64url");
}
