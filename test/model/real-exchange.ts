import { createAsteriskTelephony } from "../../server/asterisk/asterisk-telephony.ts";
import { queueName } from "../../server/asterisk/names.ts";
import { type Clock, systemClock } from "../../server/clock.ts";
import { openLog } from "../../server/log.ts";
import type { Telephony, TelephonyEvent } from "../../server/telephony.ts";
import type { AsteriskRig } from "../rig/asterisk-rig.ts";
import type { PlainPhone } from "../rig/plain-phone.ts";
import { until } from "../until.ts";
import type { Exchange, ExchangeWatch } from "./exchange.ts";
import { createHearing, type Hearing } from "./hearing.ts";
import type { Mortal } from "./mortal.ts";
import type { Schedule } from "./schedule.ts";

/** What answers at once; everything else of the port takes its turn in the schedule. */
const AT_ONCE = new Set<string | symbol>(["stop", "onVoice"]);
const LONGEST_MS = 30_000;
/** Whoever may be rung rings within this; where an act crossed it, nobody does. */
const RING_MS = 2000;
/** Where callers come from: they wait there, and the queue is the other end of the line. */
const CALLERS = "callers";

/** What people do, and what befalls it. */
type Deeds = Pick<Exchange, "register" | "ring" | "answer" | "hangUp" | "dropLink" | "crash">;

/** A real Asterisk, with telephones that register, ring and are answered, as the telephone system of a world. */
export interface RealExchange extends Exchange {
  /** Ends all calls, so that the next life begins in silence. */
  end(): Promise<void>;
}

/** A connection of the test's own that is up, and who is told what it hears. */
export interface Observer {
  readonly telephony: Telephony;
  hear(listener: (event: TelephonyEvent) => void): void;
}

