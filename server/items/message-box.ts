import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import type { Log } from "../log.ts";

/** Whose message it is to be, and what makes it one. */
export const MessageFacts = Type.Object({
  queueId: Type.Union([Type.Integer(), Type.Null()]),
  ownerId: Type.Union([Type.Integer(), Type.Null()]),
  linkedId: Type.String(),
  caller: Type.String(),
  /** When he came; ISO 8601. */
  since: Type.String({ format: "date-time" }),
  /** What is shorter is none. */
  leastMs: Type.Integer(),
  /** He has finished it, and it is long enough. */
  kept: Type.Boolean(),
});
export type MessageFacts = Static<typeof MessageFacts>;

/** A voice that lies there, with what is known of it. */
export interface MessageFile {
  /** As it was named when it was taken: a path without its ending. */
  name: string;
  facts: MessageFacts;
  /** Its voice; null: nothing was taken (yet). */
  path: string | null;
  lengthMs: number;
  /** When something was last written. */
  changedAt: Date;
}

/**
 * Messages on their way from the telephone system into the house. What is known of one lies beside its voice from before
 * its first second, so that it is found whatever dies meanwhile; what somebody is at work on is his until he says so.
 */
export interface MessageBox {
  /** A caller is about to speak into that file (TakenVoices.fresh). */
  begin(name: string, facts: Omit<MessageFacts, "kept">): Promise<void>;
  /** He has finished it. */
  keep(name: string): void;
  /** It is none. */
  drop(name: string): void;
  /** Nobody knows whether he speaks on: it is judged when it is quiet. */
  leave(name: string): void;
  /** All that nobody is at work on, the oldest first. */
  found(): Promise<MessageFile[]>;
  /** It is kept elsewhere, or is none: all of it goes. */
  remove(name: string): Promise<void>;
  /** Told when one was finished. The answer ends it. */
  onKept(listener: () => void): () => void;
}

const FACTS = ".json";
const VOICE = ".wav";
/** As Asterisk writes `wav`: 8000 samples of two bytes a second behind a head. */
export const WAV_HEAD_BYTES = 44;
const BYTES_PER_MS = 16;

/** Opens the folder in which the telephone system takes voices. */
export function openMessageBox(deps: { folder: string; log: Log }): MessageBox {
  const { folder, log } = deps;
  const held = new Map<string, MessageFacts>();
  const listeners = new Set<() => void>();

  /** Whole or not at all. */
  const write = async (name: string, facts: MessageFacts) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const beside = `${name}${FACTS}.new`;
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(facts));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, `${name}${FACTS}`);
  };
  const remove = async (name: string) => {
    for (const ending of [VOICE, ".raw", `${FACTS}.new`, FACTS]) await rm(`${name}${ending}`, { force: true });
  };
  const failed = (words: string) => (err: unknown) => log.warn({ err }, words);

  const read = async (name: string): Promise<MessageFile | null> => {
    const written = await stat(`${name}${FACTS}`).catch(() => null);
    const facts: unknown = await readFile(`${name}${FACTS}`, "utf8").then(JSON.parse, () => null);
    // Gone in this moment, or nothing of ours.
    if (written === null || !Value.Check(MessageFacts, facts)) return null;
    const voice = await stat(`${name}${VOICE}`).catch(() => null);
    const changedAt = new Date(Math.max(written.mtimeMs, voice?.mtimeMs ?? 0));
    const lengthMs = Math.floor(Math.max(0, (voice?.size ?? 0) - WAV_HEAD_BYTES) / BYTES_PER_MS);
    return { name, facts, path: voice === null ? null : `${name}${VOICE}`, lengthMs, changedAt };
  };

  return {
    async begin(name, facts) {
      if (dirname(name) !== folder) throw new Error(`${basename(name)} is no voice that is taken`);
      const known = { ...facts, kept: false };
      held.set(name, known);
      await write(name, known);
    },
    keep(name) {
      const facts = held.get(name);
      if (facts === undefined) return;
      write(name, { ...facts, kept: true })
        .catch(failed("a message is not marked as finished; it is judged by its length"))
        .finally(() => {
          held.delete(name);
          for (const listener of listeners) listener();
        });
    },
    drop(name) {
      if (!held.has(name)) return;
      remove(name)
        .catch(failed("what is no message could not be removed"))
        .finally(() => held.delete(name));
    },
    leave: (name) => void held.delete(name),
    async found() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const all: MessageFile[] = [];
      for (const file of names) {
        const name = join(folder, basename(file, FACTS));
        if (!file.endsWith(FACTS) || held.has(name)) continue;
        const one = await read(name);
        if (one !== null) all.push(one);
      }
      return all.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
    },
    remove,
    onKept(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
