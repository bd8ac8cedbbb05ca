import { type FSWatcher, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../log.ts";
import type { RawRecording, Recorder } from "../recorder.ts";
import type { Ami } from "./ami.ts";
import { queueIdOf, RECORDING_VARIABLE } from "./names.ts";

const ENDING = ".raw";
const NO_CHANNEL = /^No such channel/;

/** What the dial plan called it: `<linked id>_<channel>_<q5 or out>_<take>`; null for a file that is none. */
export function readRecordingName(
  name: string,
): Pick<RawRecording, "source" | "linkedId" | "channelId" | "queueId"> | null {
  if (!name.endsWith(ENDING)) return null;
  const source = name.slice(0, -ENDING.length);
  const id = "[A-Za-z0-9]{1,16}-[0-9]{1,12}\\.[0-9]{1,12}";
  const match = new RegExp(`^(${id})_(${id})_(out|q[1-9][0-9]{0,14})_[0-9]{1,9}$`).exec(source);
  if (match === null) return null;
  const [, linkedId = "", channelId = "", scope = ""] = match;
  return { source, linkedId, channelId, queueId: queueIdOf(scope) };
}

/** Asterisk's recordings, which lie in a folder of their own. */
export function createRecorder(deps: { ami: Pick<Ami, "action">; folder: string; log: Log }): Recorder {
  const { ami, folder, log } = deps;

  /** Null: there is no such channel. */
  const ask = async (channelId: string, variable: string): Promise<string | null> => {
    const reply = await ami.action("GetVar", { Channel: channelId, Variable: variable });
    if (reply.ok) return reply.message.Value ?? "";
    if (NO_CHANNEL.test(reply.why)) return null;
    throw new Error(`Asterisk cannot be asked for a channel: ${reply.why}`);
  };

  /** Taken in this moment, it is not there any more. */
  const measured = async (one: Omit<RawRecording, "bytes" | "changedAt">): Promise<RawRecording | null> => {
    const found = await stat(one.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return found === null ? null : { ...one, bytes: found.size, changedAt: found.mtime };
  };

  return {
    async raw() {
      const recordings: RawRecording[] = [];
      const strangers: string[] = [];
      for (const name of await readdir(folder)) {
        const known = readRecordingName(name);
        if (known === null) {
          strangers.push(name);
          continue;
        }
        const one = await measured({ ...known, path: join(folder, name) });
        if (one !== null) recordings.push(one);
      }
      recordings.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
      return { recordings, strangers };
    },
    again: measured,
    watch(listener) {
      let watcher: FSWatcher | null = null;
      try {
        // "rename" is a name that came or went; every piece that is written is a "change".
        watcher = watch(folder, { persistent: false }, (event) => {
          if (event === "rename") listener();
        });
        watcher.on("error", (error) => log.warn({ err: error }, "the folder of recordings is not watched any more"));
      } catch (error) {
        // Out of watches, say: who listens looks by himself now and then.
        log.warn({ err: error }, "the folder of recordings cannot be watched");
      }
      return () => watcher?.close();
    },
    async standing(channelId) {
      const [linkedId, source] = await Promise.all([
        ask(channelId, "CHANNEL(linkedid)"),
        ask(channelId, RECORDING_VARIABLE),
      ]);
      return linkedId === null || source === null ? null : { linkedId, source: source || null };
    },
    async mute(channelId, muted) {
      const fields = { Channel: channelId, Direction: "both", State: muted ? 1 : 0 };
      const reply = await ami.action("MixMonitorMute", fields);
      return reply.ok ? { ok: true } : reply;
    },
  };
}
