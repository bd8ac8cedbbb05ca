import type { Answer } from "./telephony.ts";

/**
 * The port's part about recordings. The telephone system alone makes them, by what its configuration says, whether we
 * run or not; each is a file that we find. No word of Asterisk's passes this line.
 */

/** One that is being made, or was made and not taken yet: what the caller says left, what he hears right. */
export interface RawRecording {
  /** Its name, by which it is known for ever. */
  source: string;
  /** The call as it was named when the recording began. */
  linkedId: string;
  channelId: string;
  /** Null: of a call to outside. */
  queueId: number | null;
  /** 16 bits little endian, 8000 a second of each side, left and right in turn; nothing before the first. */
  path: string;
  bytes: number;
  /** When something was last written. */
  changedAt: Date;
}

/** Frames of both sides a second, and bytes of a frame. */
export const RAW_RATE = 8000;
export const RAW_FRAME_BYTES = 4;

export interface Recorder {
  /** All that lie there, the oldest first; `strangers` are files that are none. */
  raw(): Promise<{ recordings: RawRecording[]; strangers: string[] }>;
  /** Told soon after one came or went. The answer ends it. */
  watch(listener: () => void): () => void;
  /** The same one as it lies there by now; null: it does not any more. */
  again(raw: RawRecording): Promise<RawRecording | null>;
  /**
   * The call that the channel is part of now, and the name under which it is recorded now, if it is; null: there is no
   * such channel any more. Throws where it cannot be asked.
   */
  standing(channelId: string): Promise<{ linkedId: string; source: string | null } | null>;
  /** While muted, silence is recorded, so that the time stays right. */
  mute(channelId: string, muted: boolean): Promise<Answer>;
}

/** A telephone system that records. */
export interface RecordingTelephony {
  readonly recorder: Recorder;
}
