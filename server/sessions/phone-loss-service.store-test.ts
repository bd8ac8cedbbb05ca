import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handClock } from "../../test/hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import type { LegOutcome } from "../telephony.ts";
import { createPhoneLossService, type PhoneLossService } from "./phone-loss-service.ts";

const clock = handClock();
let house: SessionHouse;
let ids: { agents: number[]; telephones: number[]; queues: number[] };
let calls = 0;
const endpoint = (n: number) => `desk${n + 1}`;
const agent = (n: number) => ids.agents[n] ?? 0;
const telephone = (n: number) => ids.telephones[n] ?? 0;

beforeAll(async () => {
  house = await sessionHouse(clock);
  ids = await furnish(house.db, { agents: 4, telephones: 4, queues: 2 });
  for (const telephoneId of ids.telephones) house.hub.publish({ type: "telephone.changed", telephoneId });
  await house.choices.settled();
  await house.db.insertInto("pause_reasons").values({ name: "Lunch" }).execute();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.set({});
  house.telephony.setStatus("up");
  house.telephony.refuseNext(null);
  for (const agentId of ids.agents) await house.endings.end(agentId, "released");
  house.register(ids.telephones.map((_, n) => endpoint(n)));
  await house.reconcile.reconcile();
  clock.advance(1000);
  await house.sessions.login(agent(0), { telephoneId: telephone(0) });
  await house.phoneLoss.settled();
});

const causes = async (n = 0) => (await house.sessions.current(agent(n)))?.causes ?? null;
/** What he is suspended for, and whether the telephone system would ring him. */
const standing = async (n = 0) => {
  await house.phoneLoss.settled();
  const lost = (await causes(n))?.find(({ cause }) => cause === "phone-lost");
  const members = house.telephony.members().filter((member) => member.endpoint === endpoint(n));
  const paused = members.every((member) => member.paused);
  expect(members).toHaveLength(2);
  return `${lost === undefined ? "offered calls" : lost.reason}${paused ? ", paused" : ""}`;
};
const later = async (ms: number) => {
  await house.phoneLoss.settled();
  clock.advance(ms);
  await house.phoneLoss.settled();
};
const rung = async (...outcomes: LegOutcome[]) => {
  for (const outcome of outcomes) {
    calls += 1;
    house.ring(`ring-${calls}`, endpoint(0), ids.queues[0]);
    house.hangUp(`ring-${calls}`, outcome);
  }
  await house.phoneLoss.settled();
};
const audited = async (action: string) =>
  (await house.db.selectFrom("audit").where("action", "=", action).selectAll().execute()).length;

