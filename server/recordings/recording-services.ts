import type { Clock } from "../clock.ts";
import type { Database } from "../db/pool.ts";
import type { Hub } from "../hub.ts";
import type { JournalLanguage } from "../journal.ts";
import type { Log } from "../log.ts";
import { type Part, part } from "../part.ts";
import type { Recorder } from "../recorder.ts";
import type { RecordingFolder } from "./recording-folder.ts";
import { createRecordingKeeper } from "./recording-keeper.ts";
import { createRecordingPauseService, type RecordingPauseService } from "./recording-pause-service.ts";
import { createRecordingRetention } from "./recording-retention.ts";
import { createRecordingService, type RecordingService } from "./recording-service.ts";

/** All about recordings, joined. */
export interface RecordingServices {
  recordings: RecordingService;
  recordingPauses: RecordingPauseService;
  parts: Part[];
}

export function createRecordingServices(deps: {
  db: Database;
  clock: Clock;
  hub: Hub;
  log: Log;
  recorder: Recorder;
  folder: RecordingFolder;
  language: JournalLanguage;
  settings: { current(): { recordingRetentionDays: number | null; agentsHearOwnCalls: boolean } };
  alarm: (alarm: { subject: string; kind: string; words: string; times: number }) => Promise<void>;
  legOf: (legId: string) => { agentId: number | null; over: boolean } | null;
}): RecordingServices {
  const keeper = createRecordingKeeper(deps);
  const retention = createRecordingRetention(deps);
  const recordingPauses = createRecordingPauseService({ ...deps, keeper });
  return {
    recordings: createRecordingService({ ...deps, retention }),
    recordingPauses,
    parts: [
      part("recordings", keeper),
      part("pauses of recordings", recordingPauses),
      part("retention of recordings", retention),
    ],
  };
}
