import type { Session } from "../../contract/views.ts";
import { clockText } from "./elapsed.ts";
import type { HouseTime } from "./house-time.ts";

/** The telephone's signal: it answers, it is not sure that it does, or it is lost and nothing is offered. */
export interface PhoneSignal {
  light: "on" | "doubtful" | "off";
  /** Beside the light. */
  word: string;
  /** The whole sentence, for the pointer and for readers. */
  title: string;
}

/** What of a session tells the telephone's signal; an agent's own session, or one that is watched. */
export interface Seated {
  /** `number`: it is outside, where nothing registers. */
  telephone: { name: string; number?: string | null };
  phone: Session["phone"];
  causes: Session["causes"];
}

export type PhoneTrouble =
  | "well"
  /** Away, but not for long enough to count. */
  | "wavering"
  /** Away, and no calls are offered. */
  | "lost"
  /** Registered again, and watched for a while. */
  | "returning"
  /** Rings that nobody answered: it waits for the person, not for the telephone. */
  | "waits-for-agent";

/**
 * What is the matter with a telephone.
 *
 * registered  phone-lost open  why           answer
 * yes         no               any           well
 * no          no               any           wavering
 * any         yes              missed-calls  waits-for-agent
 * no          yes              others        lost
 * yes         yes              others        returning where it comes back by itself, else lost
 */
export function phoneTrouble({ phone, causes }: Pick<Seated, "phone" | "causes">): PhoneTrouble {
  const suspended = causes.some((one) => one.cause === "phone-lost");
  if (!suspended) return phone.registered ? "well" : "wavering";
  if (whyOf({ phone, causes }) === "missed-calls") return "waits-for-agent";
  return phone.registered && phone.resumesAt !== null ? "returning" : "lost";
}

/** The signal, with how long ago or how long still. `now` in milliseconds. */
export function phoneSignal(seated: Seated, now: number, time: HouseTime): PhoneSignal {
  const { telephone, phone } = seated;
  const since = phone.lostSince;
  const age = since === null ? "" : ` ${clockText(now - Date.parse(since))}`;
  switch (phoneTrouble(seated)) {
    case "well":
      return {
        light: "on",
        word: "phone",
        title: telephone.number ? `Calls ring at ${telephone.name}` : `${telephone.name} is registered`,
      };
    case "wavering":
      return {
        light: "doubtful",
        word: `phone${age}`,
        title: `${telephone.name} is not registered${sinceText(since, time)}: no call can reach it`,
      };
    case "returning":
      return {
        light: "doubtful",
        word: "phone back",
        title: `${telephone.name} is registered again; ${inText(phone.resumesAt, now)}`,
      };
    case "waits-for-agent":
      return { light: "doubtful", word: "calls missed", title: `Calls rang at ${telephone.name} and nobody answered` };
    case "lost":
      return {
        light: "off",
        word: `phone lost${age}`,
        title: `${telephone.name} ${LOST[whyOf(seated)].what}${sinceText(since, time)}: no call can reach it`,
      };
  }
}

type Why = NonNullable<Session["phone"]["why"]>;

const LOST: Record<Why, { what: string; advice: string }> = {
  "not-registered": { what: "is not connected", advice: "check cable and power." },
  unreachable: { what: "does not answer", advice: "check its network cable, or restart it." },
  "failed-calls": { what: "took no calls", advice: "check the telephone, or move to another." },
  "missed-calls": { what: "was not answered", advice: "" },
};

/** The cause keeps its reason while the telephone changes: it comes first. */
function whyOf({ phone, causes }: Pick<Seated, "phone" | "causes">): Why {
  const reason = causes.find((one) => one.cause === "phone-lost")?.reason ?? phone.why;
  return reason !== null && reason in LOST ? (reason as Why) : "not-registered";
}

/** What happened to the telephone and what to do about it; null while there is nothing to say. */
export interface PhoneAdvice {
  what: string;
  so: string;
  /** Nothing but a press on Ready ends it. */
  ready: boolean;
}

/**
 * The words of the line under the status bar. `rules` are the house's: how long a telephone has to be back, in seconds,
 * and how many missed calls suspend (null: never); null where they are not known.
 */
export function phoneAdvice(
  seated: Seated,
  rules: { stableS: number; missed: number | null } | null,
  now: number,
  time: HouseTime,
): PhoneAdvice | null {
  const { telephone, phone } = seated;
  const why = LOST[whyOf(seated)];
  const held = seated.causes.some((one) => one.cause !== "phone-lost");
  const again = held ? "it counts again" : "you are ready again";
  switch (phoneTrouble(seated)) {
    case "well":
    case "wavering":
      return null;
    case "waits-for-agent": {
      const calls = rules?.missed ? `${rules.missed} calls` : "calls";
      return {
        what: `You missed ${rules?.missed === 1 ? "a call" : calls}.`,
        so: "You get no more until you press Ready.",
        ready: true,
      };
    }
    case "returning":
      return {
        what: `${telephone.name} is back.`,
        so: `${capital(again)} ${left(phone.resumesAt, now)}.`,
        ready: false,
      };
    case "lost":
      return {
        what: `${telephone.name} ${why.what}${sinceText(phone.lostSince, time)}: ${why.advice}`,
        so: `You get no calls; ${again} ${rules ? `${rules.stableS} s` : "shortly"} after it is back.`,
        ready: false,
      };
  }
}

const sinceText = (since: string | null, time: HouseTime) => (since === null ? "" : ` since ${time.when(since)}`);
const inText = (at: string | null, now: number) =>
  at === null ? "it is watched for a moment" : `it counts ${left(at, now)}`;

/** `in 7 s`; never less than a second, because the server says when it has happened. */
function left(at: string | null, now: number): string {
  return at === null ? "in a moment" : `in ${Math.max(1, Math.ceil((Date.parse(at) - now) / 1000))} s`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
