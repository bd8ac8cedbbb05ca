import type { FirstRow } from "../connections/database-reader.ts";
import type { SecretRequests } from "../connections/secret-requests.ts";
import type { SmsOutcome } from "../connections/sms-service.ts";
import type { MessageBox } from "../items/message-box.ts";
import type { AgentDesk } from "./agent-desk.ts";

/** Somebody who is in a contact list. */
export interface KnownContact {
  id: number;
  name: string;
  company: string | null;
  email: string | null;
  /** The name of his list. */
  list: string;
}

export interface NewContact {
  listId: number;
  name: string;
  company: string;
  email: string;
  number: string;
}

/** What a caller answered to a question. */
export interface SurveyAnswer {
  /** Whose call it was. */
  linkedId: string;
  projectId: number;
  block: string;
  question: string;
  /** The key, and what it stands for. */
  answer: string;
  label: string;
  /** Where answers are marks that have a mean. */
  mark: number | null;
  at: Date;
}

/** Who wants to be called back, and where. */
export interface CallbackWish {
  queueId: number;
  /** The number to call, as it was shown or entered. */
  number: string;
  /** The number he calls from; empty: not shown. */
  caller: string;
  linkedId: string;
  /** When he came into the queue; now where he was in none. */
  since: Date;
}

export type CallbackAnswer = "done" | "no-number" | "not-allowed" | "already-asked";

/** What blocks may ask of the house. Each is a port: a feature below gives it, `answering.ts` joins them. */
export interface BlockHouse {
  now(): Date;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Whether a calendar is open at an instant; null where there is no such calendar. */
  isOpen(calendarId: number, at: Date): Promise<boolean | null>;
  readonly agents: AgentDesk;
  /** Somebody known by his number; null where nobody is. */
  contactOf(number: string): Promise<KnownContact | null>;
  /** Puts somebody into a list; who is in it with that number already stays as he is. Null: it was refused. */
  createContact(wish: NewContact): Promise<KnownContact | null>;
  /** Asks another computer. */
  readonly web: SecretRequests;
  /** Asks a named query of another database; its parameters by their names. */
  lookUp(queryId: number, valueFor: (name: string) => string, gone: AbortSignal): Promise<FirstRow>;
  /** Sends a short message. Does not wait for long. */
  sendSms(message: { to: string; text: string }, gone: AbortSignal): Promise<SmsOutcome>;
  /** Sends a message to some people; answers why it was not sent, or null. Does not wait for long. */
  sendMail(mail: { to: readonly string[]; subject: string; text: string }): Promise<string | null>;
  /** Takes down that somebody is to be called back, once for a number and a queue. */
  askCallback(wish: CallbackWish): Promise<CallbackAnswer>;
  /** Takes messages of callers, which become items. */
  readonly messages: Pick<MessageBox, "begin" | "keep" | "drop" | "leave">;
  /** Takes down an answer; it is written soon. */
  keepAnswer(answer: SurveyAnswer): Promise<void>;
}
