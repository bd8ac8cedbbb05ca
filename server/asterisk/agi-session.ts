import type { Socket } from "node:net";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import {
  CallerGone,
  type DialOutcome,
  type DialWish,
  type QueueOutcome,
  type QueueWish,
  type RoomOutcome,
  type RoomWish,
  type Saying,
  type Taken,
  type VoiceCall,
  type VoiceDialogue,
  type VoiceLanguage,
} from "../voice-dialogue.ts";
import { type AgiMessage, formatCommand } from "./agi-parser.ts";
import {
  CALLBACK_ASKED_EVENT,
  DIALOGUE_DIAL_CONTEXT,
  DIALOGUE_QUEUE_CONTEXT,
  DIALOGUE_ROOM_CONTEXT,
  musicClass,
  OUTCOME_VARIABLE,
  partyOfChannel,
  queueName,
  roomExtension,
  TALKING,
} from "./names.ts";
import { type Piece, piecesOf, spokenLanguage } from "./prompts.ts";

/** What Asterisk does at once takes it no longer than this. */
const QUICK_MS = 10_000;
/** No sound of ours is longer. */
const LONGEST_SOUND_MS = 15 * 60_000;
/** Who waits, or talks, is not hurried: Asterisk answers when that is over, or the connection ends. */
const ENDLESS_MS = 7 * 24 * 3600_000;
/** Asterisk's recording goes on this much longer than it was told to. */
const RECORD_SLACK_MS = 10_000;
const KEYS = "0123456789*#";
/** `CHANNEL STATUS` of one that is up. */
const UP = "6";

type Answer = Extract<AgiMessage, { type: "answer" }>;

/** Asterisk refuses a command, or does not answer: neither is the caller's doing. */
class AgiFault extends Error {}

/**
 * One call that Asterisk has handed over (FastAGI): a command at a time, each answered before the next. Every answer
 * is checked.
 */
export class AgiSession implements VoiceDialogue {
  readonly call: VoiceCall;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #soundDir: string;
  readonly #log: Log;
  readonly #gone = new AbortController();
  /** How a wait ended that we did not see end. */
  readonly #outcome: string;
  #language: VoiceLanguage;
  #waiting: ((answer: Answer | null) => void) | null = null;