describe("a telephone that goes", () => {
  it("suspends its agent after the grace, and he is offered calls again when it has been back for a while", async () => {
    const before = [await audited("session.suspend"), await audited("session.resume")];
    house.register([endpoint(0)], false);
    await later(9000);
    expect(await standing()).toBe("offered calls");
    expect(house.phoneLoss.signal(agent(0))).toMatchObject({ why: "not-registered", resumesAt: null });
    await later(1000);
    expect(await standing()).toBe("not-registered, paused");
    house.register([endpoint(0)]);
    await later(9000);
    expect(await standing()).toBe("not-registered, paused");
    expect(house.phoneLoss.signal(agent(0)).resumesAt).toEqual(new Date(clock.now().getTime() + 1000));
    await later(1000);
    expect(await standing()).toBe("offered calls");
    expect(house.phoneLoss.signal(agent(0))).toEqual({ lostSince: null, why: null, resumesAt: null });
    expect([await audited("session.suspend"), await audited("session.resume")]).toEqual(before.map((n) => n + 1));
  });

  it("for less than the grace suspends nobody", async () => {
    house.register([endpoint(0)], false);
    await later(9000);
    house.register([endpoint(0)]);
    await later(60_000);
    expect(await standing()).toBe("offered calls");
  });

  it("says whether it signed off or does not answer any more", async () => {
    const silent = { endpoint: endpoint(0), registered: false, address: "10.0.0.9:5060", roundTripMs: null };
    house.hear({ type: "contact.changed", contact: { ...silent, userAgent: null } });
    await later(10_000);
    expect(await standing()).toBe("unreachable, paused");
  });

  it("again and again has to stay longer each time, and never for ever", async () => {
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      house.register([endpoint(0)], false);
      await later(10_000);
      house.register([endpoint(0)]);
      await house.phoneLoss.settled();
      const resumesAt = house.phoneLoss.signal(agent(0)).resumesAt?.getTime() ?? 0;
      waits.push((resumesAt - clock.now().getTime()) / 1000);
    }
    expect(waits).toEqual([10, 10, 10, 20, 40, 80]);
    await later(80_000);
    expect(await standing()).toBe("offered calls");
  });

  it("leaves his break alone, and ending the break leaves him suspended", async () => {
    await house.pauses.pause(agent(0), "Lunch");
    house.register([endpoint(0)], false);
    await later(10_000);
    await house.pauses.resume(agent(0));
    expect(await standing()).toBe("not-registered, paused");
    await house.pauses.pause(agent(0), "Lunch");
    house.register([endpoint(0)]);
    await later(10_000);
    expect((await causes())?.map(({ cause }) => cause)).toEqual(["break"]);
    expect(await standing()).toBe("offered calls, paused");
  });

  it("never logs him out, however long it is away", async () => {
    house.register([endpoint(0)], false);
    await later(24 * 3600_000);
    expect(await standing()).toBe("not-registered, paused");
    house.register([endpoint(0)]);
    await later(10_000);
    expect(await standing()).toBe("offered calls");
  });

  it("is left behind by moving to another", async () => {
    house.register([endpoint(0)], false);
    await later(10_000);
    await house.sessions.move(agent(0), { telephoneId: telephone(1) });
    await until("he is offered calls there", async () => (await causes())?.length === 0);
    house.register([endpoint(0)]);
    await later(10_000);
    expect(await causes()).toEqual([]);
  });

  it("is suspended for in the end although the telephone system refused it first", async () => {
    house.register([endpoint(0)], false);
    await house.phoneLoss.settled();
    house.telephony.refuseNext("setPaused", "no");
    await later(10_000);
    expect(await causes()).toEqual([]);
    await later(5000);
    expect(await standing()).toBe("not-registered, paused");
  });
});

describe("two signals", () => {
  it("a desktop that comes and goes has no part in it, nor the telephone in the desktop's", async () => {
    house.desktops.came(agent(0));
    await until("the desktop is known", async () => (await house.sessions.current(agent(0)))?.desktopSeenAt);
    house.register([endpoint(0)], false);
    await later(10_000);
    house.desktops.left(agent(0));
    await later(10_000);
    await until("the session is unattended", async () => (await house.sessions.current(agent(0)))?.unattendedSince);
    expect(await standing()).toBe("not-registered, paused");
    house.register([endpoint(0)]);
    await later(10_000);
    expect(await standing()).toBe("offered calls");
    expect((await house.sessions.current(agent(0)))?.unattendedSince).not.toBeNull();
  });

  it("a session that never had a desktop goes on by its telephone alone", async () => {
    expect((await house.sessions.current(agent(0)))?.desktopSeenAt).toBeNull();
    house.register([endpoint(0)], false);
    await later(10_000);
    house.register([endpoint(0)]);
    await later(24 * 3600_000);
    expect(await standing()).toBe("offered calls");
    expect((await house.sessions.current(agent(0)))?.unattendedSince).toBeNull();
  });
});

