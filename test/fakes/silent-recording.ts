import type { Recorder } from "../../server/recorder.ts";
import type { RecordingFolder } from "../../server/recordings/recording-folder.ts";

/** A telephone system that records nothing, and a folder that nothing comes into. */
export const silentRecording: { recorder: Recorder; folder: RecordingFolder } = {
  recorder: {
    raw: async () => ({ recordings: [], strangers: [] }),
    watch: () => () => {},
    again: async () => null,
    standing: async () => null,
    mute: async () => ({ ok: true }),
  },
  folder: {
    encoder: null,
    tidy: async () => {},
    keep: () => Promise.reject(new Error("nothing is recorded here")),
    async *read() {},
    remove: async () => {},
    removeRaw: async () => {},
    free: async () => Number.MAX_SAFE_INTEGER,
  },
};
