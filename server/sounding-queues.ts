import type { WaitingSounds } from "./prompts/waiting-sounds.ts";
import type { MusicConfig, QueueConfig, QueueSoundsConfig } from "./telephony-config.ts";
import type { PlainQueue, SealedConfig } from "./telephony-config-store.ts";

/** What of the house decides what is heard around its queues. */
type Plain = Pick<SealedConfig, "queues" | "musicPromptIds" | "remoteLines" | "calling">;

/**
 * The queues with what is heard in them, and the music of the house. Prompts are laid out when this answers; names of
 * queues are spoken later, for whom somebody rings outside or a queue tells its agents.
 */
export async function soundingQueues(
  { queues, musicPromptIds, remoteLines, calling }: Plain,
  sounds: Pick<WaitingSounds, "prompts" | "words">,
): Promise<{ queues: QueueConfig[]; music: MusicConfig[] }> {
  const asMusic = new Set(musicPromptIds);
  const asked = new Set<number>();
  for (const { heard } of queues) {
    if (heard.musicPromptId !== null) asMusic.add(heard.musicPromptId);
    if (heard.periodicPromptId !== null) asked.add(heard.periodicPromptId);
  }
  const files = await sounds.prompts([...new Set([...asMusic, ...asked])].sort(ascending), calling.language);
  const named = queues.filter(({ heard }) => remoteLines.length > 0 || heard.announceToAgent);
  const names = sounds.words(
    named.map(({ queueId, name }) => ({ key: keyOf(queueId), text: name })),
    [...new Set([calling.language, ...remoteLines.map(({ language }) => language)])],
  );
  return {
    queues: queues.map(({ heard, ...queue }) => ({
      ...queue,
      sounds: soundsOfQueue(heard, files, names.get(keyOf(queue.queueId))),
    })),
    music: [...asMusic].sort(ascending).flatMap((promptId) => {
      const sound = files.get(promptId);
      return sound === undefined ? [] : [{ promptId, sound }];
    }),
  };
}

const ascending = (one: number, other: number) => one - other;
const keyOf = (queueId: number): string => `queue-${queueId}`;

function soundsOfQueue(
  heard: PlainQueue["heard"],
  files: ReadonlyMap<number, string>,
  name: string | undefined,
): QueueSoundsConfig {
  const periodic = heard.periodicPromptId === null ? undefined : files.get(heard.periodicPromptId);
  return {
    announcements: {
      position: heard.announcePosition,
      limit: heard.announceLimit,
      wait: heard.announceWait,
      thanks: heard.announceThanks,
      everySeconds: heard.announceSeconds,
      leastSeconds: heard.announceLeastSeconds,
    },
    ...(periodic === undefined
      ? {}
      : {
          periodic: { sound: periodic, firstSeconds: heard.periodicFirstSeconds, everySeconds: heard.periodicSeconds },
        }),
    ...(heard.musicPromptId === null ? {} : { musicPromptId: heard.musicPromptId }),
    ...(name === undefined ? {} : { name, nameToAgents: heard.announceToAgent }),
  };
}