describe("rings that nobody answers", () => {
  it("suspend until he presses Ready, whatever the telephone does", async () => {
    await rung("unanswered", "unanswered");
    expect(await standing()).toBe("offered calls");
    await rung("unanswered");
    expect(await standing()).toBe("missed-calls, paused");
    house.register([endpoint(0)], false);
    await later(10_000);
    house.register([endpoint(0)]);
    await later(60_000);
    expect(await standing()).toBe("missed-calls, paused");
    const open = await house.pauses.resume(agent(0));
    expect(open).toMatchObject({ causes: [] });
    expect(await standing()).toBe("offered calls");
  });

  it("count only in a row, and not when a call was taken back", async () => {
    await rung("unanswered", "unanswered", "answered", "unanswered", "unanswered", "withdrawn");
    expect(await standing()).toBe("offered calls");
    await house.pauses.resume(agent(0));
    await rung("unanswered", "unanswered");
    expect(await standing()).toBe("offered calls");
    house.set({ missedCallsBeforeSuspend: null });
    await rung("unanswered", "unanswered", "unanswered");
    expect(await standing()).toBe("offered calls");
  });
});

describe("calls that do not reach a registered telephone", () => {
  it("suspend for the time of proving itself, longer each time", async () => {
    await rung("failed", "failed");
    expect(await standing()).toBe("failed-calls, paused");
    await later(10_000);
    expect(await standing()).toBe("offered calls");
    for (let n = 0; n < 3; n += 1) {
      await rung("failed", "failed");
      await later(10_000);
    }
    expect(await standing()).toBe("failed-calls, paused");
    await later(10_000);
    expect(await standing()).toBe("offered calls");
  });
});

describe("what restarts", () => {
  const again = async (whileAway: () => unknown): Promise<PhoneLossService> => {
    await house.phoneLoss.stop();
    await whileAway();
    const service = createPhoneLossService({ ...house, pauses: house.pauses });
    await service.start();
    return service;
  };
  /** The house's own takes over again, with what is known by then. */
  const back = async (service: PhoneLossService) => {
    await service.settled();
    await service.stop();
    await house.phoneLoss.start();
  };
  const settledIn = async (service: PhoneLossService, ms: number) => {
    await service.settled();
    clock.advance(ms);
    await service.settled();
  };

  it("Perch: a grace that ran goes on, and a telephone lost meanwhile is lost", async () => {
    house.register([endpoint(0)], false);
    await later(5000);
    const service = await again(() => clock.advance(60_000));
    await settledIn(service, 10_000);
    expect((await causes())?.map(({ reason }) => reason)).toEqual(["not-registered"]);
    const other = await again(async () => {
      await service.stop();
      house.register([endpoint(0)]);
    });
    await settledIn(other, 0);
    expect((await causes())?.map(({ reason }) => reason)).toEqual(["not-registered"]);
    await settledIn(other, 10_000);
    expect(await causes()).toEqual([]);
    await back(other);
  });

  it("Perch: who is silent stays so", async () => {
    await rung("unanswered", "unanswered", "unanswered");
    const service = await again(() => {});
    await settledIn(service, 60_000);
    expect((await causes())?.map(({ reason }) => reason)).toEqual(["missed-calls"]);
    await house.pauses.resume(agent(0));
    await settledIn(service, 60_000);
    expect(await causes()).toEqual([]);
    await back(service);
  });

  it("the telephone system: no clock runs while it is away, and telephones have time to come back", async () => {
    house.register([endpoint(0)], false);
    await later(5000);
    house.hear({ type: "link.down", why: "it restarts" });
    await later(3600_000);
    expect(await causes()).toEqual([]);
    house.hear({ type: "link.up" });
    house.telephony.contacts.clear();
    await house.reconcile.reconcile();
    await later(29_000);
    expect(await causes()).toEqual([]);
    house.register([endpoint(0)]);
    await later(60_000);
    expect(await standing()).toBe("offered calls");
  });

  it("the telephone system: one that does not come back is lost", async () => {
    house.hear({ type: "link.down", why: "it restarts" });
    house.hear({ type: "link.up" });
    house.telephony.contacts.clear();
    await house.reconcile.reconcile();
    await later(30_000);
    expect(await standing()).toBe("not-registered, paused");
  });
});