/** As it stands: telephones that were registered are so still. */
export async function createRealExchange(options: {
  rig: AsteriskRig;
  schedule: Schedule;
  clock: Clock;
  watch: ExchangeWatch;
  observer: Observer;
  phones: ReadonlyMap<string, PlainPhone>;
}): Promise<RealExchange> {
  const { rig, schedule, clock, watch, observer, phones } = options;
  const log = openLog({ level: "silent" });
  let troubles = 0;
  let startedAt = clock.now();
  let linked: { telephony: Telephony; mortal: Mortal; hearing: Hearing } | null = null;
  const ours = createHearing(clock, () => startedAt);
  observer.hear((event) => {
    ours.take(event);
    if (event.type !== "leg.started" || event.leg.queueId === null) return;
    watch.rung({ endpoint: event.leg.endpoint, agentName: null, at: event.leg.at });
  });

  /** Ours, and that of the server where one runs. */
  const hearings = () => [ours, ...(linked === null || linked.mortal.dead ? [] : [linked.hearing])];
  const untilAll = (what: string, hold: (hearing: Hearing) => boolean, timeoutMs = LONGEST_MS) =>
    until(what, () => hearings().every(hold), { timeoutMs });
  /** Reads by our own connection, which may be lost a second time just now. */
  const steadily = <T>(read: () => Promise<T>) => until("it can be read", read, { timeoutMs: LONGEST_MS });
  const readState = () => steadily(() => observer.telephony.readState());
  const reread = async () => void ours.read(await readState());
  /** Waits until everybody has lost the link by it, and has it again. */
  const losing = async (lose: () => Promise<void>) => {
    const before = new Map(hearings().map((hearing) => [hearing, hearing.ups]));
    await lose();
    await untilAll("the link is up again", (hearing) => hearing.ups > (before.get(hearing) ?? 0));
    await reread();
  };

  await reread();

  const lineFor = (mortal: Mortal): Telephony => {
    void linked?.telephony.stop();
    const telephony = createAsteriskTelephony({ instance: rig.instance, clock: systemClock, log });
    const hearing = createHearing(clock, () => startedAt);
    linked = { telephony, mortal, hearing };
    const start: Telephony["start"] = async (listener) => {
      await telephony.start((heard) => {
        const event = hearing.take(heard);
        if (!mortal.dead) listener(event);
      });
      const isUp = () => mortal.dead || hearing.ups > 0;
      await schedule.run(() => until("the link is up", isUp, { timeoutMs: LONGEST_MS }));
    };
    const readForServer: Telephony["readState"] = async () => hearing.read(await telephony.readState());
    return new Proxy(telephony, {
      get(target, name) {
        if (name === "start") return start;
        const value: unknown = name === "readState" ? readForServer : Reflect.get(target, name);
        if (typeof value !== "function" || AT_ONCE.has(name)) return value;
        return (...given: unknown[]) => mortal.live(schedule.run(() => value.apply(target, given)));
      },
    });
  };

  /** Whether somebody in the queue waits for calls. */
  const mayRing = async (queueId: number) => {
    const { members, legs } = await readState();
    return members.some(
      (one) =>
        one.queueId === queueId &&
        !one.paused &&
        ours.contacts.get(one.endpoint)?.registered === true &&
        legs.every(({ endpoint }) => endpoint !== one.endpoint),
    );
  };
  const phoneOf = (channelId: string) => phones.get(ours.legs.get(channelId)?.endpoint ?? "");

  const deeds: Deeds = {
    async register(endpoint, wanted) {
      const phone = phones.get(endpoint);
      if ((ours.contacts.get(endpoint)?.registered === true) === wanted || phone === undefined) return;
      const status = await (wanted ? phone.register() : phone.unregister());
      // A telephone that was deleted or switched off is not let in.
      if (status !== 200) return;
      const isSo = ({ contacts }: Hearing) => (contacts.get(endpoint)?.registered === true) === wanted;
      await untilAll(`${endpoint} is ${wanted ? "" : "not "}registered`, isSo);
    },
    async ring(queueId) {
      const expected = await mayRing(queueId);
      const ringing = new Set(ours.legs.keys());
      for (const [priority, app] of ["Answer", "Wait,600"].entries())
        await rig.console(`dialplan add extension s,${priority + 1},${app} into ${CALLERS}`);
      await rig.console("module load res_clioriginate");
      const said = await rig.console(`channel originate Local/s@${CALLERS} application Queue ${queueName(queueId)}`);
      if (/No such|Usage/.test(said)) throw new Error(`nobody can call: ${said}`);
      if (!expected) return;
      const isNew = ({ legs }: Hearing) =>
        [...legs.values()].some((leg) => leg.queueId === queueId && !ringing.has(leg.channelId));
      await untilAll("somebody rings", isNew, RING_MS).catch(() => {});
    },
    async answer(channelId) {
      if (ours.legs.get(channelId)?.answeredAt !== null) return;
      phoneOf(channelId)?.answer();
      const isAnswered = ({ legs }: Hearing) => legs.get(channelId)?.answeredAt !== null;
      await untilAll("the call is answered, or over", isAnswered);
    },
    async hangUp(channelId) {
      phoneOf(channelId)?.hangUp();
      await untilAll("the call is over", ({ legs }) => !legs.has(channelId));
    },
    async dropLink() {
      troubles += 1;
      await losing(async () => {
        const connected = await rig.console("manager show connected");
        // Its columns: user, address, start, elapsed, file descriptor …
        for (const [, descriptor] of connected.matchAll(/^\s*perch\s+\S+\s+\d+\s+\d+\s+(\d+)/gm)) {
          await rig.console(`manager kick session ${descriptor}`);
        }
      });
    },
    async crash() {
      troubles += 1;
      watch.crashed();
      await losing(async () => {
        await rig.restart();
        startedAt = clock.now();
        for (const phone of phones.values()) phone.forget();
      });
    },
  };
  return {
    async members() {
      return (await readState()).members;
    },
    seats: () => steadily(() => observer.telephony.readSeats()),
    ...{ contacts: ours.contacts, legs: ours.legs, running: true, lineFor },
    get troubles() {
      return troubles;
    },
    behave() {},
    ...oneByOne(deeds),
    dial() {},
    link() {},
    async end() {
      await linked?.telephony.stop();
      linked = null;
      await rig.console("channel request hangup all");
      for (const phone of phones.values()) phone.forget();
      await until("all calls are over", async () => (await readState()).legs.length === 0);
    },
  };
}

/** The same, one after the other: nobody calls while it is being killed. */
function oneByOne(deeds: Deeds): Deeds {
  let before: Promise<unknown> = Promise.resolve();
  const inTurn =
    <Given extends unknown[]>(deed: (...given: Given) => void | Promise<void>) =>
    (...given: Given): Promise<void> => {
      const mine = before.then(() => deed(...given));
      before = mine.catch(() => {});
      return mine;
    };
  return {
    register: inTurn(deeds.register),
    ring: inTurn(deeds.ring),
    answer: inTurn(deeds.answer),
    hangUp: inTurn(deeds.hangUp),
    dropLink: inTurn(deeds.dropLink),
    crash: inTurn(deeds.crash),
  };
}
