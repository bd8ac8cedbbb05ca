import type { Generated } from "kysely";
import type { Id, Json, Maybe } from "./column-types.ts";

/** A stretch of the call as it stands in its recording. */
export interface RecordedPart {
  /** ISO 8601. */
  startedAt: string;
  /** Where it stands in the recording, and how long it is there. */
  placeMs: number;
  lengthMs: number;
}

/** The tables of recordings, what was said of them and when they were paused. */
export interface RecordingTables {
  recordings: {
    id: Id;
    source: string;
    linked_id: string;
    channel_id: string;
    queue_id: Maybe<number>;
    started_at: Date;
    ended_at: Date;
    length_ms: number;
    parts: Json<RecordedPart[]>;
    peaks: Buffer;
    format: "mp3" | "wav";
    bytes: number;
    file: string;
    sha256: Buffer;
    key_id: string;
    state: Generated<"kept" | "damaged" | "removing" | "removed">;
    removed_at: Maybe<Date>;
    removed_by: Maybe<number>;
  };
  recording_pauses: {
    id: Id;
    source: string;
    leg_id: string;
    paused_at: Date;
    paused_by: number;
    resumed_at: Maybe<Date>;
    resumed_by: Maybe<number>;
  };
  recording_ratings: { recording_id: number; author_id: number; rating: number; at: Date };
  recording_comments: {
    id: Id;
    recording_id: number;
    author_id: number;
    at: Date;
    place_ms: Maybe<number>;
    text: string;
  };
}
