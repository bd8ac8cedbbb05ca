import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AskedFor } from "../../contract/views.ts";
import { handClock } from "../../test/hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "../../test/session-house.ts";
import { until } from "../../test/until.ts";
import { Refusal } from "../refusal.ts";
import { createTakeoverService } from "./takeover-service.ts";

const clock = handClock();
const supervisor = { staffId: 0, role: "supervisor" as const };
let house: SessionHouse;
let ids: { agents: number[]; telephones: number[]; queues: number[] };
const endpoint = (n: number) => `desk${n + 1}`;
const agent = (n: number) => ids.agents[n] ?? 0;
const telephone = (n: number) => ids.telephones[n] ?? 0;
const ANNA = 0;
const LUCA = 1;
const GINA = 2;

beforeAll(async () => {
  house = await sessionHouse(clock);
  ids = await furnish(house.db, { agents: 4, telephones: 4, queues: 2 });
  const sara = { kind: "supervisor" as const, full_name: "Sara", username: "sara" };
  supervisor.staffId = (await house.db.insertInto("staff").values(sara).returning("id").executeTakeFirstOrThrow()).id;
  for (const telephoneId of ids.telephones) house.hub.publish({ type: "telephone.changed", telephoneId });
  await house.choices.settled();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.set({});
  house.telephony.setStatus("up");
  house.hangUp("call");
  for (const agentId of ids.agents) {
    await house.takeovers.withdraw(agentId);
    await house.endings.end(agentId, "released");
  }
  house.register(ids.telephones.map((_, n) => endpoint(n)));
  await house.reconcile.reconcile();
  clock.advance(1000);
  for (const n of [ANNA, LUCA, GINA]) if (!house.desktops.connected(agent(n))) house.desktops.came(agent(n));
  await house.sessions.login(agent(ANNA), { telephoneId: telephone(0) });
});

const ask = async (n: number, at = 0) => {
  const made = await house.takeovers.ask(agent(n), telephone(at));
  if (made instanceof Refusal) throw new Error(made.title);
  return made;
};
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.code : "done");
const answerOf = async (n: number): Promise<AskedFor["answer"] | null> =>
  (await house.takeovers.askedFor(agent(n)))?.answer ?? null;
const seatOf = async (n: number) => (await house.sessions.current(agent(n)))?.telephone.id ?? null;
const lastEnd = (n: number) =>
  house.db
    .selectFrom("sessions")
    .where("agent_id", "=", agent(n))
    .where("ended_at", "is not", null)
    .orderBy("id", "desc")
    .select(["end_reason", "ended_by"])
    .executeTakeFirst();
const members = () => house.telephony.members().map((one) => `${one.agentName} ${one.endpoint} ${one.paused}`);

