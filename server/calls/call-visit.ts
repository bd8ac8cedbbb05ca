import type { JournalFact } from "../journal.ts";
import type { CallChannels, CallVisit } from "./call-channel.ts";

/**
 * Asterisk writes no line when a waiting channel goes straight from one queue into another (seen: a blind transfer to
 * a queue), so the next line that names the other queue tells of both.
 */
export function takeQueue(call: CallChannels, fact: JournalFact, queueId: number): void {
  const inside = call.visits.findLast((visit) => visit.channelId === fact.channelId && visit.inside);
  if (fact.kind === "queue.outcome") {
    const visit = call.visits.findLast((one) => one.channelId === fact.channelId && one.queueId === queueId);
    if (visit !== undefined) visit.outcome ??= fact.extra.outcome === "TIMEOUT" ? "timeout" : "other";
    return;
  }
  if (fact.kind === "callback.asked") {
    const visit = call.visits.findLast((one) => one.channelId === fact.channelId && one.queueId === queueId);
    if (visit !== undefined && !visit.answered) visit.askedBack = true;
    return;
  }
  if (fact.kind !== "app.started" && fact.kind !== "app.ended" && fact.kind !== "bridge.entered") return;
  const channel = call.channels.get(fact.channelId);
  // Whoever waits has been answered before. A telephone that gives its place in a call to another one shows for a
  // moment the queue where that one was.
  if (channel !== undefined && channel.startedUs !== null && channel.answeredUs === null) return;
  let visit = inside;
  if (visit?.queueId !== queueId && (inside !== undefined || fact.kind !== "app.ended")) {
    const moved = call.transfers.findLast((one) => one.transfereeId === fact.channelId);
    const sinceUs = inside === undefined || moved === undefined ? fact.atUs : Math.max(moved.atUs, inside.enteredUs);
    if (inside !== undefined) leaveQueue(inside, sinceUs);
    visit = {
      channelId: fact.channelId,
      queueId,
      enteredUs: sinceUs,
      leftUs: null,
      answered: false,
      outcome: null,
      askedBack: false,
      inside: true,
    };
    call.visits.push(visit);
  }
  if (visit === undefined) return;
  if (fact.kind === "bridge.entered" && !visit.answered) {
    visit.answered = true;
    visit.leftUs = fact.atUs;
  }
  if (fact.kind === "app.ended") leaveQueue(visit, fact.atUs);
}

function leaveQueue(visit: CallVisit, atUs: number): void {
  visit.inside = false;
  visit.leftUs ??= atUs;
}
