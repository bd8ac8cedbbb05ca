import type { Queue } from "../contract/views.ts";
import { startHouse } from "../test/rig/house-rig.ts";
import { until } from "../test/until.ts";
import type { Bench } from "./figure.ts";
import { spread } from "./figure.ts";
import { inOwnProcess } from "./own-process.ts";

const AGENTS = 4;
const LOGINS_EACH = 50;
const QUEUES = 3;

/**
 * From `POST /session` to the agent's members unpaused in a real Asterisk: the answer comes when Asterisk has
 * acknowledged that, and the first login of each agent is looked up in Asterisk's own tool as well.
 */
export const bench: Bench = async (print) => {
  print("starting Perch with a real Asterisk and real telephones");
  const house = await startHouse({ databaseUrl: null }, inOwnProcess);
  try {
    const queues: Queue[] = [];
    for (let n = 0; n < QUEUES; n += 1) queues.push(await house.queue(`queue ${n}`, `90${n}`));
    const seats = [];
    for (let n = 0; n < AGENTS; n += 1) {
      await house.agent(`agent${n}`, `Agent ${n}`, queues);
      seats.push({ telephone: await house.telephone(`desk${n}`), api: await house.signIn(`agent${n}`) });
    }
    print(`${AGENTS} agents log in and out ${LOGINS_EACH} times each, all at once, in ${QUEUES} queues`);
    const samples: number[] = [];
    await Promise.all(
      seats.map(async ({ telephone, api }) => {
        for (let n = 0; n < LOGINS_EACH; n += 1) {
          const from = performance.now();
          await api.post("/session", { telephoneId: telephone.id });
          samples.push(performance.now() - from);
          if (n === 0) {
            const member = `PJSIP/${telephone.username}`;
            await until(`${telephone.username} is ready in Asterisk`, async () => {
              const lines = (await house.console("queue show")).split("\n").filter((line) => line.includes(member));
              return lines.length === QUEUES && lines.every((line) => !line.includes("paused"));
            });
          }
          await api.remove("/session");
        }
      }),
    );
    return spread("POST /session to unpaused", samples, "ms", 300);
  } finally {
    await house.stop();
  }
};