describe("asking the holder", () => {
  it("shows him who asks until when, and who asked that he waits", async () => {
    const made = await ask(LUCA);
    expect(made).toMatchObject({ answer: "waiting", holder: { id: agent(ANNA) }, telephone: { id: telephone(0) } });
    expect(Date.parse(made.expiresAt) - Date.parse(made.askedAt)).toBe(60_000);
    expect(house.takeovers.askedOf(agent(ANNA))).toEqual({
      id: made.id,
      by: { id: agent(LUCA), name: "Agent 2" },
      askedAt: made.askedAt,
      expiresAt: made.expiresAt,
    });
    expect(await answerOf(LUCA)).toBe("waiting");
  });

  it("is given: who asked sits there in the same instant, and the holder knows who does", async () => {
    const { id } = await ask(LUCA);
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("given");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([null, telephone(0)]);
    expect(await lastEnd(ANNA)).toEqual({ end_reason: "taken-over", ended_by: agent(LUCA) });
    expect(members()).toEqual(Array(2).fill("Agent 2 desk1 false"));
    expect(await answerOf(LUCA)).toBe("given");
    const leases = await house.db.selectFrom("leases").orderBy("id", "desc").limit(2).selectAll().execute();
    expect(leases[0]?.started_at).toEqual(leases[1]?.ended_at);
  });

  it("is kept, by saying so or by saying nothing in time", async () => {
    const { id } = await ask(LUCA);
    expect(await house.takeovers.answer(agent(ANNA), id, "keep")).toBe("kept");
    expect([await seatOf(ANNA), await answerOf(LUCA)]).toEqual([telephone(0), "kept"]);
    expect(codeOf(await house.takeovers.answer(agent(ANNA), id, "give"))).toBe("takeover.over");
    await ask(LUCA);
    clock.advance(60_000);
    await until("the time is over", async () => (await answerOf(LUCA)) === "expired");
    expect(house.takeovers.askedOf(agent(ANNA))).toBeNull();
    expect(await seatOf(ANNA)).toBe(telephone(0));
  });

  it("is the holder's to answer alone", async () => {
    const { id } = await ask(LUCA);
    expect(codeOf(await house.takeovers.answer(agent(GINA), id, "give"))).toBe("takeover.over");
    expect(await answerOf(LUCA)).toBe("waiting");
  });

  it("is for one telephone, and of one agent at a time, however they ask", async () => {
    const answers = await Promise.all([LUCA, GINA, LUCA].map((n) => house.takeovers.ask(agent(n), telephone(0))));
    expect(answers.map(codeOf).sort()).toEqual(["done", "takeover.asked-already", "takeover.asked-already"]);
  });

  it("can be taken back, and an answer put aside", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.withdraw(agent(LUCA));
    expect(house.takeovers.askedOf(agent(ANNA))).toBeNull();
    expect(await answerOf(LUCA)).toBeNull();
    expect(codeOf(await house.takeovers.answer(agent(ANNA), id, "give"))).toBe("takeover.over");
  });

  it("waits for who reloads his page in the instant in which it is given, and is his when he is back", async () => {
    const { id } = await ask(LUCA);
    house.desktops.left(agent(LUCA));
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("when-asker-is-back");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([telephone(0), null]);
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 false"));
    clock.advance(9000);
    house.desktops.came(agent(LUCA));
    await until("he has it", async () => (await answerOf(LUCA)) === "given");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([null, telephone(0)]);
    expect((await house.sessions.current(agent(LUCA)))?.desktopSeenAt).not.toBeNull();
  });

  it("seats nobody who has gone home: he is told so when he is back, and the holder stays", async () => {
    const { id } = await ask(LUCA);
    house.desktops.left(agent(LUCA));
    await house.takeovers.answer(agent(ANNA), id, "give");
    clock.advance(10_000);
    await until("it came to nothing", async () => (await answerOf(LUCA)) === "expired");
    expect(await house.takeovers.askedFor(agent(LUCA))).toMatchObject({ why: "away" });
    house.desktops.came(agent(LUCA));
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([telephone(0), null]);
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 false"));
  });

  it("waits for him too where the holder has left meanwhile, unless somebody else sits there by then", async () => {
    await ask(LUCA);
    house.desktops.left(agent(LUCA));
    await house.endings.logOut(agent(ANNA));
    await until("it is his when he is back", async () => (await answerOf(LUCA)) === "when-call-ends");
    house.desktops.came(agent(LUCA));
    await until("he has it", async () => (await answerOf(LUCA)) === "given");
    await ask(GINA);
    house.desktops.left(agent(GINA));
    await house.endings.logOut(agent(LUCA));
    await until("it is hers when she is back", async () => (await answerOf(GINA)) === "when-call-ends");
    await house.sessions.login(agent(ANNA), { telephoneId: telephone(0) });
    house.desktops.came(agent(GINA));
    await until("it came to nothing", async () => (await answerOf(GINA)) === "expired");
    expect(await house.takeovers.askedFor(agent(GINA))).toMatchObject({ why: "not-possible" });
    expect(await seatOf(ANNA)).toBe(telephone(0));
  });

  it("is over when he sits down elsewhere", async () => {
    await ask(LUCA);
    clock.advance(1000);
    await house.sessions.login(agent(LUCA), { telephoneId: telephone(1) });
    await until("he asks no more", () => house.takeovers.askedOf(agent(ANNA)) === null);
    expect(await seatOf(ANNA)).toBe(telephone(0));
  });

  it("gets the telephone when its holder logs out, moves, or is put out", async () => {
    await ask(LUCA);
    await house.endings.logOut(agent(ANNA));
    // Given is written after he was seated; until then his request stands.
    await until("he has it", async () => (await answerOf(LUCA)) === "given");
    expect(await seatOf(LUCA)).toBe(telephone(0));
    await ask(GINA);
    await house.sessions.move(agent(LUCA), { telephoneId: telephone(2) });
    await until("the next one sits there", async () => (await seatOf(GINA)) === telephone(0));
    expect(await seatOf(LUCA)).toBe(telephone(2));
  });

  it("is refused with the reason, and with when the telephone is free where its holder left", async () => {
    expect(codeOf(await house.takeovers.ask(agent(LUCA), telephone(1)))).toBe("takeover.nobody-to-ask");
    house.set({ takeoverByAsking: false });
    expect(codeOf(await house.takeovers.ask(agent(LUCA), telephone(0)))).toBe("takeover.off");
    house.set({});
    house.desktops.left(agent(ANNA));
    clock.advance(10_000);
    await until("the session is unattended", async () => (await house.sessions.current(agent(ANNA)))?.unattendedSince);
    expect(await house.takeovers.ask(agent(LUCA), telephone(0))).toMatchObject({
      code: "telephone.held",
      facts: { notLoggedOut: true, freeAt: expect.any(String) },
    });
  });

  it("moves an agent who sits elsewhere", async () => {
    await house.sessions.login(agent(LUCA), { telephoneId: telephone(1) });
    clock.advance(1000);
    const { id } = await ask(LUCA);
    const session = await house.sessions.current(agent(LUCA));
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("given");
    expect(await house.sessions.current(agent(LUCA))).toMatchObject({
      id: session?.id,
      telephone: { id: telephone(0) },
    });
  });
});

