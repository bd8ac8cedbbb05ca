import type { FastifySerializerCompiler } from "fastify";
import type { Registrar } from "../contract/views.ts";
import type { CallHands } from "./call-hands.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./db/pool.ts";
import type { JournalLanguage, JournalSource } from "./journal.ts";
import type { Log } from "./log.ts";
import type { SoundPrograms } from "./prompts/sound-program.ts";
import type { Recorder } from "./recorder.ts";
import type { RecordingFolder } from "./recordings/recording-folder.ts";
import type { SecretBox } from "./staff/secret-box.ts";
import type { LiveLegFound, Telephony, TelephonyEvent } from "./telephony.ts";
import type { TestCalls } from "./test-calls.ts";

/** What a house is built of. The database and the telephone system need not be there yet. */
export interface HouseOptions {
  db: Database;
  clock: Clock;
  log: Log;
  telephony: Telephony;
  /** What can be done with calls that go on. */
  hands: CallHands;
  /** For trying telephones out on it. */
  testCalls: TestCalls;
  secrets: SecretBox;
  journal: {
    source: JournalSource;
    language: JournalLanguage;
    /** Writes down what the telephone system's own journal leaves out. */
    holds: { onEvent(event: TelephonyEvent): void; onLegsFound(legs: readonly LiveLegFound[]): void };
  };
  /** What makes recordings, and where they are kept. */
  recording: { recorder: Recorder; folder: RecordingFolder };
  /** What makes the voices that callers hear, and where the telephone system plays them. */
  voices: { programs: SoundPrograms; folder: string };
  /** Where telephones register. */
  registrar: Registrar;
  node: string;
  version: string;
  /** The built desktop; null where there is none. */
  desktop: string | null;
  /** Where months of calls go that need not be kept any more. Without it they all stay. */
  archive?: string;
  /** From one address; generous where nothing is said. */
  requestsPerMinute?: number;
  /** Tests look at every answer with its schema here. */
  serializer?: FastifySerializerCompiler<unknown>;
}
