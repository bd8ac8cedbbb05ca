import type { ReportCallRow, Why } from "../../contract/views.ts";

/** What made a row, as found. */
export type WhyFacts = Omit<Why, "sentences"> & {
  /** Whose personal telephone it is; null: it is shared. */
  ownerName: string | null;
  /** Who chose the disposition, where that was not the agent himself. */
  disposedByName: string | null;
};

/** In words for a supervisor: why this user, and what happened on the way. Pure. */
export function whySentences(facts: WhyFacts, timeZone: string): string[] {
  const say = clockIn(timeZone);
  const { row } = facts;
  const sentences = [whyUser(facts, say)];
  if (row.queue !== null) {
    sentences.push(`It came through the queue ${row.queue}.`);
  }
  // Where the telephone is the user for that very reason it is said already.
  const said = row.userKind === "telephone" && row.answeredAt !== null && facts.lease === null;
  if (!said && row.seatedAgentName === null && row.telephoneName !== null && facts.ownerName === null) {
    sentences.push(`Nobody was logged in at ${row.telephoneName} at that moment.`);
  }
  for (const { at, by, before, path } of facts.corrections) {
    if (before === null) continue;
    sentences.push(`At ${say(at)} ${by} changed the disposition from ${before.join(" › ")} to ${path.join(" › ")}.`);
  }
  for (const transfer of facts.transfers) {
    const how = transfer.kind === "blind" ? "without asking first" : "after speaking to the other side";
    sentences.push(`At ${say(transfer.at)} ${transfer.from} transferred the call to ${transfer.to}, ${how}.`);
  }
  if (row.holdS === null && row.answeredAt !== null && row.endedAt !== null) {
    sentences.push("How long it was held is not known: nobody was listening for hold all the time.");
  }
  const end = endSentence(row);
  return end === null ? sentences : [...sentences, end];
}

function whyUser(facts: WhyFacts, say: (instant: string) => string): string {
  const { row, lease, disposition, ownerName } = facts;
  if (row.userId === null) {
    return row.answeredAt === null
      ? "The call has no user, because nobody answered it."
      : "The call has no user, because its telephone is not known here.";
  }
  const telephone = row.telephoneName ?? "the telephone";
  const user = row.userName ?? `Number ${row.userId}`;
  if (row.userKind === "agent" && ownerName !== null) {
    return `${user} is the user, because ${telephone} is the personal telephone of ${ownerName}.`;
  }
  if (row.userKind === "agent" && disposition !== null) {
    const path = disposition.path.join(" › ");
    const by = facts.disposedByName === null ? disposition.agentName : `${facts.disposedByName}, for ${user},`;
    return `${user} is the user, because ${by} disposed the call as ${path} at ${say(disposition.disposedAt)}.`;
  }
  const seat = lease === null ? null : `${lease.agentName}, who sat there since ${say(lease.startedAt)},`;
  if (row.userKind === "agent") {
    const sat = lease === null ? "sat there" : `sat at ${telephone} since ${say(lease.startedAt)}`;
    return `${user} is the user, because ${user} ${sat} and the house gives undisposed calls to who sits there.`;
  }
  if (row.answeredAt === null) return `Telephone ${user} is the user, because the call was made or rung there.`;
  return seat === null
    ? `Telephone ${user} is the user, because nobody was logged in there at that moment.`
    : `Telephone ${user} is the user, because ${seat} did not dispose the call.`;
}

function endSentence(row: ReportCallRow): string | null {
  switch (row.endedBy) {
    case "caller":
      return "The caller hung up.";
    case "called":
      return "The called side hung up.";
    case "transfer":
      return "This part of the call ended with the transfer.";
    case "system":
      return "The telephone system ended it.";
    default:
      return row.endedAt === null ? "It is still going on." : null;
  }
}

function clockIn(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return (instant) => format.format(new Date(instant));
}