describe("a holder on a call", () => {
  beforeEach(() => house.dial("call", endpoint(0)));

  it("finishes it first, and nothing rings him meanwhile", async () => {
    const { id } = await ask(LUCA);
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("when-call-ends");
    expect([await seatOf(ANNA), await answerOf(LUCA)]).toEqual([telephone(0), "when-call-ends"]);
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 true"));
    await house.reconcile.reconcile();
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 true"));
    house.hangUp("call");
    await until("he sits there", async () => (await answerOf(LUCA)) === "given");
    expect(members()).toEqual(Array(2).fill("Agent 2 desk1 false"));
  });

  it("who is to be put out with it is so too when who asked does not want the telephone any more", async () => {
    expect(await house.endings.logOutAgent(supervisor, agent(ANNA))).toBe("when-call-ends");
    const { id } = await ask(LUCA);
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("when-call-ends");
    await house.takeovers.withdraw(agent(LUCA));
    expect((await house.sessions.current(agent(ANNA)))?.ending).toMatchObject({ event: "logged-out-by-supervisor" });
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 true"));
    house.hangUp("call");
    await until("she is put out", async () => (await seatOf(ANNA)) === null);
    expect(await lastEnd(ANNA)).toMatchObject({ end_reason: "logged-out-by-supervisor" });
  });

  it("who is to be put out with it makes room for who asked", async () => {
    await house.endings.logOutAgent(supervisor, agent(ANNA));
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    house.hangUp("call");
    await until("he sits there", async () => (await answerOf(LUCA)) === "given");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([null, telephone(0)]);
  });

  it("is rung again when who asked does not want it any more", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    await house.takeovers.withdraw(agent(LUCA));
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 false"));
    house.hangUp("call");
    await house.turns.run([agent(ANNA)], async () => {});
    expect(await seatOf(ANNA)).toBe(telephone(0));
  });

  it("hands over to who is away when the call ends, as soon as he is back", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    house.desktops.left(agent(LUCA));
    clock.advance(60_000);
    house.hangUp("call");
    await house.turns.run([agent(ANNA)], async () => {});
    clock.advance(5000);
    house.desktops.came(agent(LUCA));
    await until("he sits there", async () => (await answerOf(LUCA)) === "given");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([null, telephone(0)]);
  });

  it("goes on working when who asked does not come back", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    house.desktops.left(agent(LUCA));
    house.hangUp("call");
    await until("it came to nothing", async () => {
      clock.advance(10_000);
      return (await answerOf(LUCA)) === "expired";
    });
    await until("she is rung again", () => members().every((one) => one === "Agent 1 desk1 false"));
    house.desktops.came(agent(LUCA));
  });

  it("hands over after a restart of Perch to who finds it again within a minute", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    house.takeovers.stop();
    house.desktops.left(agent(LUCA));
    house.hangUp("call");
    const service = createTakeoverService(house);
    await service.start();
    await house.reconcile.reconcile();
    clock.advance(50_000);
    house.desktops.came(agent(LUCA));
    await until("he sits there", async () => (await answerOf(LUCA)) === "given");
    service.stop();
    await house.takeovers.start();
  });

  it("hands over after a restart of Perch too, also when the call ended meanwhile", async () => {
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    house.takeovers.stop();
    house.hangUp("call");
    const service = createTakeoverService(house);
    await service.start();
    await house.reconcile.reconcile();
    await until("he sits there", async () => (await answerOf(LUCA)) === "given");
    expect(await seatOf(LUCA)).toBe(telephone(0));
    service.stop();
    await house.takeovers.start();
  });
});

