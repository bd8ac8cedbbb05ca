import { randomInt } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PromptCall } from "../../contract/views.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../staff/permission.ts";
import { readSayPrompt, SAY_PROMPT_CODE } from "../star-code.ts";
import type { Telephony } from "../telephony.ts";
import {
  CallerGone,
  type Saying,
  type VoiceDialogue,
  type VoiceHandler,
  type VoiceLanguage,
} from "../voice-dialogue.ts";
import { CannotSpeak, type VoiceFiles } from "../voice-files.ts";
import type { BuiltInKey, BuiltInValues } from "./built-in-words.ts";
import type { PromptService } from "./prompt-service.ts";
import type { VoiceMaker } from "./voice-maker.ts";

/** Voices of prompts that are said on a telephone. */
export interface PromptCallService {
  start(): Promise<void>;
  stop(): void;
  /** Rings the telephone; whoever picks up is asked to speak. */
  begin(actor: Actor, promptId: number, language: VoiceLanguage, telephoneId: number): Promise<PromptCall | Refusal>;
  get(id: number): PromptCall | Refusal;
  /** For calls that dial the code of one. */
  handler: VoiceHandler;
}

/** The telephone a prompt may be said on; null: there is none of that id. */
export type TelephoneToRing = (
  id: number,
) => { endpoint: string; name: string; registered: boolean; onCall: boolean } | null;

/** Asterisk rings half as long. */
const PICK_UP_MS = 60_000;
const LONGEST_S = 180;
const TRIES = 5;
const KEY_MS = 8_000;
/** What is over is told for so long. */
const TOLD_MS = 10 * 60_000;
const MOST = 100;

interface Going {
  view: PromptCall;
  telephoneId: number;
  actor: Actor;
  code: string;
  cancel: () => void;
}

/** Leads them: speak, `#`, then 1 keeps it, 2 plays it, 3 begins anew. */
export function createPromptCallService(deps: {
  clock: Clock;
  log: Log;
  telephony: Pick<Telephony, "dialFrom">;
  telephone: TelephoneToRing;
  prompts: Pick<PromptService, "get" | "say">;
  maker: Pick<VoiceMaker, "ofFile">;
  files: VoiceFiles;
  /** Where the telephone system can write. */
  folder: string;
}): PromptCallService {
  const { clock, log, prompts, files, folder } = deps;
  const calls = new Map<number, Going>();
  let last = 0;

  const end = (one: Going, state: "kept" | "over", why: string | null) => {
    one.cancel();
    one.view = { ...one.view, state, why };
    one.code = "";
    one.cancel = clock.after(TOLD_MS, () => calls.delete(one.view.id));
  };
  const words = async <K extends BuiltInKey>(
    key: K,
    values: BuiltInValues<K>,
    language: VoiceLanguage,
  ): Promise<Saying[]> => {
    try {
      return [{ file: await files.said(key, values, language) }];
    } catch (error) {
      // The tone says enough.
      if (error instanceof CannotSpeak) return [];
      throw error;
    }
  };

  /** Whether it was kept. */
  const lead = async (one: Going, dialogue: VoiceDialogue, file: string): Promise<boolean> => {
    const { language, promptId } = one.view;
    await dialogue.speak(language);
    const [speak, review, nothing] = [
      await words("prompt-speak", {}, language),
      await words("message-review", {}, language),
      await words("message-too-short", {}, language),
    ];
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      await dialogue.say(speak);
      await dialogue.record({ file, longestSeconds: LONGEST_S, silenceSeconds: 0 });
      const said = await readFile(`${file}.wav`).catch(() => Buffer.alloc(0));
      if ((await deps.maker.ofFile(said)) instanceof Refusal) {
        await dialogue.say(nothing);
        continue;
      }
      const key = await answerTo(dialogue, review, file);
      if (key === null) return false;
      if (key === "3") continue;
      const kept = await prompts.say(one.actor, promptId, language, said);
      if (kept instanceof Refusal) {
        end(one, "over", kept.title);
        return false;
      }
      end(one, "kept", null);
      await dialogue.say(await words("prompt-kept", {}, language));
      return true;
    }
    return false;
  };

  return {
    async start() {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
    },
    stop() {
      for (const one of calls.values()) one.cancel();
      calls.clear();
    },
    async begin(actor, promptId, language, telephoneId) {
      const prompt = await prompts.get(promptId);
      if (prompt instanceof Refusal) return prompt;
      const telephone = deps.telephone(telephoneId);
      const refused = refusalOf(telephone);
      if (telephone === null || refused !== null) return refused ?? unknownTelephone();
      if ([...calls.values()].some((one) => one.telephoneId === telephoneId && goesOn(one.view))) {
        return new Refusal("telephone.on-call", `A prompt is being said on ${telephone.name} already.`);
      }
      if (calls.size >= MOST) return new Refusal("prompt.busy", "Too many prompts are being said. Try again later.");
      last += 1;
      const view = { id: last, promptId, language, telephone: telephone.name, state: "ringing" as const, why: null };
      const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
      const one: Going = { view, telephoneId, actor, code, cancel: () => {} };
      one.cancel = clock.after(PICK_UP_MS, () => end(one, "over", "Nobody picked up."));
      calls.set(last, one);
      const answer = await deps.telephony.dialFrom(telephone.endpoint, `${SAY_PROMPT_CODE}${code}`);
      if (answer.ok) return one.view;
      one.cancel();
      calls.delete(view.id);
      return answer.gone === true
        ? new Refusal("telephony.unavailable", "The telephone system cannot be reached. Try again soon.")
        : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}`);
    },
    get: (id) => calls.get(id)?.view ?? new Refusal("not-found", "This call is not known (any more)."),
    async handler(dialogue) {
      const code = readSayPrompt(dialogue.call.dialled);
      const one = [...calls.values()].find((each) => code !== null && each.code === code);
      await dialogue.answer();
      if (one === undefined) {
        await dialogue.say(["not-possible"]);
        await dialogue.hangUp();
        return undefined;
      }
      one.cancel();
      one.code = "";
      one.view = { ...one.view, state: "talking" };
      const file = join(folder, `said-${one.view.id}`);
      try {
        const kept = await lead(one, dialogue, file);
        if (!kept && one.view.state === "talking") end(one, "over", "It was not kept.");
        await dialogue.hangUp();
      } catch (error) {
        if (one.view.state === "talking") end(one, "over", "It was hung up before it was kept.");
        if (!(error instanceof CallerGone)) log.error({ err: error }, "a prompt could not be said on a telephone");
      } finally {
        await rm(`${file}.wav`, { force: true });
      }
      return undefined;
    },
  };
}

/** 1 or 3; null: neither, however often he was asked. */
async function answerTo(dialogue: VoiceDialogue, review: readonly Saying[], file: string): Promise<"1" | "3" | null> {
  for (let asked = 0; asked < TRIES; asked += 1) {
    const key = await dialogue.digits({ say: review, most: 1, timeoutMs: KEY_MS });
    if (key === "1" || key === "3") return key;
    if (key === "2") await dialogue.say([{ file }]);
  }
  return null;
}

const goesOn = ({ state }: PromptCall) => state === "ringing" || state === "talking";
const unknownTelephone = () => new Refusal("telephone.unknown", "There is no such telephone.");

function refusalOf(telephone: ReturnType<TelephoneToRing>): Refusal | null {
  if (telephone === null) return unknownTelephone();
  const { name, registered, onCall } = telephone;
  if (!registered) return new Refusal("telephone.not-registered", `${name} is not registered: it cannot ring.`);
  return onCall ? new Refusal("telephone.on-call", `${name} is on a call.`) : null;
}
