import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FurnishedHouse, furnishedHouse } from "../../test/furnished-house.ts";
import { handClock } from "../../test/hand-clock.ts";
import type { SessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";

const clock = handClock();
let furnished: FurnishedHouse;
let house: SessionHouse;
const agent = (n: number) => furnished.agent(n);
const telephone = (n: number) => furnished.telephone(n);
const openLeases = () => furnished.openLeases();
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
beforeAll(async () => {
  furnished = await furnishedHouse(clock, { agents: 2, telephones: 2, queues: 2 });
  house = furnished.house;
  await house.reconcile.reconcile();
});
afterAll(() => house.close());
beforeEach(() => furnished.clear());

/** Since when the first agent's desktop is gone; read in his turn, so that what is planned with the mark is planned. */
const unattended = () =>
  house.turns.run([agent(0)], async () => (await house.sessions.current(agent(0)))?.unattendedSince ?? null);

describe("an agent whose desktop vanished", () => {
  beforeEach(async () => {
    house.desktops.came(agent(0));
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    house.desktops.left(agent(0));
  });

  it("keeps his telephone, marked, until the timeout frees it", async () => {
    const left = clock.now();
    clock.advance(10_000);
    expect(await until("the session is unattended", unattended)).toEqual(left);
    await house.choices.settled();
    expect(await house.sessions.login(agent(1), { telephoneId: telephone(0) })).toMatchObject({
      code: "telephone.held",
      facts: { notLoggedOut: true, freeAt: new Date(left.getTime() + 900_000).toISOString() },
    });
    clock.advance(890_000);
    await until("the telephone is free", async () => (await openLeases()).length === 0);
    const last = await house.db.selectFrom("leases").orderBy("id", "desc").select("end_reason").executeTakeFirst();
    expect(last?.end_reason).toBe("disconnected");
    expect(house.telephony.members()).toEqual([]);
  });

  it("has lost nothing when he is back within the grace", async () => {
    clock.advance(9000);
    house.desktops.came(agent(0));
    clock.advance(900_000);
    await house.turns.run([agent(0)], async () => {});
    expect(await unattended()).toBeNull();
    expect(await openLeases()).toHaveLength(1);
    house.desktops.left(agent(0));
  });

  it("takes his session up again from any browser", async () => {
    clock.advance(10_000);
    await until("the session is unattended", unattended);
    house.desktops.came(agent(0));
    await until("the mark is gone", async () => (await unattended()) === null);
    expect(codeOf(await house.sessions.login(agent(0), { telephoneId: telephone(1) }))).toBe("session.already-open");
    house.desktops.left(agent(0));
  });

  it("is not put out while his telephone is on a call, but when the call ends", async () => {
    house.dial("1", "desk1");
    clock.advance(10_000);
    await until("the session is unattended", unattended);
    clock.advance(900_000);
    await house.turns.run([agent(0)], async () => {});
    expect(await openLeases()).toHaveLength(1);
    house.hangUp("1");
    await until("the telephone is free", async () => (await openLeases()).length === 0);
  });
});

describe("a session that was begun by telephone", () => {
  beforeEach(() => house.sessions.login(agent(0), { telephoneId: telephone(0), byTelephone: true }));
  const desktopComesAndGoes = async () => {
    house.desktops.came(agent(0));
    await until("the desktop was seen", async () => (await house.sessions.current(agent(0)))?.desktopSeenAt !== null);
    house.desktops.left(agent(0));
    clock.advance(10_000);
    await house.turns.run([agent(0)], async () => {});
  };

  it("goes on when a desktop was opened and closed", async () => {
    await desktopComesAndGoes();
    expect(await unattended()).toBeNull();
    clock.advance(900_000);
    await house.turns.run([agent(0)], async () => {});
    expect(await openLeases()).toHaveLength(1);
  });

  it("needs its desktop from when the agent moved to another telephone there", async () => {
    await house.sessions.move(agent(0), { telephoneId: telephone(1) });
    await desktopComesAndGoes();
    await until("the session is unattended", unattended);
    clock.advance(900_000);
    await until("the telephone is free", async () => (await openLeases()).length === 0);
  });
});

describe("a desktop that dies as soon as it has connected", () => {
  const flash = () => {
    house.desktops.came(agent(0));
    house.desktops.left(agent(0));
  };
  const isFreedInTheEnd = async () => {
    clock.advance(10_000);
    await until("the session is unattended", unattended);
    clock.advance(900_000);
    await until("the telephone is free", async () => (await openLeases()).length === 0);
  };

  it("has been seen, and its telephone is freed in the end", async () => {
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    flash();
    await until("it is written down", async () => (await house.sessions.current(agent(0)))?.desktopSeenAt);
    await isFreedInTheEnd();
  });

  it("frees the telephone it was just logging in on", async () => {
    const login = house.sessions.login(agent(0), { telephoneId: telephone(0) });
    flash();
    await login;
    await isFreedInTheEnd();
  });

  it("does not make a session attended that was not, nor lengthen its wait", async () => {
    house.desktops.came(agent(0));
    await house.sessions.login(agent(0), { telephoneId: telephone(0) });
    house.desktops.left(agent(0));
    const left = clock.now();
    clock.advance(10_000);
    await until("the session is unattended", unattended);
    clock.advance(880_000);
    flash();
    await house.turns.run([agent(0)], async () => {});
    expect(await house.sessions.current(agent(0))).toMatchObject({ unattendedSince: left });
    clock.advance(10_000);
    await until("the telephone is free", async () => {
      clock.advance(0);
      return (await openLeases()).length === 0;
    });
  });
});

it("a session of a program, which never had a desktop, does not go unattended", async () => {
  await house.sessions.login(agent(0), { telephoneId: telephone(0) });
  clock.advance(3_600_000);
  await house.turns.run([agent(0)], async () => {});
  expect(await house.sessions.current(agent(0))).toMatchObject({ unattendedSince: null });
});
