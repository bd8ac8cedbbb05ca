import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PauseHouse, pauseHouse } from "../../test/pause-house.ts";
import { tellOfCall } from "../../test/told-call.ts";
import { until } from "../../test/until.ts";

let desk: PauseHouse;
beforeAll(async () => {
  desk = await pauseHouse();
  // The journal knows a telephone from when it was made on.
  await sql`update staff set created_at = '2026-01-01'`.execute(desk.house.db);
});
afterAll(() => desk.close());
beforeEach(() => desk.begin());
afterEach(() => desk.clear());

const SECONDS = 1000;
/** The second agent too, a minute and more before anything ends. */
const sitDownBoth = async () => {
  await desk.house.sessions.login(desk.agent(1), { telephoneId: desk.telephone(1) });
  desk.clock.advance(70 * SECONDS);
};

/** The journal tells of an agent's call that a queue brought, and that ended so many seconds ago. */
const journalTells = (endedAgoS: number, queueId: number | null = desk.ids.queues[0] ?? 0, n = 0) => {
  const at = (agoS: number) => new Date(desk.clock.now().getTime() - agoS * SECONDS);
  const times = { startedAt: at(endedAgoS + 20), answeredAt: at(endedAgoS + 15), endedAt: at(endedAgoS) };
  return tellOfCall(desk.house.db, { endpoint: desk.endpoint(n), queueId, ...times });
};
const folded = async (endedAgoS: number, queueId?: number | null, n?: number) => {
  const { linkedId, legId } = await journalTells(endedAgoS, queueId, n);
  desk.house.hub.publish({ type: "call.folded", linkedId });
  return { linkedId, legId };
};
const wrapUp = async (n = 0) => (await desk.session(n))?.causes.find(({ cause }) => cause === "wrap-up") ?? null;
const dueInS = async () => ((await wrapUp())?.dueAt?.getTime() ?? Number.NaN) - desk.clock.now().getTime();
/** The next call that is told of, the second agent's, is wrapped up: so everything before it was looked at. */
const allIsLookedAt = async () => {
  await folded(1, desk.ids.queues[0], 1);
  await until("the next one is wrapped up", () => wrapUp(1));
  await desk.settled();
};

describe("a call that ended while Perch was away", () => {
  it("is wrapped up for the rest of its time from the hang-up on", async () => {
    desk.clock.advance(100 * SECONDS);
    const back = await desk.restart(() => desk.clock.advance(10 * SECONDS));
    await back.read();
    await folded(10);
    await until("the wrap-up begins", wrapUp);
    expect(await dueInS()).toBe(20 * SECONDS);
    expect((await wrapUp())?.since).toEqual(new Date(desk.clock.now().getTime() - 10 * SECONDS));
    await until("nothing rings him", () => desk.paused().join() === "true,true");
    desk.clock.advance(20 * SECONDS);
    await until("it ends", async () => (await wrapUp()) === null);
    await until("he is rung again", () => desk.paused().join() === "false,false");
    await back.end();
  });

  it("is wrapped up too where the journal was read before Perch went away", async () => {
    desk.clock.advance(100 * SECONDS);
    await journalTells(5);
    const back = await desk.restart();
    await until("the wrap-up begins", wrapUp);
    expect(await dueInS()).toBe(25 * SECONDS);
    await back.end();
  });

  it("is not where the time is over, it was none of a queue's, or was of another session", async () => {
    await sitDownBoth();
    const back = await desk.restart();
    await back.read();
    await folded(31);
    await folded(5, null);
    await folded(90);
    await allIsLookedAt();
    expect(await wrapUp()).toBeNull();
    await back.end();
  });

  it("is not where he talks again already", async () => {
    await sitDownBoth();
    desk.house.dial("call", desk.endpoint(0));
    const back = await desk.restart();
    await back.read();
    await folded(5);
    await allIsLookedAt();
    expect(await wrapUp()).toBeNull();
    await back.end();
  });

  it("is not looked for in the journal once every wrap-up of then is over", async () => {
    const back = await desk.restart();
    await back.read();
    desk.clock.advance(601 * SECONDS);
    await folded(5);
    desk.house.hub.publish({ type: "telephony.changed" });
    await folded(4);
    await until("only what ended after the new link is wrapped up", wrapUp);
    expect(await dueInS()).toBe(26 * SECONDS);
    await back.end();
  });

  it("is wrapped up once: a wrap-up that he ended does not come back with the journal", async () => {
    await sitDownBoth();
    const back = await desk.restart();
    await back.read();
    const { linkedId } = await folded(5);
    await until("the wrap-up begins", wrapUp);
    await desk.pauses.endWrapUp(desk.agent(0));
    desk.house.hub.publish({ type: "call.folded", linkedId });
    await allIsLookedAt();
    expect(await wrapUp()).toBeNull();
    await back.end();
  });

  it("is not where a later call was wrapped up already, be that over", async () => {
    await sitDownBoth();
    const back = await desk.restart();
    await back.read();
    await folded(5);
    await until("the wrap-up of the later one begins", wrapUp);
    await desk.pauses.endWrapUp(desk.agent(0));
    await folded(12);
    await allIsLookedAt();
    expect(await wrapUp()).toBeNull();
    await back.end();
  });
});
