/**
 * The port's other part: the telephone system's journal of what became of calls, which is written whether we run or
 * not. `server/asterisk/` reads it; `server/calls/` folds it. No word of Asterisk's passes this line.
 */

/**
 * One line of the journal, in words of ours. Instants are microseconds since 1970 (as written), so that order survives.
 */
export interface JournalFact {
  kind:
    | "channel.started"
    | "channel.answered"
    | "channel.ended"
    | "bridge.entered"
    | "bridge.left"
    | "app.started"
    | "app.ended"
    | "queue.outcome"
    /** The caller asked to be called back on account of the queue `extra.queue`. */
    | "callback.asked"
    /** The channel keeps the place in a queue of somebody who is called back at `extra.to`; the channel has taken it. */
    | "callback.waits"
    | "callback.taken"
    /** An outbound route was taken: `extra.prefix` is its prefix name. */
    | "routed"
    /** The channel is a part of a remote agent's line: nobody's own, and no call of its own. */
    | "remote"
    /** From here on the channel is recorded as `extra.recording`; as nothing where that is empty. */
    | "recorded"
    | "transfer.blind"
    | "transfer.attended"
    /** The channel has taken leave of its caller for a while to ask `extra.to`; `asked.over`: it goes back to him. */
    | "asked"
    | "asked.over"
    /** This connection calls somebody for the channel named `extra.asker`, which pressed the keys to ask first. */
    | "asked.by-keys"
    | "pickup"
    | "parked"
    | "unparked"
    | "forwarded"
    | "linked.ended"
    | "local.optimised"
    | "hold"
    | "unhold"
    /** Written when a leg ends that was listened to for hold, from `extra.from` (microseconds) on. */
    | "listened"
    /** The telephone system began anew: calls older than this are over. */
    | "restart"
    | "other";
  atUs: number;
  linkedId: string;
  channelId: string;
  /** Who the channel belongs to. */
  party:
    | { kind: "telephone"; endpoint: string }
    | { kind: "trunk"; trunkId: number }
    | { kind: "local"; name: string }
    | { kind: "other"; name: string };
  callerNumber: string;
  callerName: string;
  exten: string;
  context: string;
  app: string;
  appData: string;
  accountCode: string;
  bridgeId: string | null;
  /** The channel's name, by which hang-up sources refer to it. */
  channelName: string;
  /**
   * Of a hang-up `cause`, `source` (a channel's name) and `dialStatus`; of a transfer `to`, `transferee`, `second` and
   * `target`; of a queue's outcome `queue` and `outcome`. On any fact `queue` (its id) while the channel waits there or
   * is connected from there, and `rungBy` ("queue", "dial") on a channel that was rung. Of a bridge
   * `peers`, the names of the channels that were in it when this one came, and `parking` where whoever is in it hears nobody; of a pickup `picker` (a channel), `pickerName` and `pickerEndpoint`,
   * who took over the call that rang at this one. `anew` on the first channel
   * that a telephone system makes after its start: calls older than that are over. `test` on a call of our own to a
   * telephone that is tried out.
   */
  extra: Record<string, string>;
}

/** Why a line of the journal could not be read. */
export interface JournalDamage {
  damaged: string;
}

/** A complete line of a journal file, where it stood, and where the next begins. */
export interface JournalRead {
  fileId: string;
  byte: number;
  nextByte: number;
  text: string;
}

/** How a journal's lines are understood: the text as written, JSON, or what was kept of it, parsed. */
export interface JournalLanguage {
  read(text: string): JournalFact | JournalDamage;
  /** A line that could not be read, as what it was meant to be; null where that is not sure. */
  mend(text: string): string | null;
  factOf(record: unknown): JournalFact | JournalDamage;
  /** The line that a restart ended this call, to be kept with its others. */
  restartOf(linkedId: string, atUs: number): string;
  /** The line that this call is over, for one whose end was never written. */
  endOf(linkedId: string, atUs: number): string;
}

/** The journal's files, followed from where the reader was told to begin. */
export interface JournalSource {
  /**
   * The next complete lines, in the order of each file, bounded. Waits for some at most one poll, then answers none.
   * Throws when the files cannot be read; asking again is safe and skips nothing.
   */
  next(): Promise<JournalRead[]>;
  /** Begins anew with what is committed: `fileId` to the byte that comes next. */
  resume(committed: ReadonlyMap<string, number>): void;
  /** Bytes that are written and not yet handed out, as of the last look; null before the first. */
  unreadBytes(): number | null;
  /** Renames files that have grown and removes old ones that are committed to their end. */
  tidy(committed: ReadonlyMap<string, number>): Promise<void>;
  /** Ends a wait for lines. */
  wake(): void;
  stop(): void;
}
