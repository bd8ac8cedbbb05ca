import type { Log } from "../log.ts";
import type { RecordingFolder } from "./recording-folder.ts";

/** A file of which it is committed that it goes. */
export interface CondemnedFile {
  id: number;
  file: string;
}

/**
 * Builds what removes them; what fails is tried when it is called again. Who had them removed counts on it that they
 * are gone, so an alarm says where they are not; what was said is said again only with other words.
 */
export function createCondemnedFiles(deps: {
  log: Log;
  folder: Pick<RecordingFolder, "remove">;
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
  /** How people call them: "recordings". */
  what: string;
  /** Some of them, in the order of their ids, those after one. */
  list(after: number): Promise<CondemnedFile[]>;
  markRemoved(ids: readonly number[]): Promise<void>;
}): () => Promise<void> {
  const { log, folder, what } = deps;
  const kind = `${what.charAt(0).toUpperCase()}${what.slice(1)} cannot be removed`;
  let told = "";

  const tell = async (left: number, why: string) => {
    const before = told;
    told = left === 0 ? "" : `Files of ${what} that were removed are still there: ${why}`;
    if (left === 0 || told === before) return;
    await deps.alarm({ subject: `${what} removed`, kind, words: told, times: left });
  };

  return async () => {
    let left = 0;
    let why = "";
    for (let after = 0; ; ) {
      const condemned = await deps.list(after);
      const last = condemned.at(-1);
      if (last === undefined) break;
      after = last.id;
      const gone: number[] = [];
      for (const { id, file } of condemned) {
        try {
          await folder.remove(file);
          gone.push(id);
        } catch (err) {
          // The others go all the same.
          log.warn({ err, id }, `a file of ${what} could not be removed; it is tried again`);
          left += 1;
          why = err instanceof Error ? err.message : String(err);
        }
      }
      await deps.markRemoved(gone);
    }
    await tell(left, why);
  };
}
