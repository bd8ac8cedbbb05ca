import type { Socket } from "node:net";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { CallerGone, type Saying, type VoiceCall, type VoiceDialogue, type VoiceLanguage } from "../voice-dialogue.ts";
import { type AgiMessage, formatCommand } from "./agi-parser.ts";
import { partyOfChannel } from "./names.ts";
import { soundsOf, spokenLanguage } from "./prompts.ts";

/** What Asterisk does at once takes it no longer than this. */
const QUICK_MS = 10_000;
/** No sound of ours is longer. */
const LONGEST_SOUND_MS = 120_000;
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
    const party = partyOfChannel(headers.agi_channel ?? "");
    const number = headers.agi_callerid ?? "";
    this.call = {
      channelId: headers.agi_uniqueid ?? "",
      endpoint: party.kind === "telephone" ? party.endpoint : null,
      callerNumber: number === "unknown" ? "" : number,
      dialled: headers.agi_extension ?? "",
    };
  }

  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** What came over the connection after the head. */
  take(message: AgiMessage): void {
    if (message.type === "hang-up") this.leave();
    else if (message.type === "answer") this.#settle(message);
  }

  /** The caller is gone, or the connection is. */
  leave(): void {
    this.#gone.abort();
    this.#settle(null);
  }

  async answer(): Promise<void> {
    const { result } = await this.#command("ANSWER", [], QUICK_MS);
    if (result !== "0") await this.#explain("ANSWER", result);
  }

  async speak(language: VoiceLanguage): Promise<void> {
    this.#language = spokenLanguage(language, this.#soundDir);
    await this.set("CHANNEL(language)", this.#language);
  }

  async say(sayings: readonly Saying[]): Promise<void> {
    for (const sound of soundsOf(sayings, this.#language)) await this.#play(sound, "");
  }

  async digits({ say, most, timeoutMs }: Parameters<VoiceDialogue["digits"]>[0]): Promise<string | null> {
    const sounds = soundsOf(say, this.#language);
    // The last sound and all keys are one command: between two of them Asterisk would not listen.
    const last = sounds.pop() ?? "";
    let first = "";
    for (const sound of sounds) {
      first = await this.#play(sound, KEYS);
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
    if (!/^[0-9*]*$/.test(result)) throw new AgiFault("GET DATA: an answer that is none");
    return first + result === "" && note === "timeout" ? null : first + result;
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

  /** Answers the key that cut it short; nothing where none did. */
  async #play(sound: string, keys: string): Promise<string> {
    const { result } = await this.#command("STREAM FILE", [sound, keys], LONGEST_SOUND_MS);
    if (result === "-1") await this.#explain("STREAM FILE", result);
    const code = Number(result);
    return code > 0 ? String.fromCharCode(code) : "";
  }

  /** A sound that is not there and a caller who went are answered alike; only the second ends the dialogue. */
  async #explain(command: string, result: string): Promise<void> {
    const status = await this.#command("CHANNEL STATUS", [], QUICK_MS);
    if (status.result === UP && command !== "ANSWER") return;
    if (command === "ANSWER" && status.result !== "-1") throw new AgiFault(`ANSWER: ${result}`);
    this.leave();
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
