import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony } from "../../server/telephony.ts";
import type { AsteriskRig } from "../rig/asterisk-rig.ts";
import { until } from "../until.ts";
import type { Exchange } from "./exchange.ts";
import type { Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

/** What answers at once; everything else of the port takes its turn in the schedule. */
const AT_ONCE = new Set<string | symbol>(["stop", "onVoice"]);
const LONGEST_MS = 30_000;

/**
 * A real Asterisk as the telephone system of a world: what the server asks goes to it, and what it holds is read of it.
 * No telephone is plugged in, so that any may be chosen and taken over; there are no calls.
 */
export interface RealExchange extends Exchange {
  end(): Promise<void>;
}

/** `observer` is a connection of the test's own that is up. */
export function createRealExchange(options: {
  rig: AsteriskRig;
  schedule: Schedule;
  observer: Telephony;
}): RealExchange {
  const { rig, schedule, observer } = options;
  const log = openLog({ level: "silent" });
  let linked: { telephony: Telephony; mortal: Mortal } | null = null;
  let troubled = false;

  const untilUp = async () => {
    const mine = linked;
    await until(
      "the link is up",
      () => observer.status === "up" && (mine === null || mine.mortal.dead || mine.telephony.status === "up"),
      { timeoutMs: LONGEST_MS },
    );
  };
  const lineFor = (mortal: Mortal): Telephony => {
    void linked?.telephony.stop();
    const telephony = createAsteriskTelephony({ instance: rig.instance, clock: systemClock, log });
    linked = { telephony, mortal };
    const start: Telephony["start"] = async (listener) => {
      await telephony.start((event) => {
        if (!mortal.dead) listener(event);
      });
      await schedule.run(untilUp);
    };
    return new Proxy(telephony, {
      get(target, name) {
        if (name === "start") return start;
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function" || AT_ONCE.has(name)) return value;
        return (...given: unknown[]) => mortal.live(schedule.run(() => value.apply(target, given)));
      },
    });
  };
  return {
    async members() {
      return (await observer.readState()).members;
    },
    seats: () => observer.readSeats(),
    contacts: new Map(),
    legs: new Map(),
    running: true,
    troubles() {
      const were = troubled;
      troubled = false;
      return were;
    },
    behave() {},
    lineFor,
    register() {},
    ring: () => null,
    dial() {},
    answer() {},
    hangUp() {},
    dropLink() {
      troubled = true;
      void schedule.run(async () => {
        const connected = await rig.console("manager show connected");
        // Its columns: user, address, start, elapsed, file descriptor …
        for (const [, descriptor] of connected.matchAll(/^\s*perch\s+\S+\s+\d+\s+\d+\s+(\d+)/gm)) {
          await rig.console(`manager kick session ${descriptor}`);
        }
        await untilUp();
      });
    },
    link() {},
    crash() {
      troubled = true;
      void schedule.run(async () => {
        await rig.restart();
        await untilUp();
      });
    },
    async end() {
      await linked?.telephony.stop();
      linked = null;
    },
  };
}
