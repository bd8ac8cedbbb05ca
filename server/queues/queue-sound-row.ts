import type { Queue } from "../../contract/views.ts";

/** What is heard around a queue. */
export type QueueSounds = Pick<Queue, keyof typeof QUIET>;

/** A new queue says nothing, and plays the music of the house. */
export const QUIET = {
  announcePosition: "no",
  announceLimit: 5,
  announceWait: false,
  announceThanks: false,
  announceSeconds: 60,
  announceLeastSeconds: 15,
  periodicPromptId: null,
  periodicFirstSeconds: 30,
  periodicSeconds: 60,
  musicPromptId: null,
  announceToAgent: false,
} as const;

interface Row {
  announce_position: string;
  announce_limit: number;
  announce_wait: boolean;
  announce_thanks: boolean;
  announce_seconds: number;
  announce_least_seconds: number;
  periodic_prompt_id: number | null;
  periodic_first_seconds: number;
  periodic_seconds: number;
  music_prompt_id: number | null;
  announce_to_agent: boolean;
}

export const SOUND_COLUMNS = [
  "announce_position",
  "announce_limit",
  "announce_wait",
  "announce_thanks",
  "announce_seconds",
  "announce_least_seconds",
  "periodic_prompt_id",
  "periodic_first_seconds",
  "periodic_seconds",
  "music_prompt_id",
  "announce_to_agent",
] as const satisfies (keyof Row)[];

/** As it is written down. */
export const soundColumns = (queue: QueueSounds): Row => ({
  announce_position: queue.announcePosition,
  announce_limit: queue.announceLimit,
  announce_wait: queue.announceWait,
  announce_thanks: queue.announceThanks,
  announce_seconds: queue.announceSeconds,
  announce_least_seconds: queue.announceLeastSeconds,
  periodic_prompt_id: queue.periodicPromptId,
  periodic_first_seconds: queue.periodicFirstSeconds,
  periodic_seconds: queue.periodicSeconds,
  music_prompt_id: queue.musicPromptId,
  announce_to_agent: queue.announceToAgent,
});

/** As it is read. */
export const soundsOf = (row: Row): QueueSounds => ({
  announcePosition: row.announce_position as QueueSounds["announcePosition"],
  announceLimit: row.announce_limit,
  announceWait: row.announce_wait,
  announceThanks: row.announce_thanks,
  announceSeconds: row.announce_seconds,
  announceLeastSeconds: row.announce_least_seconds,
  periodicPromptId: row.periodic_prompt_id,
  periodicFirstSeconds: row.periodic_first_seconds,
  periodicSeconds: row.periodic_seconds,
  musicPromptId: row.music_prompt_id,
  announceToAgent: row.announce_to_agent,
});
