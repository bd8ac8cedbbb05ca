import type { SayingOption } from "../../contract/flow.ts";
import type { Trial, TrialEvent, TrialInput } from "../../contract/project-views.ts";
import { builtInWords } from "../prompts/built-in-words.ts";
import {
  CallerGone,
  type DialOutcome,
  type QueueOutcome,
  type RoomOutcome,
  type VoiceCall,
} from "../voice-dialogue.ts";
import type { Caller, Speech } from "./caller.ts";

type Wanted = NonNullable<Trial["waitsFor"]>;

/** Somebody who tries a project out: he reads what would be said, and answers for the caller and for the house. */
export interface TrialCaller extends Caller {
  /** What happened since it was last asked. */
  events(): TrialEvent[];
  tell(event: TrialEvent): void;
  /** What is waited for now; null: nothing. */
  wanted(): Wanted | null;
  /** Answers what is waited for; no where that is no answer to it. */
  answerWith(input: TrialInput): boolean;
  /** Asks the one who tries what happens; answers the name of his choice. */
  choose<Name extends string>(what: string, choices: Readonly<Record<Name, string>>): Promise<Name>;
  /** The one who tries has gone. */
  leave(): void;
  /** Aborted when he has; the caller may hang up before, and what stands behind Finally is tried too. */
  readonly left: AbortSignal;
}

/** No trial says more than so much between two answers. */
const MOST_EVENTS = 2_000;

/** Builds the caller of a trial. `nameOf` says what a prompt, a queue, an agent or a telephone is called. */
export function createTrialCaller(deps: {
  call: VoiceCall;
  /** Told when something is waited for. */
  waiting(): void;
  nameOf(kind: "prompt" | "queue" | "agent" | "telephone", id: number): Promise<string>;
}): TrialCaller {
  const { call, nameOf } = deps;
  const away = new AbortController();
  const left = new AbortController();
  let told: TrialEvent[] = [];
  let wanted: Wanted | null = null;
  let spokenMs = 0;
  let settle: ((input: TrialInput) => void) | null = null;

  const tell = (event: TrialEvent) => {
    if (told.length < MOST_EVENTS) told.push(event);
  };
  const did = (words: string) => tell({ kind: "did", block: null, words });

  const wait = (for_: Wanted): Promise<TrialInput> => {
    // What the house does can be said of a call that is over; keys are pressed by who is there.
    const gone = for_.most === null ? left : away;
    if (gone.signal.aborted) return Promise.reject(new CallerGone("the one who tries has gone"));
    wanted = for_;
    deps.waiting();
    return new Promise((resolve, reject) => {
      settle = (input) => {
        wanted = null;
        settle = null;
        if (input.hangUp === true) {
          away.abort("hung-up");
          reject(new CallerGone("the caller has hung up"));
        } else resolve(input);
      };
    });
  };

  const wordsOf = async (one: Speech): Promise<string> => {
    if ("said" in one) return builtInWords(one.said, one.values as never, "en");
    if ("prompt" in one) return nameOf("prompt", one.prompt);
    const [kind, value] = Object.entries(one)[0] as [string, string];
    return kind === "text" ? value : `${value} (${KINDS[kind as keyof typeof KINDS]})`;
  };
  const says = async (what: readonly Speech[]) => {
    if (away.signal.aborted) throw new CallerGone("the one who tries has gone");
    for (const one of what) tell({ kind: "says", block: null, words: await wordsOf(one) });
  };

  const choose = async <Name extends string>(what: string, choices: Readonly<Record<Name, string>>): Promise<Name> => {
    did(what);
    const named = Object.entries(choices).map(([name, title]) => ({ name, title: String(title) }));
    const { choice } = await wait({ most: null, choices: named });
    return choice as Name;
  };

  return {
    call,
    gone: away.signal,
    left: left.signal,
    tell,
    events() {
      const some = told;
      told = [];
      return some;
    },
    wanted: () => wanted,
    choose,
    answerWith(input) {
      if (settle === null || wanted === null) return false;
      const { most, choices } = wanted;
      const isKeys = most !== null && input.keys !== undefined && input.keys.length <= most;
      const isChoice = input.choice !== undefined && choices.some(({ name }) => name === input.choice);
      if (input.hangUp !== true && !isKeys && !isChoice) return false;
      settle(input);
      return true;
    },
    leave() {
      left.abort();
      away.abort("hung-up");
      settle?.({ hangUp: true });
    },
    answer: async () => did("The call is answered."),
    speak: async (language) => did(`From here on it speaks ${language}.`),
    async say(what) {
      await says(what);
      return "";
    },
    async ask({ say, most }) {
      await says(say);
      const { keys = "" } = await wait({ most, choices: [] });
      return keys === "" ? null : keys.replace(/#.*$/, "");
    },
    async queue({ queueId, keys }): Promise<QueueOutcome> {
      const name = await nameOf("queue", queueId);
      const ways = {
        talked: "An agent talks with him",
        timeout: "He waits too long",
        unavailable: "He cannot wait there",
      };
      const byKey = Object.fromEntries([...keys].map((key) => [`key ${key}`, `He presses ${key}`]));
      const chosen = await choose<string>(`Waits in ${name}.`, { ...ways, ...byKey });
      if (chosen.startsWith("key ")) return { how: "key", key: chosen.slice(4) };
      return { how: chosen as "talked" | "timeout" | "unavailable" };
    },
    async dial({ to }): Promise<DialOutcome> {
      const who =
        "number" in to
          ? to.number
          : "agentId" in to
            ? await nameOf("agent", to.agentId)
            : await nameOf("telephone", to.telephoneId);
      return choose<DialOutcome>(`Rings ${who}.`, {
        ...{ talked: "They talk", busy: "Busy", unanswered: "Nobody answers", unreachable: "Not to be reached" },
      });
    },
    newVoice: () => "his voice",
    async record({ longestSeconds }) {
      const words = `Takes his voice, ${longestSeconds} seconds at most.`;
      const how = await choose(words, { done: "He has spoken", silent: "He says nothing" });
      spokenMs = how === "done" ? 60_000 : 0;
    },
    lengthOf: async () => spokenMs,
    dropVoice: async () => {},
    room: ({ room }) =>
      choose<RoomOutcome>(`Enters room ${room}.`, {
        ...{ left: "He leaves it", full: "It is full", unavailable: "It cannot be entered" },
      }),
    markCallback: async () => {},
    wait: async (ms) => did(`Waits ${ms / 1000} s.`),
    async hangUp() {
      did("The call is ended.");
      away.abort("hung-up");
    },
  };
}

const KINDS: Readonly<Record<Exclude<KeysOf<SayingOption>, "prompt" | "text">, string>> = {
  number: "as a number",
  digits: "digit by digit",
  date: "as a date",
  time: "as a time of day",
  recording: "a recording",
};
type KeysOf<T> = T extends unknown ? keyof T & string : never;
