import { randomInt } from "node:crypto";
import { type SippParty, startCallee, startCaller } from "../test/rig/sipp-caller.ts";
import { CONTACTS, QUEUES, STRANGERS } from "./furniture.ts";

/** The trunk's far side: callers come from this loopback address, so that telephones on 127.0.0.1 are told apart. */
export const OUTSIDE = "127.0.0.2";

/** A person at the desk should have time to read: one call every 20 to 45 s, at most three going on. */
const BETWEEN_MS = [20_000, 45_000] as const;
const MOST_AT_ONCE = 3;
/** The first call comes soon enough to be worth waiting for. */
const FIRST_MS = 6_000;
const TALK_MS = [20_000, 90_000] as const;
const PATIENCE_MS = [25_000, 70_000] as const;

const between = ([least, most]: readonly [number, number]) => randomInt(least, most);
const pick = <T>(of: readonly T[]): T => {
  const one = of[randomInt(of.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

export interface Callers {
  stop(): Promise<void>;
}

/** Calls the queues at a human pace, each call a real SIP call through the trunk. Failures are told and do not end it. */
export function startCallers(server: { host: string; port: number }, tell: (line: string) => void): Callers {
  const talking = new Set<SippParty>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const call = async () => {
    const queue = pick(QUEUES);
    const known = randomInt(4) > 0;
    const [name, , number] = known ? pick(CONTACTS) : (["", null, pick(STRANGERS)] as const);
    const caller = await startCaller({
      server,
      to: queue.number,
      from: { number, name },
      address: OUTSIDE,
      talkMs: between(TALK_MS),
      patienceMs: between(PATIENCE_MS),
    });
    talking.add(caller);
    if (stopped) await caller.stop();
    await caller.done;
    talking.delete(caller);
  };
  const next = (afterMs: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      if (talking.size < MOST_AT_ONCE) {
        call().catch((error: unknown) =>
          tell(`a caller could not call: ${error instanceof Error ? error.message : error}`),
        );
      }
      next(between(BETWEEN_MS));
    }, afterMs);
  };
  next(FIRST_MS);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all([...talking].map((caller) => caller.stop()));
    },
  };
}

/** Whoever is called outside: answers after a few seconds, talks a while. */
export function startOutside(port: number): Promise<SippParty> {
  return startCallee({ address: OUTSIDE, port, answerAfterMs: 4_000, talkMs: 60_000 });
}
