import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";

/** A program that was found, with what comes before its own arguments. */
export interface SoundProgram {
  command: string;
  args: string[];
}

/** What converts sound (sox) and what speaks (espeak-ng); null where there is none. */
export interface SoundPrograms {
  sox: SoundProgram | null;
  speech: SoundProgram | null;
}

/** What came of a run: what was written, or why nothing can be made of it. */
export type SoundRun = { ok: true; output: Buffer } | { ok: false; why: string };

const MOST_WORDS = 500;

/**
 * Gives the program its input and takes what it writes: at most `mostBytes`, then it is ended, and what came until then
 * is the answer. It has `timeoutMs`. No shell takes part.
 */
export function runSoundProgram(
  { command, args }: SoundProgram,
  more: readonly string[],
  input: Buffer | string,
  limits: { mostBytes: number; timeoutMs: number },
): Promise<SoundRun> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args, ...more], {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: limits.timeoutMs,
      killSignal: "SIGKILL",
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let words = "";
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= limits.mostBytes) child.kill("SIGKILL");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (words.length < MOST_WORDS) words += chunk.toString();
    });
    child.once("error", (error) => resolve({ ok: false, why: error.message }));
    child.once("close", (code, signal) => {
      if (code === 0 || bytes >= limits.mostBytes) {
        resolve({ ok: true, output: Buffer.concat(chunks).subarray(0, limits.mostBytes) });
      } else resolve({ ok: false, why: words.trim() || `it ended with ${signal ?? code}` });
    });
    // It may have read enough, or have ended: then nobody takes the rest.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    // Voice comes first on this machine.
    if (child.pid !== undefined) {
      try {
        setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // It has ended already.
      }
    }
  });
}