  constructor(
    headers: Readonly<Record<string, string>>,
    deps: { socket: Socket; clock: Clock; language: VoiceLanguage; soundDir: string; log: Log },
  ) {
    this.#socket = deps.socket;
    this.#clock = deps.clock;
    this.#soundDir = deps.soundDir;
    this.#log = deps.log;
    this.#language = deps.language;
    this.#outcome = headers.agi_arg_3 ?? "";
    const party = partyOfChannel(headers.agi_channel ?? "");
    const number = headers.agi_callerid ?? "";
    this.call = {
      channelId: headers.agi_uniqueid ?? "",
      linkedId: headers.agi_arg_1 ?? "",
      endpoint: party.kind === "telephone" ? party.endpoint : null,
      callerNumber: number === "unknown" ? "" : number,
      dialled: headers.agi_extension ?? "",
      subject: headers.agi_arg_2 ?? "",
    };
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** What came over the connection after the head. */
  take(message: AgiMessage): void {
    if (message.type === "hang-up") this.leave("hung-up");
    // GOSUB says `100 result=0 Trying...` before it begins (22.10.1).
    else if (message.type === "answer" && message.code >= 200) this.#settle(message);
  }

  /** The caller has hung up, or he was taken elsewhere and the connection with him. */
  leave(how: "hung-up" | "taken" = "taken"): void {
    if (!this.gone.aborted) this.#gone.abort(how);
    this.#settle(null);
  }

  async answer(): Promise<void> {
    // The command of AGI would wait half a second for the caller's voice.
    const { result } = await this.#command("EXEC", ["Answer", "0,i"], QUICK_MS);
    if (result !== "0") await this.#explain("ANSWER", result);
  }

  async speak(language: VoiceLanguage): Promise<void> {
    this.#language = spokenLanguage(language, this.#soundDir);
    await this.set("CHANNEL(language)", this.#language);
  }

  async say(sayings: readonly Saying[]): Promise<void> {
    await this.hear(sayings, "");
  }

  async hear(sayings: readonly Saying[], keys: string): Promise<string> {
    for (const piece of piecesOf(sayings, this.#language)) {
      const key = await this.#play(piece, keys);
      if (key !== "") return key;
    }
    return "";
  }

  async digits({ say, most, timeoutMs }: Parameters<VoiceDialogue["digits"]>[0]): Promise<string | null> {
    const pieces = piecesOf(say, this.#language);
    // The last sound and all keys are one command: between two of them Asterisk would not listen.
    const last = typeof pieces.at(-1) === "string" ? String(pieces.pop()) : "";
    let first = "";
    for (const piece of pieces) {
      first = await this.#play(piece, KEYS);
      if (first !== "") break;
    }
    if (first === "#") return "";
    if (first !== "" && most === 1) return first;
    const args = [first === "" ? last : "", Math.trunc(timeoutMs), most - first.length];
    const { result, note } = await this.#command("GET DATA", args, LONGEST_SOUND_MS + timeoutMs * (most + 1));
    if (result === "-1") {
      await this.#explain("GET DATA", result);
      return first === "" ? null : first;
    }
    if (!/^[0-9*A-D]*$/.test(result)) throw new AgiFault("GET DATA: an answer that is none");
    // Some telephones can press A to D as well: that is as good as nothing.
    const pressed = first + result.replace(/[A-D]/g, "");
    return pressed === "" && note === "timeout" ? null : pressed;
  }

  async queue(wish: QueueWish): Promise<QueueOutcome> {
    const options = `i${wish.ringing ? "r" : ""}${wish.comesBack ? "c" : ""}`;
    const longest = wish.timeoutSeconds === null ? "" : Math.trunc(wish.timeoutSeconds);
    const keys = wish.keys.replace(/[^0-9*]/g, "");
    await this.#subroutine(DIALOGUE_QUEUE_CONTEXT, queueName(wish.queueId), [
      ...[longest, options, keys, wish.priority],
      wish.musicPromptId === null ? "" : musicClass(wish.musicPromptId),
    ]);
    return queueOutcome(await this.#outcomeOfTalk()) ?? { how: "unavailable" };
  }

  async outcomeOfWait(): Promise<QueueOutcome | { how: DialOutcome | RoomOutcome } | null> {
    const other = dialOutcome(this.#outcome) ?? roomOutcome(this.#outcome);
    return other === null ? queueOutcome(this.#outcome) : { how: other };
  }

  async dial({ number, ringSeconds, comesBack }: DialWish): Promise<DialOutcome> {
    if (!/^\+?[0-9*#]{1,32}$/.test(number)) return "unreachable";
    await this.#subroutine(DIALOGUE_DIAL_CONTEXT, number, [Math.trunc(ringSeconds), comesBack ? "g" : ""]);
    return dialOutcome(await this.#outcomeOfTalk()) ?? "unreachable";
  }

  async record(wish: Parameters<VoiceDialogue["record"]>[0]): Promise<Taken> {
    const longestMs = Math.trunc(wish.longestSeconds * 1000);
    const silence = wish.silenceSeconds > 0 ? [`s=${Math.trunc(wish.silenceSeconds)}`] : [];
    const args = [wish.file, "wav", wish.keys ?? "#", longestMs, "BEEP", ...silence];
    const started = this.#clock.now().getTime();
    const { result } = await this.#command("RECORD FILE", args, longestMs + RECORD_SLACK_MS);
    if (result === "-1") await this.#explain("RECORD FILE", result);
    return { file: wish.file, ms: Math.min(longestMs, this.#clock.now().getTime() - started) };
  }

  async room({ room, most, music, key, records }: RoomWish): Promise<RoomOutcome> {
    if (!/^[a-z0-9]{1,20}$/.test(room)) return "unavailable";
    const args = [Math.trunc(most), music ? "yes" : "no", /^[0-9*#]$/.test(key) ? key : "", records ? "yes" : "no"];
    await this.#subroutine(DIALOGUE_ROOM_CONTEXT, roomExtension(room), args);
    return roomOutcome((await this.get(OUTCOME_VARIABLE)) ?? "") ?? "unavailable";
  }

  async wait(ms: number): Promise<void> {
    const { result } = await this.#command("EXEC", ["Wait", ms / 1000], ms + QUICK_MS);
    if (result === "-1") await this.#explain("EXEC Wait", result);
  }

  async markCallback(queueId: number): Promise<void> {
    await this.#command("EXEC", ["CELGenUserEvent", `${CALLBACK_ASKED_EVENT},${queueName(queueId)}`], QUICK_MS);
  }

  async hangUp(): Promise<void> {
    await this.#command("HANGUP", [], QUICK_MS);
  }

  /** Sets a variable of the call, which the dial plan reads afterwards. */
  async set(variable: string, value: string): Promise<void> {
    await this.#command("SET VARIABLE", [variable, value], QUICK_MS);
  }

  /** What a variable of the call says; null where there is none. */
  async get(variable: string): Promise<string | null> {
    const { result, note } = await this.#command("GET VARIABLE", [variable], QUICK_MS);
    return result === "1" ? note : null;
  }

  /** Runs a part of the dial plan until it returns; however long somebody waits or talks in it. */
  async #subroutine(context: string, extension: string, args: readonly (string | number)[]): Promise<void> {
    await this.#command("GOSUB", [context, extension, 1, args.join(",")], ENDLESS_MS);
    const { result } = await this.#command("CHANNEL STATUS", [], QUICK_MS);
    if (result !== "-1") return;
    this.leave("hung-up");
    throw new CallerGone("the caller has hung up");
  }

  /**
   * What became of a queue or somebody rung. Queue and Dial end a call by themselves when a talk is over, but not one
   * that a dialogue leads (22.10.1): then we do.
   */
  async #outcomeOfTalk(): Promise<string> {
    const outcome = (await this.get(OUTCOME_VARIABLE)) ?? "";
    if (outcome !== TALKING) return outcome;
    await this.hangUp();
    this.leave("hung-up");
    throw new CallerGone("the talk is over, and the call with it");
  }

  /** Answers the key that cut it short; nothing where none did. */
  async #play(piece: Piece, keys: string): Promise<string> {
    const [name, args] =
      typeof piece === "string" ? ["STREAM FILE", [piece, keys]] : [piece.command, withKeys(piece.args, keys)];
    const { result } = await this.#command(name, args, LONGEST_SOUND_MS);
    if (result === "-1") await this.#explain(name, result);
    const code = Number(result);
    return code > 0 ? String.fromCharCode(code) : "";
  }

  /** A sound that is not there and a caller who went are answered alike; only the second ends the dialogue. */
  async #explain(command: string, result: string): Promise<void> {
    const status = await this.#command("CHANNEL STATUS", [], QUICK_MS);
    if (status.result === UP && command !== "ANSWER") return;
    if (command === "ANSWER" && status.result !== "-1") throw new AgiFault(`ANSWER: ${result}`);
    this.leave("hung-up");
    throw new CallerGone("the caller has hung up");
  }

  #command(name: string, args: readonly (string | number)[], timeoutMs: number): Promise<Answer> {
    const line = formatCommand(name, args);
    if (line === null) return Promise.reject(new AgiFault(`${name}: an argument with a line break`));
    if (this.#waiting !== null) return Promise.reject(new AgiFault(`${name}: another command is under way`));
    if (this.gone.aborted) return Promise.reject(new CallerGone("the caller has hung up"));
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () => {
        this.#waiting = null;
        this.leave();
        reject(new AgiFault(`${name}: no answer in ${timeoutMs} ms`));
      });
      this.#waiting = (answer) => {
        cancel();
        if (answer === null || answer.code === 511) reject(new CallerGone("the caller has hung up"));
        else if (answer.code !== 200) reject(new AgiFault(`${name}: refused with ${answer.code}`));
        else resolve(answer);
      };
      this.#socket.write(line);
      // Without its arguments: nobody's keys stand in a log.
      this.#log.debug({ channelId: this.call.channelId, command: name }, "asked of a call");
    });
  }

  #settle(answer: Answer | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(answer);
  }
}

/** The keys that cut a `SAY …` short stand behind what is said: `SAY DATETIME <seconds> <keys> <format> <zone>`. */
const withKeys = ([first = "", ...rest]: readonly (string | number)[], keys: string) => [first, keys, ...rest];

/** What Queue left behind (QUEUESTATUS), or the key by which he left it; null where he was in none. */
function queueOutcome(written: string): QueueOutcome | null {
  const [what, how = ""] = written.split(" ");
  if (what === "KEY") return { how: "key", key: how };
  if (what !== "QUEUE") return null;
  if (how === "TIMEOUT") return { how: "timeout" };
  return { how: how === "CONTINUE" ? "talked" : "unavailable" };
}

/** What Dial left behind (DIALSTATUS); null where nobody was rung. */
function dialOutcome(written: string): DialOutcome | null {
  const [what, how = ""] = written.split(" ");
  return what === "DIAL" ? (DIAL_OUTCOMES[how] ?? "unreachable") : null;
}

/** How he left a room, or was not let in; null where he was in none. */
function roomOutcome(written: string): RoomOutcome | null {
  const [what, how = ""] = written.split(" ");
  if (what !== "ROOM") return null;
  if (how === "FULL") return "full";
  return how === "FAILED" || how === "" ? "unavailable" : "left";
}

const DIAL_OUTCOMES: Readonly<Record<string, DialOutcome>> = {
  ANSWER: "talked",
  BUSY: "busy",
  NOANSWER: "unanswered",
};
