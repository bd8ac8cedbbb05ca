import type { Database } from "../db/pool.ts";
import { type Comparison, comparison, type Difference, type TelephoneName } from "../reconcile/comparer.ts";
import { listOpenSessions } from "../sessions/open-session-store.ts";
import { memberPause } from "../sessions/readiness.ts";
import type { Member, Telephony } from "../telephony.ts";
import { type Place, type Repair, repairs } from "./membership.ts";
import { isHeld, readQueueAgents } from "./membership-store.ts";

interface Wanted {
  places: Place[];
  /** Who sits at a telephone, also one who serves no queue any more: what is left of him takes his turn. */
  holders: Map<string, number>;
  /** For words alone. */
  queueNames: Map<number, string>;
}

/** Keeps the telephone system's queue members, their pauses and the reasons equal to the open sessions. */
export function createMemberComparer(deps: { db: Database; telephony: Telephony }): Comparison {
  const { db, telephony } = deps;
  return comparison<Member[], Wanted, Repair>({
    name: "members",
    have: (state) => state.members,
    want: () => readWanted(db),
    compare: (have, { places }) => repairs(places, have),
    describe,
    perform(repair) {
      if (repair.kind === "remove") return telephony.removeMember(repair.queueId, repair.endpoint);
      if (repair.kind === "add") return telephony.addMember(repair.member);
      return telephony.setPaused(repair.endpoint, repair.paused, repair.reason);
    },
    // A place that was left behind rings at a telephone where nobody sits.
    still: async (repair) => repair.kind === "remove" && !(await isHeld(db, repair.endpoint)),
  });
}

async function readWanted(db: Database): Promise<Wanted> {
  const [{ serving, queueNames }, sessions] = await Promise.all([readQueueAgents(db), listOpenSessions(db)]);
  const places = sessions.flatMap((session) => {
    const { agentId, agentName, telephone } = session;
    const { paused, reason: pauseReason } = memberPause(session);
    return (serving.get(agentId) ?? []).map((queueId) => ({
      agentId,
      agentName,
      queueId,
      endpoint: telephone.endpoint,
      paused,
      pauseReason,
    }));
  });
  const holders = new Map(sessions.map(({ telephone, agentId }) => [telephone.endpoint, agentId]));
  return { places, holders, queueNames };
}

function describe(repair: Repair, { places, holders, queueNames }: Wanted, nameOf: TelephoneName): Difference {
  const endpoint = repair.kind === "add" ? repair.member.endpoint : repair.endpoint;
  const agentId = repair.agentId ?? holders.get(endpoint) ?? null;
  const telephone = nameOf(endpoint);
  const who = agentId === null ? null : (places.find((place) => place.agentId === agentId)?.agentName ?? null);
  const inQueue = (queueId: number) => queueNames.get(queueId) ?? `queue ${queueId}`;
  if (repair.kind === "add") {
    const { queueId, agentName } = repair.member;
    return {
      key: `missing q${queueId} ${endpoint}`,
      words: `${agentName} was missing in ${inQueue(queueId)} on ${telephone}.`,
      agentId,
    };
  }
  if (repair.kind === "remove") {
    return {
      key: `left over q${repair.queueId} ${endpoint}`,
      words: `${telephone} was in ${inQueue(repair.queueId)} without belonging there.`,
      agentId,
    };
  }
  const should = repair.paused ? `paused (${repair.reason ?? "no reason"})` : "ready";
  return {
    key: `pause ${endpoint}`,
    words: `${who ?? telephone} should have been ${should} on ${telephone} and was not.`,
    agentId,
  };
}
