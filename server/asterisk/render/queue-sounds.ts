import { LONGEST_RING_WITH_WAIT_S } from "../../../contract/queue-sounds.ts";
import type { QueueConfig } from "../../telephony-config.ts";
import { musicClass, NUMBERS_CONTEXT, QUEUE_SOUND_VARIABLE } from "../names.ts";
import { type ConfLine, confMatching } from "./conf.ts";

/** The whole path of a sound, as we have named it. A comma would part it in a list of them, an `&` in another. */
export const soundFile = (name: string): string => confMatching(name, /^\/[^,;&|^${}"\\]+$/, "sound");

/**
 * What callers hear while they wait, as app_queue knows it. Everything is said each time: what a section leaves out
 * stays as it was at a reload. Tried on 22.10.1 and read in its source:
 *
 * - Position and wait are said at once to whoever is not the first, and to the first once nobody took him in the first
 *   round, if `announce-to-first-user` is on.
 * - The wait is the mean of the last waits less what he has waited, without its sign. So it is said `once`, before he
 *   has waited for longer than rounds to nothing, and in whole minutes: half of one is added even where no wait is known.
 * - A key that is pressed meanwhile counts as one pressed during the music.
 */
export function queueSoundLines({ ringSeconds, sounds = {} }: QueueConfig, music: ReadonlySet<number>): ConfLine[] {
  const { announcements, periodic, musicPromptId } = sounds;
  const { position = "no", limit = 1, wait = false, thanks = false } = announcements ?? {};
  const says = position !== "no" || wait || thanks;
  return [
    ["musicclass", musicPromptId !== undefined && music.has(musicPromptId) ? musicClass(musicPromptId) : "default"],
    ["announce-to-first-user", says || periodic !== undefined ? "yes" : "no"],
    ["announce-frequency", says ? (announcements?.everySeconds ?? 0) : 0],
    ["min-announce-frequency", announcements?.leastSeconds ?? 15],
    ["announce-position", confMatching(position, /^(no|yes|limit|more)$/, "announcement")],
    ["announce-position-limit", limit],
    ["announce-holdtime", wait && ringSeconds <= LONGEST_RING_WITH_WAIT_S ? "once" : "no"],
    ["announce-round-seconds", 0],
    ["queue-thankyou", thanks ? "queue-thankyou" : ""],
    ["periodic-announce-frequency", periodic?.everySeconds ?? 0],
    ["periodic-announce-startdelay", periodic?.firstSeconds ?? 0],
    ["periodic-announce", periodic === undefined ? "" : soundFile(periodic.sound)],
    ["announce", sounds.nameToAgents === true && sounds.name !== undefined ? soundFile(sounds.name) : ""],
  ];
}

/**
 * Before Queue: what a remote agent hears of it before he accepts, and to what his mobile may send the caller on by
 * keys; a telephone has that from its endpoint. Whoever is sent on to another queue hears of that one.
 */
export const forRemoteAgents = ({ sounds }: QueueConfig): string[] => [
  `Set(__TRANSFER_CONTEXT=${NUMBERS_CONTEXT})`,
  ...(sounds?.name === undefined ? [] : [`Set(__${QUEUE_SOUND_VARIABLE}=${soundFile(sounds.name)})`]),
];
