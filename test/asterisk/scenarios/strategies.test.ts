import { afterAll, beforeAll, it } from "vitest";
import type { Agent, Queue } from "../../../contract/views.ts";
import { booksBalance } from "../../rig/books-balance.ts";
import { aMoment, CUSTOMER, hears, over, type ScenarioHouse, startScenarioHouse } from "../../rig/scenario-house.ts";
import { type ExpectedRow, playScenario } from "../../rig/scenario-rows.ts";
import type { SipCall } from "../../rig/sip/sip-call.ts";
import { until } from "../../until.ts";

/** Ring everybody and one after the other have scenarios of their own. */
const STRATEGIES = ["leastrecent", "fewestcalls", "random", "rrmemory", "rrordered", "wrandom"] as const;

let scene: ScenarioHouse;
const queues = new Map<string, Queue>();
const numberOf = (strategy: (typeof STRATEGIES)[number]) => `+39055000200${STRATEGIES.indexOf(strategy)}`;

beforeAll(async () => {
  scene = await startScenarioHouse();
  const { house } = scene;
  for (const strategy of STRATEGIES) {
    queues.set(strategy, await house.queue(`By ${strategy}`, numberOf(strategy), { strategy, ringSeconds: 5 }));
  }
  const added = [...queues.values()].map(({ id }) => id);
  const { rows } = await house.admin.get<{ rows: Agent[] }>("/agents");
  for (const { id, username, queues: before } of rows) {
    if (username !== "anna") await house.admin.patch(`/agents/${id}`, { queues: [...before, ...added] });
  }
  await until("both can be rung from each of them", async () => {
    const shown = await house.console("queue show");
    return (shown.match(/PJSIP\/desk-[23].*?\(Not in use\)/g) ?? []).length >= 2 * (STRATEGIES.length + 2);
  });
}, 120_000);
afterAll(() => scene.stop());

/** Bruno's telephone or Carla's, whichever the queue has chosen. */
const whoRings = (): Promise<{ call: SipCall; desk: 2 | 3 }> =>
  until("one of them rings", () => {
    for (const desk of [2, 3] as const) {
      const call = scene.desk(desk).calls.find(({ state }) => state === "ringing");
      if (call !== undefined) return { call, desk };
    }
    return null;
  });

it.each(STRATEGIES)("a queue of strategy %s: whoever is rung has the row", async (strategy) => {
  await playScenario(scene, `a queue of strategy ${strategy} rings one of two`, async () => {
    const caller = scene.customer(numberOf(strategy));
    const { call, desk } = await whoRings();
    await aMoment();
    call.answer();
    const heard = await hears(caller, scene.desk(desk));
    await aMoment();
    await caller.hangUp();
    await over(call);
    const answered = [call.at("answers"), heard] as const;
    const ended = [caller.at("hangs up"), call.at("sees the end")] as const;
    const row: ExpectedRow = {
      ...{ type: "inbound", source: CUSTOMER, destination: numberOf(strategy), disposition: "ANSWERED" },
      ...{ telephone: `desk-${desk}`, queue: `By ${strategy}`, endedBy: "caller" },
      started: [caller.at("dials"), caller.at("hears the answer")],
      ...{ answered, ended, talked: [[answered, ended]] },
    };
    return [row];
  });
});

it("leaves books that balance", () => booksBalance(scene.house.admin));
