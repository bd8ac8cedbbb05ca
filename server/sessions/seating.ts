import { Refusal } from "../refusal.ts";
import type { Answer, Telephony } from "../telephony.ts";

/** A telephone's place in the queues of who sits at it. */
export interface Place {
  endpoint: string;
  agentName: string;
  queueIds: number[];
}

/**
 * Puts the telephone into all queues, paused, so that nothing rings before it is whole. The first "no" takes it out of
 * all of them again and is the answer.
 */
export async function seatPaused(telephony: Telephony, place: Place, pauseReason: string | null): Promise<Answer> {
  const { endpoint, agentName, queueIds } = place;
  const answers = await Promise.all(
    queueIds.map((queueId) => telephony.addMember({ queueId, endpoint, agentName, paused: true, pauseReason })),
  );
  const no = answers.find((answer) => !answer.ok);
  if (no === undefined) return { ok: true };
  await unseat(telephony, endpoint, queueIds);
  return no;
}

/** Paused first, then taken out of every queue. Goes on after a "no", which is the answer then. */
export async function unseat(telephony: Telephony, endpoint: string, queueIds: number[]): Promise<Answer> {
  const paused = await telephony.setPaused(endpoint, true, null);
  const removed = await Promise.all(queueIds.map((queueId) => telephony.removeMember(queueId, endpoint)));
  return [paused, ...removed].find((answer) => !answer.ok) ?? { ok: true };
}

/** The telephone system's "no" in words for the person who asked. */
export function telephonyRefusal(answer: Extract<Answer, { ok: false }>, undone: string): Refusal {
  return answer.gone === true
    ? new Refusal("telephony.unavailable", `The telephone system cannot be reached. ${undone}`, { why: answer.why })
    : new Refusal("telephony.refused", `The telephone system refused: ${answer.why}. ${undone}`, { why: answer.why });
}