it("a holder whose telephone waits for nobody any more goes on after a restart", async () => {
  house.dial("call", endpoint(0));
  const { id } = await ask(LUCA);
  await house.takeovers.answer(agent(ANNA), id, "give");
  house.takeovers.stop();
  const expired = { answer: "expired" as const, closed_at: clock.now() };
  await house.db.updateTable("takeover_requests").set(expired).where("id", "=", id).execute();
  expect(members()).toEqual(Array(2).fill("Agent 1 desk1 true"));
  await house.takeovers.start();
  expect(members()).toEqual(Array(2).fill("Agent 1 desk1 false"));
  expect((await house.sessions.current(agent(ANNA)))?.ending).toBeNull();
});

describe("a supervisor gives", () => {
  it("the telephone to who asks for it, or to whom he names", async () => {
    expect(codeOf(await house.takeovers.give(supervisor, telephone(0), null))).toBe("takeover.nobody-asks");
    await ask(LUCA);
    expect(await house.takeovers.give(supervisor, telephone(0), null)).toBe("given");
    expect(await seatOf(LUCA)).toBe(telephone(0));
    expect(await house.takeovers.give(supervisor, telephone(0), agent(GINA))).toBe("given");
    expect([await seatOf(LUCA), await seatOf(GINA)]).toEqual([null, telephone(0)]);
    expect(await house.takeovers.give(supervisor, telephone(1), agent(LUCA))).toBe("given");
    const audit = await house.db.selectFrom("audit").where("action", "=", "telephone.give").selectAll().execute();
    expect(audit.at(-1)).toMatchObject({ actor_id: supervisor.staffId, facts: { agentId: agent(LUCA) } });
  });

  it("it over the head of another who asked, who is told", async () => {
    await ask(LUCA);
    expect(await house.takeovers.give(supervisor, telephone(0), agent(GINA))).toBe("given");
    expect(await seatOf(GINA)).toBe(telephone(0));
    expect(await house.takeovers.askedFor(agent(LUCA))).toMatchObject({
      answer: "expired",
      why: "given-to-another",
      instead: { by: { id: supervisor.staffId, name: "Sara" }, to: { id: agent(GINA) } },
    });
  });

  it("it to another than was promised it, who is told who changed it", async () => {
    house.dial("call", endpoint(0));
    const { id } = await ask(LUCA);
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("when-call-ends");
    expect(await house.takeovers.give(supervisor, telephone(0), agent(GINA))).toBe("when-call-ends");
    expect(await house.takeovers.askedFor(agent(LUCA))).toMatchObject({
      answer: "expired",
      why: "given-to-another",
      instead: { by: { name: "Sara" }, to: { name: "Agent 3" } },
    });
    expect((await house.sessions.current(agent(ANNA)))?.ending).toMatchObject({ by: { id: agent(GINA) } });
    expect(members()).toEqual(Array(2).fill("Agent 1 desk1 true"));
    house.hangUp("call");
    await until("she sits there", async () => (await seatOf(GINA)) === telephone(0));
    expect(await seatOf(LUCA)).toBeNull();
    expect(await lastEnd(ANNA)).toEqual({ end_reason: "taken-over", ended_by: agent(GINA) });
  });

  it("it to nobody who may not sit there, and then a promise stands", async () => {
    house.dial("call", endpoint(0));
    const { id } = await ask(LUCA);
    await house.takeovers.answer(agent(ANNA), id, "give");
    await house.db.updateTable("agents").set({ hotdesk: false }).where("staff_id", "=", agent(GINA)).execute();
    expect(codeOf(await house.takeovers.give(supervisor, telephone(0), agent(GINA)))).toBe("telephone.personal");
    await house.db.updateTable("agents").set({ hotdesk: true }).where("staff_id", "=", agent(GINA)).execute();
    expect(await answerOf(LUCA)).toBe("when-call-ends");
    house.hangUp("call");
    await until("he sits there", async () => (await seatOf(LUCA)) === telephone(0));
  });

  it("it to nobody who may not sit there, and then who was promised it and is away has it when he is back", async () => {
    const { id } = await ask(LUCA);
    house.desktops.left(agent(LUCA));
    expect(await house.takeovers.answer(agent(ANNA), id, "give")).toBe("when-asker-is-back");
    await house.db.updateTable("agents").set({ hotdesk: false }).where("staff_id", "=", agent(GINA)).execute();
    expect(codeOf(await house.takeovers.give(supervisor, telephone(0), agent(GINA)))).toBe("telephone.personal");
    await house.db.updateTable("agents").set({ hotdesk: true }).where("staff_id", "=", agent(GINA)).execute();
    house.desktops.came(agent(LUCA));
    await until("he has it", async () => (await answerOf(LUCA)) === "given");
    expect([await seatOf(ANNA), await seatOf(LUCA)]).toEqual([null, telephone(0)]);
  });

  it("it to somebody at once where who was to have it is away", async () => {
    await ask(LUCA);
    house.desktops.left(agent(LUCA));
    await house.endings.logOut(agent(ANNA));
    await until("it is his when he is back", async () => (await answerOf(LUCA)) === "when-call-ends");
    expect(await house.takeovers.give(supervisor, telephone(0), agent(GINA))).toBe("given");
    house.desktops.came(agent(LUCA));
    expect(await house.takeovers.askedFor(agent(LUCA))).toMatchObject({ why: "given-to-another" });
    expect(await seatOf(GINA)).toBe(telephone(0));
  });

  it("it after the call that goes on there", async () => {
    house.dial("call", endpoint(0));
    expect(await house.takeovers.give(supervisor, telephone(0), agent(LUCA))).toBe("when-call-ends");
    house.hangUp("call");
    await until("he sits there", async () => (await seatOf(LUCA)) === telephone(0));
  });

  it("it only to an agent who may sit there", async () => {
    await house.db.updateTable("agents").set({ hotdesk: false }).where("staff_id", "=", agent(GINA)).execute();
    expect(codeOf(await house.takeovers.give(supervisor, telephone(0), agent(GINA)))).toBe("telephone.personal");
    await house.db.updateTable("agents").set({ hotdesk: true }).where("staff_id", "=", agent(GINA)).execute();
    expect(codeOf(await house.takeovers.give(supervisor, telephone(0), telephone(1)))).toBe("session.not-an-agent");
    expect(await seatOf(ANNA)).toBe(telephone(0));
  });
});
