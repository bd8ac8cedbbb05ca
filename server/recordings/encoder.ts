import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { constants, setPriority } from "node:os";
import { RAW_FRAME_BYTES, RAW_RATE } from "../recorder.ts";

/** A program that was found, with what comes before its own arguments. */
export interface EncoderProgram {
  command: string;
  args: string[];
}

/** The encoder failed, and not the disk or anything else. */
export class EncoderProblem extends Error {}

/** An hour takes some seconds; one that hangs must not keep the others waiting. */
const LONGEST_MS = 20 * 60_000;
const MOST_WORDS = 500;

/**
 * MP3, which every browser plays: 16 kHz (the lowest rate that all of them do: MPEG-2), 32 kbit/s for both sides, at a
 * constant rate so that any place is found by its byte. Throws EncoderProblem where sox fails, with its words.
 */
export async function* mp3Of(path: string, sox: EncoderProgram): AsyncGenerator<Buffer> {
  const raw = ["-t", "raw", "-r", String(RAW_RATE), "-e", "signed-integer", "-b", "16", "-L", "-c", "2", path];
  const child = spawn(sox.command, [...sox.args, "-V1", ...raw, "-t", "mp3", "-C", "32", "-", "rate", "16000"], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (words.length < MOST_WORDS) words += chunk.toString();
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? null : `${words.trim()} (${signal ?? code})`));
  });
  // Voice comes first on this machine.
  if (child.pid !== undefined) {
    try {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended already; how, is seen below.
    }
  }
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const failed = await ended;
    if (failed !== null) throw new EncoderProblem(`sox: ${failed}`);
  } finally {
    child.kill("SIGKILL");
  }
}

/** As it was recorded, behind the head of a WAV file (Microsoft's "Multimedia Programming Interface", 1991). */
export async function* wavOf(path: string, bytes: number): AsyncGenerator<Buffer> {
  const whole = bytes - (bytes % RAW_FRAME_BYTES);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + whole, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(2, 22); // both sides
  head.writeUInt32LE(RAW_RATE, 24);
  head.writeUInt32LE(RAW_RATE * RAW_FRAME_BYTES, 28);
  head.writeUInt16LE(RAW_FRAME_BYTES, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(whole, 40);
  yield head;
  if (whole > 0) for await (const chunk of createReadStream(path, { end: whole - 1 })) yield chunk as Buffer;
}
