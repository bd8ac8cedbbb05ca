import type { Answer, Telephony } from "./telephony.ts";

/**
 * The port's second door: calls of our own to a telephone, made to try it out. They are nobody's calls: no leg is told
 * of them, no report has them, and they end by themselves after a minute, whatever becomes of us.
 */
export interface TestCalls {
  /** Rings the telephone, which shows "Perch test". `header` asks it to answer by itself. */
  ring(testId: string, endpoint: string, header: { header: string; value: string } | null): Promise<Answer>;
  /** Tells the telephone within the call to pick up (or take the call up again), or to hold. */
  tell(testId: string, what: "talk" | "hold"): Promise<Answer>;
  /** What voice has come so far; null where that cannot be read. */
  voice(testId: string): Promise<TestVoice | null>;
  hangUp(testId: string): Promise<Answer>;
  /** Told what becomes of the calls, in order. The answer ends it. */
  onEvent(listener: (event: TestCallEvent) => void): () => void;
}

/** A telephone system on which telephones can be tried out. */
export interface TestingTelephony extends Telephony {
  readonly testCalls: TestCalls;
}

export interface TestVoice {
  /** As the telephone system calls it: g722, alaw. */
  codec: string;
  /** Packets that came from the telephone. */
  packets: number;
}

export type TestCallEvent =
  | { type: "rings"; testId: string }
  | { type: "answered"; testId: string }
  | { type: "key"; testId: string; key: string }
  | { type: "held"; testId: string; held: boolean }
  /** Why, as ITU-T Q.850 numbers it; null: not said. */
  | { type: "ended"; testId: string; cause: number | null }
  /** The link broke: what becomes of the calls is not heard any more. */
  | { type: "lost" };
