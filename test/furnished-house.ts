import type { HandClock } from "./hand-clock.ts";
import { furnish, type SessionHouse, sessionHouse } from "./session-house.ts";

/** A house of sessions with so many agents, telephones and queues, which are counted from 0. */
export interface FurnishedHouse {
  readonly house: SessionHouse;
  readonly ids: { agents: number[]; telephones: number[]; queues: number[] };
  agent(n: number): number;
  telephone(n: number): number;
  endpoint(n: number): string;
  openLeases(): Promise<{ id: number; session_id: number; agent_id: number; telephone_id: number; started_at: Date }[]>;
  /** Nobody sits anywhere, no call goes on, every telephone is registered and the telephone system says yes. */
  clear(): Promise<void>;
}

/** Builds, furnishes and starts it; its `house.close` ends all of it. */
export async function furnishedHouse(
  clock: HandClock,
  count: { agents: number; telephones: number; queues: number },
): Promise<FurnishedHouse> {
  const house = await sessionHouse(clock);
  const ids = await furnish(house.db, count);
  for (const telephoneId of ids.telephones) house.hub.publish({ type: "telephone.changed", telephoneId });
  await house.choices.settled();
  const agent = (n: number) => ids.agents[n] ?? 0;
  const telephone = (n: number) => ids.telephones[n] ?? 0;
  const endpoint = (n: number) => `desk${n + 1}`;
  const openLeases = () => house.db.selectFrom("leases").where("ended_at", "is", null).selectAll().execute();
  return {
    ...{ house, ids, agent, telephone, endpoint, openLeases },
    async clear() {
      house.telephony.setStatus("up");
      house.telephony.refuseNext(null);
      for (const channelId of [...house.telephony.legs.keys()]) house.hangUp(channelId);
      const open = await house.db.selectFrom("sessions").where("ended_at", "is", null).select("agent_id").execute();
      for (const { agent_id } of open) await house.endings.end(agent_id, "released");
      house.register(ids.telephones.map((_, n) => endpoint(n)));
      clock.advance(1000);
      house.telephony.asked.length = 0;
    },
  };
}
