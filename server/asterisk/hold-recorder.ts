import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { LiveLegFound, TelephonyEvent } from "../telephony.ts";
import { HOLD_EVENT, LISTENED_EVENT, ownLine, RESTART_EVENT, UNHOLD_EVENT } from "./journal-line.ts";

export interface HoldRecorder {
  /** Every event of the telephone system, in order. */
  onEvent(event: TelephonyEvent): void;
  /** The legs that were found up after a (re)connect: from now on they are listened to. */
  onLegsFound(legs: readonly LiveLegFound[]): void;
}

/** A call that never ends (a lost hang-up) must not grow this for ever. */
const MOST_LEGS = 20_000;

interface Heard {
  linkedId: string;
  fromUs: number;
}

/**
 * Writes what Asterisk's own journal leaves out into a second one of the same form: hold, and for each leg since when
 * it was listened to, so that "not held" is told from "nobody listened". A leg's line is written when it ends; where
 * the link broke in between there is none.
 */
export function createHoldRecorder(deps: { file: string; clock: Clock; log: Log }): HoldRecorder {
  const heard = new Map<string, Heard>();

  const write = (event: string, atUs: number, linkedId: string, channelId: string, text: string) => {
    const line = ownLine(event, atUs, linkedId, channelId, text);
    try {
      // A line at a time, opened and closed, as Asterisk does: so it can be renamed at any moment.
      appendFileSync(deps.file, `${line}\n`, { mode: 0o600 });
    } catch (error) {
      deps.log.error({ err: error, channelId }, "hold could not be written down; it will be unknown for this call");
    }
  };

  const listen = (channelId: string, linkedId: string, fromUs: number) => {
    const oldest = heard.keys().next().value;
    if (heard.size >= MOST_LEGS && oldest !== undefined) heard.delete(oldest);
    heard.set(channelId, { linkedId, fromUs });
  };

  mkdirSync(dirname(deps.file), { recursive: true });
  return {
    onEvent(event) {
      switch (event.type) {
        case "link.up":
          // Its age is told in whole seconds, so this can be a second late, never early: a call of that first second
          // may seem cut off until its next line shows that it is not.
          if (event.startedAt !== undefined) write(RESTART_EVENT, event.startedAt.getTime() * 1000, "", "", "");
          break;
        case "link.down":
          heard.clear();
          break;
        case "leg.started":
          listen(event.leg.channelId, event.leg.linkedId, event.leg.at.getTime() * 1000);
          break;
        case "leg.held": {
          const leg = heard.get(event.channelId);
          if (leg === undefined) break;
          const kind = event.held ? HOLD_EVENT : UNHOLD_EVENT;
          write(kind, event.at.getTime() * 1000, event.linkedId ?? leg.linkedId, event.channelId, "");
          break;
        }
        case "leg.ended": {
          const leg = heard.get(event.channelId);
          heard.delete(event.channelId);
          if (leg === undefined) break;
          // Of a leg that a transfer took into another call, both calls want to know it.
          for (const linkedId of new Set([leg.linkedId, event.linkedId ?? leg.linkedId])) {
            write(LISTENED_EVENT, event.at.getTime() * 1000, linkedId, event.channelId, String(leg.fromUs));
          }
          break;
        }
      }
    },
    onLegsFound(legs) {
      const nowUs = deps.clock.now().getTime() * 1000;
      for (const leg of legs) if (!heard.has(leg.channelId)) listen(leg.channelId, leg.linkedId, nowUs);
    },
  };
}
